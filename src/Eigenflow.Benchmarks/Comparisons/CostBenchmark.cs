using Eigenflow.Figures;

namespace Eigenflow.Benchmarks;

/// <summary>What a solve of the flow costs against dimension and horizon: integration alone, modes carried as <c>auto</c> decides.</summary>
internal static class CostBenchmark
{
    private const int Repetitions = 3;
    private static readonly double[] Dimensions = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    private static readonly double[] Horizons = [1e2, 1e4, 1e6, 1e8, 1e10, 1e12];

    // Numbers of the horizons and dimensions that have a curve.
    private static readonly int[] ShownHorizons = [0, 2, 5];
    private static readonly int[] ShownDimensions = [1, 4, 7];

    /// <summary>Measures and draws.</summary>
    public static Figure Draw(WorkerProcess ours, Action<double, string> report, CancellationToken cancellation)
    {
        var seconds = new double[Dimensions.Length, Horizons.Length];
        for (var row = 0; row < Dimensions.Length; row++)
        {
            for (var column = 0; column < Horizons.Length; column++)
            {
                cancellation.ThrowIfCancellationRequested();
                report((double)((row * Horizons.Length) + column) / seconds.Length, FormattableString.Invariant($"flow, d = {Dimensions[row]:0e0}, T = {Horizons[column]:0e0}"));
                var request = WorkerMessage.Request(
                    "flow", ("dimension", Dimensions[row]), ("exponent", 2.0), ("rtol", 1e-8), ("times", new[] { Horizons[column] }), ("modes", "auto"));

                // The least of a few: what disturbs a measurement only adds to it. One pass over 10⁸ modes is enough.
                var count = Dimensions[row] is >= 1e8 and < 1e9 ? 1 : Repetitions;
                seconds[row, column] = Enumerable.Range(0, count).Min(_ => ours.Ask(request).Number("integration"));
            }
        }

        double[] all = [.. seconds.Cast<double>()];
        return new Figure
        {
            Id = "cost",
            Title = $"One solve takes {DisplayNumber.Range(all.Min(), all.Max(), 2)} s from d = {Power(Dimensions[0])} to {Power(Dimensions[^1])}, T = {Power(Horizons[0])} to {Power(Horizons[^1])}",
            Caption = $"Seconds of one solve (rtol 10^{{-8}}, a = 2, teacher all ones, alternating start; least of {Repetitions}) against dimension and against horizon: all modes up to d = 2048, compressed modes to 2·10⁸, "
                + $"averaged ones beyond; the pass that compresses is left out. One core of {Machine.Processor}.",
            Panels =
            [
                new Panel
                {
                    Title = "against dimension",
                    X = new Axis("dimension d", true),
                    Y = new Axis("seconds", true),
                    Series = [.. ShownHorizons.Select((column, color) => new Series
                    {
                        Label = $"T = {Power(Horizons[column])}",
                        X = Dimensions,
                        Y = [.. Dimensions.Select((_, row) => seconds[row, column])],
                        Color = color,
                        Style = SeriesStyle.Points,
                        Role = SeriesRole.Measurement,
                    })],
                },
                new Panel
                {
                    Title = "against horizon",
                    X = new Axis("horizon T", true),
                    Y = new Axis("seconds", true),
                    Series = [.. ShownDimensions.Select((row, color) => new Series
                    {
                        Label = $"d = {Power(Dimensions[row])}",
                        X = Horizons,
                        Y = [.. Horizons.Select((_, column) => seconds[row, column])],
                        Color = color + 3,
                        Style = SeriesStyle.Points,
                        Role = SeriesRole.Measurement,
                    })],
                },
            ],
        };
    }

    private static string Power(double value) => FormattableString.Invariant($"10^{{{Math.Log10(value):0}}}");
}
