using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The pictures of a family: composite paths, single axes, and the fold against effective parameters.</summary>
internal static class FamilyFigures
{
    private const string ErrorLabel = "test error E_test";

    /// <summary>Paths with switches, and without (figures 2, 3, 4, 5 and 7 of the paper).</summary>
    public static Figure Paths(FamilyStudy study, Solution[] paths, Solution together)
    {
        var axis = study.Family.Path!;
        double[] places = [.. paths.Select(path => path.Events["switch"]!.Value)];
        var peaks = paths.Select(path => InteriorMaxima.Of(path["test-error"], FoldBack.Prominence).Select(row => path.Axis.Values[row]).DefaultIfEmpty(double.NaN).MaxBy(place => double.IsNaN(place) ? 0 : place)).ToArray();
        var again = InteriorMaxima.Of(together["test-error"], FoldBack.Prominence).Count;
        var isAtSwitch = peaks.Zip(places).All(pair => pair.First == pair.Second);
        Panel Of(string observable, string label, string title) => new()
        {
            Title = title,
            X = new Axis("count of parameters P", true),
            Y = new Axis(label, true),
            Series =
            [
                .. paths.Select((path, k) => SolutionSeries.Of(path, observable, DisplayText.Of($"switch at P = {places[k]}"), k, SeriesStyle.Points)),
                SolutionSeries.Of(together, observable, "both axes together", -1, SeriesStyle.Points),
            ],
        };
        return new Figure
        {
            Id = $"{study.Id}-paths",
            Title = isAtSwitch && again == 0
                ? Headline.FirstThatFits($"{study.Name}: the error peaks where the path turns, at P = {Listed(peaks)}, and nowhere without a turn", $"{study.Name}: the error peaks where the path turns, at P = {Listed(peaks)}")
                : $"{study.Name}: paths turn at P = {Listed(places)}, the error peaks at {Listed(peaks)}",
            Caption = $"First {axis.First}, from the switch on {axis.Second}; both together without a switch. {Setup(study)}",
            Panels = [Of("test-error", ErrorLabel, "test error"), Of("p-test", "effective parameters p_test", "effective parameters")],
        };
    }

    /// <summary>Sweeps along each axis with the other one fixed.</summary>
    public static Figure Axes(FamilyStudy study, (double Value, Solution Solution)[] along, (double Value, Solution Solution)[] across)
    {
        var path = study.Family.Path!;
        var all = along.Concat(across).Select(pair => pair.Solution).ToArray();
        var once = all.Count(sweep => InteriorMaxima.Of(sweep["test-error"], FoldBack.Prominence).Count == 0);
        Panel Of(string axis, string other, (double Value, Solution Solution)[] sweeps, int color) => new()
        {
            Title = $"along {axis}",
            X = new Axis(axis, true),
            Y = new Axis(ErrorLabel, true),
            Series = [.. sweeps.Select((sweep, k) => SolutionSeries.Of(sweep.Solution, "test-error", DisplayText.Of($"{other} = {sweep.Value}"), color + k, SeriesStyle.Points))],
        };
        return new Figure
        {
            Id = $"{study.Id}-axes",
            Title = $"{study.Name}: along one axis the error descends once in {DisplayNumber.Of(once)} of {DisplayNumber.Of(all.Length)} sweeps",
            Caption = Setup(study),
            Panels = [Of(path.First, path.Second, along, 0), Of(study.SecondAxis, path.First, across, 3)],
        };
    }

    /// <summary>Effective parameters along the path that turns at interpolation, and the error against them (figures 8 and 9 of the paper).</summary>
    public static Figure Fold(FamilyStudy study, Solution path)
    {
        var turn = Array.IndexOf(path.Axis.Values, path.Events["switch"]!.Value);
        double[] test = path["p-test"], train = path["p-train"];
        Solution Part(int from, int to) => path with { Observables = [.. path.Observables.Select(column => column with { Values = column.Values[from..to] })] };
        var axis = study.Family.Path!;
        return new Figure
        {
            Id = $"{study.Id}-fold",
            Title = $"{study.Name}: after the switch p_test falls from {DisplayNumber.Of(test[turn], 3)} to {DisplayNumber.Of(test[^1], 3)}, p_train from {DisplayNumber.Of(train[turn], 3)} to {DisplayNumber.Of(train[^1], 3)}",
            Caption = $"The path of {axis.First} and {axis.Second} that turns where the training points are interpolated. {Setup(study)}",
            Panels =
            [
                new Panel
                {
                    Title = "effective parameters",
                    X = new Axis("count of parameters P", true),
                    Y = new Axis("effective parameters", true),
                    Series = [SolutionSeries.Of(path, "p-test", "p_test", 0, SeriesStyle.Points), SolutionSeries.Of(path, "p-train", "p_train", 1, SeriesStyle.Points)],
                    Lines = [new ReferenceLine(path.Axis.Values[turn], "switch")],
                },
                new Panel
                {
                    Title = "error against p_test",
                    X = new Axis("effective parameters p_test", true),
                    Y = new Axis(ErrorLabel, true),
                    Series =
                    [
                        .. SolutionSeries.Folded(Part(0, turn + 1), "test-error", $"growing {axis.First}", 2, "p-test", SeriesStyle.Points),
                        .. SolutionSeries.Folded(Part(turn, path.Rows), "test-error", $"then {study.SecondAxis}", 3, "p-test", SeriesStyle.Points),
                    ],
                },
            ],
        };
    }

    private static string Listed(double[] values) => string.Join(", ", values.Select(value => DisplayNumber.Of(value, 4)));

    private static string Setup(FamilyStudy study) =>
        DisplayText.Of($"Prototypes of {study.Problem.Classes} classes in {study.Problem.Dimension} dimensions, {study.Problem.Samples} training points of which {100 * study.Problem.Relabelled:0} % of the labels are drawn anew. Mean of {study.Replicas} runs; bars from the 10 to the 90 % quantile.");
}
