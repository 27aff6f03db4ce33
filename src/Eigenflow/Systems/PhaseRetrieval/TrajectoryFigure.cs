using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The figure in which trajectories of any methods and settings are overlaid: loss, MSE, |u| and s against flow time.</summary>
internal static class TrajectoryFigure
{
    // The decades below the last value that matters to a reader; relaxed modes leave nothing to see further down.
    private const double DecadesShown = 8;

    private static readonly (string Observable, string Title, string Label)[] Contents =
        [("loss", "loss", "L"), ("mse", "parameter error", "MSE"), ("u", "overlap with the teacher", "|u|"), ("s", "self overlap", "s")];

    private static readonly string[] CaptionParameters =
        ["dimension", "exponent", "spectrum", "inputs", "teacher", "start", "noise", "learning-rate", "batch", "replicas", "seed"];

    public static Figure Of(IReadOnlyList<Solution> solutions)
    {
        var varying = Varying(solutions);
        var panels = Contents.Select(content => Panel(solutions, varying, content.Observable, content.Title, content.Label)).ToArray();
        var methods = string.Join(", ", solutions.Select(solution => solution.Method).Distinct(StringComparer.Ordinal));
        return new Figure
        {
            Id = "trajectory",
            Title = "Phase retrieval: " + methods,
            Caption = Caption(solutions, varying),
            Columns = 2,
            Panels = panels,
        };
    }

    private static Panel Panel(
        IReadOnlyList<Solution> solutions, IReadOnlyList<string> varying, string observable, string title, string label)
    {
        var series = new List<Series>();
        for (var k = 0; k < solutions.Count; k++)
        {
            if (solutions[k].Times.Any(time => time > 0))
                series.Add(Curves.Of(solutions[k], observable, Name(solutions[k], varying, solutions), k, Style(solutions[k], solutions), absolute: string.Equals(observable, "u", StringComparison.Ordinal)));
            if (observable is "loss" && RowComparison.IsOnRows(solutions[k]))
                series.Add(Curves.Of(solutions[k], PhaseObservables.RowLoss.Name, "loss over the rows", -1, SeriesStyle.Points));
        }

        var times = series.SelectMany(curve => curve.X).DefaultIfEmpty(1).ToArray();
        var (first, last) = (times.Min(), times.Max());

        // Runs on rows are what a comparison is about: the flow goes on for many decades.
        var onRows = solutions.Where(solution => RowComparison.IsOnRows(solution) && solution.Times.Length > 1).ToArray();
        if (onRows.Length > 0)
        {
            last = Math.Min(last, 2 * onRows.Max(solution => solution.Times[^1]));
            for (var k = 0; k < series.Count; k++)
                series[k] = series[k].Where((time, _) => time <= last);
        }

        // Approximations may run away: the range is that of the trajectories, where there are any.
        var framing = series.Exists(curve => curve.Style != SeriesStyle.Dashed) ? series.Where(curve => curve.Style != SeriesStyle.Dashed) : series;
        var positive = framing.SelectMany(curve => curve.Y).Where(value => value > 0 && double.IsFinite(value)).DefaultIfEmpty(1).ToArray();
        var lowest = Math.Max(positive.Min(), positive.Max() * Math.Pow(10, -DecadesShown));
        var isAlone = solutions.Count == 1 && last > first;
        return new Panel
        {
            Title = title,
            X = last > first ? new Axis("flow time t", true, first, last) : new Axis("flow time t", true),
            Y = new Axis(label, true, lowest * 0.7, positive.Max() * 2),
            Series = series,
            Regions = isAlone ? Curves.Phases(solutions[0], first, last) : [],
        };
    }

    // Beside runs on rows, Gaussian sampling is part of the theory.
    private static SeriesStyle Style(Solution solution, IReadOnlyList<Solution> solutions) => solution.Method switch
    {
        "sgd" when !RowComparison.IsOnRows(solution) && solutions.Any(RowComparison.IsOnRows) => SeriesStyle.Line,
        "sgd" or "gd" => SeriesStyle.Points,
        "flow" or "sgd-theory" => SeriesStyle.Line,
        _ => SeriesStyle.Dashed,
    };

    // Problem parameters whose values differ between the solutions.
    private static string[] Varying(IReadOnlyList<Solution> solutions) =>
    [
        .. solutions.SelectMany(solution => solution.Setting.Names).Distinct(StringComparer.Ordinal)
            .Where(name => solutions.Where(solution => solution.Setting[name] is not null).Select(solution => Setting.Format(solution.Setting[name])).Distinct(StringComparer.Ordinal).Count() > 1),
    ];

    private static string Name(Solution solution, IReadOnlyList<string> varying, IReadOnlyList<Solution> solutions)
    {
        var parts = varying.Where(name => solution.Setting[name] is not null).Select(name => $"{Symbol(name)} = {Setting.Format(solution.Setting[name])}");
        var isOneMethod = solutions.All(other => string.Equals(other.Method, solution.Method, StringComparison.Ordinal));
        return string.Join(", ", isOneMethod && varying.Count > 0 ? parts : parts.Prepend(solution.Method));
    }

    private static string Caption(IReadOnlyList<Solution> solutions, string[] varying)
    {
        var setting = solutions[0].Setting;
        var shown = CaptionParameters
            .Where(name => solutions.Any(solution => solution.Setting[name] is not null) && !varying.Contains(name, StringComparer.Ordinal))
            .Select(name => $"{Symbol(name)} = {Setting.Format(solutions.Select(solution => solution.Setting[name]).First(value => value is not null))}");
        var spectrum = setting["spectrum"] as string;
        var isPowerLaw = spectrum is "power-law" || (spectrum is null && setting["inputs"] is null);
        var bands = solutions.Any(solution => solution.Has("mse-q10")) ? " Dots: mean over runs; bands: 10 to 90 % of them." : "";
        if (solutions.Any(RowComparison.IsOnRows))
            bands = " Dots: SGD on the rows of inputs, mean over runs; neutral dots: the loss over the rows, where the others are the Gaussian formula of s and u; bands: 10 to 90 % of the runs.";
        var phases = solutions.Count == 1 ? " Phases: I until |u| reaches the escape threshold, IIa until s reaches s*/3, IIb until u and s have converged, III after." : "";
        return $"Loss, MSE, |u| and s against flow time.{bands}{phases} " + string.Join(", ", shown.Where(text => isPowerLaw ? !text.StartsWith("spectrum", StringComparison.Ordinal) : !text.StartsWith("a =", StringComparison.Ordinal))) + ".";
    }

    private static string Symbol(string name)
    {
        var symbol = PhaseRetrievalParameters.All.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal))?.Symbol;
        return name is "spectrum" or "inputs" or "teacher" or "start" || string.IsNullOrEmpty(symbol) ? name : symbol;
    }
}
