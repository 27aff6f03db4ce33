using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The figure in which loss curves of any methods and settings are overlaid: schedule, loss against step and against intrinsic time, and its parts.</summary>
internal static class TrajectoryFigure
{
    private const double DecadesShown = 8;
    private const int Dots = 40;

    private static readonly string[] CaptionParameters =
        ["capacity", "difficulty", "features", "model-size", "projection", "noise", "batch", "steps", "schedule", "peak", "final", "decay-steps", "replicas", "seed"];

    public static Figure Of(IReadOnlyList<Solution> solutions)
    {
        var varying = Varying(solutions);
        var panels = new List<Panel>
        {
            Panel(solutions, varying, "rate", "schedule", "step", new Axis("step k"), new Axis("learning rate η", false, 0, null)),
            Panel(solutions, varying, "loss", "loss against steps", "step", new Axis("step k", true), new Axis("excess risk E", true)),
            Panel(solutions, varying, "loss", "loss against intrinsic time", "t", new Axis("intrinsic time t", true), new Axis("excess risk E", true)),
            solutions.Count == 1 && solutions[0].Times.Length > 1
                ? Parts(solutions[0])
                : Panel(solutions, varying, "signal", "the signal does not see the schedule", "t", new Axis("intrinsic time t", true), new Axis("signal", true)),
        };
        var methods = string.Join(", ", solutions.Select(solution => solution.Method).Distinct(StringComparer.Ordinal));
        return new Figure
        {
            Id = "trajectory",
            Title = "Functional scaling law: " + methods,
            Caption = Caption(solutions, varying),
            Columns = 2,
            Panels = panels,
        };
    }

    /// <summary>The parts of one loss curve on top of each other.</summary>
    /// <param name="solution">The solution.</param>
    public static Panel Parts(Solution solution)
    {
        var rows = Enumerable.Range(0, solution.Times.Length).Where(row => solution["step"][row] > 0).ToArray();
        double[] Column(string name) => [.. rows.Select(row => solution[name][row])];
        double[] steps = Column("step"), approximation = Column("approximation"), signal = Column("signal"), noise = [.. Column("noise").Select(value => Math.Max(0, value))];
        double[] learned = [.. approximation.Zip(signal, (a, b) => a + b)], total = [.. learned.Zip(noise, (a, b) => a + b)];
        var floor = total.Where(value => value > 0).DefaultIfEmpty(1).Min() * 0.05;
        var bottom = Math.Max(floor, approximation.Where(value => value > 0).DefaultIfEmpty(floor).Min() * 0.5);
        bottom = Math.Min(bottom, total.Where(value => value > 0).DefaultIfEmpty(1).Min() * 0.5);
        double[] Clipped(double[] values) => [.. values.Select(value => Math.Max(value, bottom))];
        Series Band(string label, double[] low, double[] high, int color) => new() { Label = label, X = steps, Y = Clipped(high), Lower = Clipped(low), Upper = Clipped(high), Color = color };
        return new Panel
        {
            Title = "parts of the loss, stacked",
            X = new Axis("step k", true),
            Y = new Axis("excess risk E", true, bottom, total.Max() * 1.5),
            Series =
            [
                Band("noise", learned, total, 1),
                Band("signal", approximation, learned, 0),
                Band("approximation", [.. steps.Select(_ => bottom)], approximation, 2),
            ],
        };
    }

    private static Panel Panel(IReadOnlyList<Solution> solutions, string[] varying, string observable, string title, string abscissa, Axis x, Axis y)
    {
        var series = new List<Series>();
        for (var k = 0; k < solutions.Count; k++)
        {
            if (solutions[k].Times.Length < 2)
                continue;
            var isSampled = solutions[k].Method is "sgd" && observable is "loss";
            var curve = LawCurves.Of(solutions[k], observable, Name(solutions[k], varying, solutions), k, Style(solutions[k].Method, isSampled), abscissa, keepsZero: !x.IsLogarithmic);
            series.Add(isSampled && curve.X.Length > 2 * Dots ? curve.Thinned(Dots) : curve);
        }

        if (y.IsLogarithmic)
        {
            var positive = series.SelectMany(curve => curve.Y).Where(value => value > 0 && double.IsFinite(value)).DefaultIfEmpty(1).ToArray();
            y = y with { Minimum = Math.Max(positive.Min(), positive.Max() * Math.Pow(10, -DecadesShown)) * 0.7, Maximum = positive.Max() * 1.5 };
        }

        return new Panel { Title = title, X = x, Y = y, Series = series };
    }

    private static SeriesStyle Style(string method, bool isSampled) => method switch
    {
        "sgd" => isSampled ? SeriesStyle.Points : SeriesStyle.Line,
        "exact" => SeriesStyle.Line,
        "law-infinite" => SeriesStyle.Dotted,
        _ => SeriesStyle.Dashed,
    };

    // Problem parameters whose values differ between the solutions.
    private static string[] Varying(IReadOnlyList<Solution> solutions) =>
    [
        .. solutions.SelectMany(solution => solution.Setting.Names).Distinct(StringComparer.Ordinal)
            .Where(name => solutions.Where(solution => solution.Setting[name] is not null).Select(solution => Setting.Format(solution.Setting[name])).Distinct(StringComparer.Ordinal).Count() > 1),
    ];

    private static string Name(Solution solution, string[] varying, IReadOnlyList<Solution> solutions)
    {
        var parts = varying.Where(name => solution.Setting[name] is not null).Select(name => name is "schedule" ? Setting.Format(solution.Setting[name]) : $"{Symbol(name)} = {Setting.Format(solution.Setting[name])}");
        var isOneMethod = solutions.All(other => string.Equals(other.Method, solution.Method, StringComparison.Ordinal));
        return string.Join(", ", isOneMethod && varying.Length > 0 ? parts : parts.Prepend(solution.Method));
    }

    private static string Caption(IReadOnlyList<Solution> solutions, string[] varying)
    {
        var shown = CaptionParameters
            .Where(name => solutions.Any(solution => solution.Setting[name] is not null) && !varying.Contains(name, StringComparer.Ordinal))
            .Select(name => $"{Symbol(name)} = {Setting.Format(solutions.Select(solution => solution.Setting[name]).First(value => value is not null))}");
        var bands = solutions.Any(solution => solution.Has("loss-q10")) ? " Dots: mean over runs; bars: 10 to 90 % of them." : "";
        return "Excess risk of one-pass SGD under a learning-rate schedule." + bands + " " + string.Join(", ", shown) + ".";
    }

    private static string Symbol(string name)
    {
        var symbol = ScalingLawParameters.All.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal))?.Symbol;
        return name is "spectrum" or "target" or "schedule" or "projection" || string.IsNullOrEmpty(symbol) ? name : symbol;
    }
}
