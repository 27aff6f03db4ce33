using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The plane of alignment and norm, coloured by the error; lines of equal error have slope two, and Q = R² is the least norm at an alignment (Cauchy–Schwarz, unit power).</summary>
internal static class PhasePlane
{
    private const int Cells = 60;

    /// <summary>The panel of one trajectory, without labels, which would stand on the colour bar.</summary>
    public static Panel Of(Solution solution) => Of([SolutionSeries.Of(solution, "norm", "", 1, SeriesStyle.Line, "alignment", keepsZero: true)]);

    /// <summary>The panel of some trajectories.</summary>
    public static Panel Of(IReadOnlyList<Series> trajectories)
    {
        double right = Math.Max(1.05, Largest(series => series.X)), top = Math.Max(1.3, 1.05 * Largest(series => series.Y));
        double[] x = Even(right), y = Even(top);
        return new Panel
        {
            Title = "plane of R and Q",
            X = new Axis("alignment R", false, 0, right),
            Y = new Axis("norm Q", false, 0, top),
            HeatMap = new HeatMap { Label = "E", X = x, Y = y, Values = [.. y.SelectMany(norm => x.Select(alignment => 0.5 * (1 - (2 * alignment) + norm) is >= 0 and var error && norm >= alignment * alignment ? error : double.NaN))], Minimum = 0 },
            Series = [.. trajectories, SolutionSeries.Function(x.Where(alignment => alignment * alignment <= top), alignment => alignment * alignment, trajectories.Count > 1 ? "Q = R²" : "", CurveColors.Neutral, SeriesStyle.Dotted)],
        };

        double Largest(Func<Series, double[]> column) => trajectories.SelectMany(column).Where(double.IsFinite).DefaultIfEmpty(0).Max();

        static double[] Even(double end) => [.. Enumerable.Range(0, Cells + 1).Select(k => end * k / Cells)];
    }
}

/// <summary>The table of turning points of solutions.</summary>
internal static class PhaseTable
{
    /// <summary>The table, or none where there are no solutions.</summary>
    public static IReadOnlyList<Table> Of(IReadOnlyList<Solution> solutions, IReadOnlyList<Parameter> parameters)
    {
        if (solutions.Count == 0)
            return [];
        var names = new SolutionNames(solutions, parameters);
        return
        [
            new Table(
                "phases", "Shape of the error over time", ["run", "shape", "t_1", "E(t_1)", "t_max", "E(t_max)", "t_2", "E(t_2)", "best t", "best E", "final E", "final - best"],
                [.. solutions.Select((solution, k) => (string[])[names.Of(k), ErrorPhases.WordsOf(solution), .. Cells(solution)])], "Turning points of more than 1e-7; of drawn methods from the saved rows of the mean."),
        ];
    }

    private static IEnumerable<string> Cells(Solution solution)
    {
        double?[] numbers =
        [
            .. ((string[])["first-minimum", "maximum", "second-minimum"]).SelectMany(name => new[] { solution.Events.GetValueOrDefault(name), solution.SummaryOf(name + "-error") }),
            solution.Events.GetValueOrDefault("optimal-time"), solution.SummaryOf("optimal-error"), solution.SummaryOf("final-error"),
            solution.SummaryOf("final-error") - solution.SummaryOf("optimal-error"),
        ];
        return numbers.Select(number => number is { } value ? DisplayNumber.Of(value, 4) : "");
    }
}
