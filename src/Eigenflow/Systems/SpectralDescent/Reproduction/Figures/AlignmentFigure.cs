using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 3: alignment against the progress a: gradient descent collapses above the threshold λ = 2, spectral descent never does.</summary>
internal static class AlignmentFigure
{
    private const int Dimension = 200;
    private const double Scale = 1e-3;
    private const double Rounding = 1e-9;
    private static readonly double[] Spikes = [0.5, 1, 2, 4, 9, 29];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series>();
        var smallest = new double[Spikes.Length];
        for (var k = 0; k < Spikes.Length; k++)
        {
            var rate = 0.01 / (1 + Spikes[k]);
            var descent = Runs.Descent(Runs.Spiked(Dimension, Spikes[k], Scale), rate, (long)(6 / rate), cancellation, 4000);
            cancellation.ThrowIfCancellationRequested();
            smallest[k] = descent.SummaryOf("smallest-alignment") ?? double.NaN;
            series.Add(Ascending(DescentCurves.Of(descent, "alignment", $"λ = {DisplayNumber.Of(Spikes[k])}", k, abscissa: "a")) with { Value = Spikes[k] });
        }

        var spectral = Runs.Spectral(Runs.Spiked(Dimension, 9, 1.037e-3), 1e-4, 10_100, cancellation, 4000);
        series.Add(Ascending(DescentCurves.Of(spectral, "alignment", "spectral descent, λ = 9", CurveColors.Neutral, SeriesStyle.Dashed, "a")) with { Role = SeriesRole.Theory });
        series.Add(SolutionSeries.Key("gradient descent", SeriesStyle.Line));
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = Falls(smallest, spectral.SummaryOf("smallest-alignment") ?? double.NaN),
                    Scale = DescentCurves.Spikes,
                    Caption = $"Alignment A_F against the signal coefficient a, which only grows. Gradient descent with η = 0.01/(1 + λ), and spectral descent with η = 10^{{-4}} (dashed). d = {Dimension}, α = 10^{{-3}}.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("signal coefficient a", true),
                            Y = new Axis("alignment A_F", true),
                            Series = series,
                            Lines = [new ReferenceLine(1 / Math.Sqrt(Dimension), "1/√d", IsVertical: false)],
                        },
                    ],
                },
            ],
        };
    }

    // Which spikes lead below the alignment of the start, and how far.
    private static string Falls(double[] smallest, double spectral)
    {
        var start = 1 / Math.Sqrt(Dimension);
        var falling = Enumerable.Range(0, Spikes.Length).Where(k => smallest[k] < start * (1 - Rounding)).ToArray();
        var fast = spectral < start * (1 - Rounding) ? $"falls to {DisplayNumber.Of(spectral, 2)}" : "never does";
        return falling.Length == 0
            ? $"Gradient descent never falls below 1/√d; spectral descent {fast}"
            : $"Gradient descent falls below 1/√d for λ ≥ {DisplayNumber.Of(Spikes[falling[0]])}, to {DisplayNumber.Of(smallest.Min(), 2)}; spectral descent {fast}";
    }

    // Rows at which a is larger than ever before: abscissae of a series ascend.
    private static Series Ascending(Series series)
    {
        var isNew = new bool[series.X.Length];
        var largest = double.NegativeInfinity;
        for (var row = 0; row < isNew.Length; row++)
        {
            isNew[row] = series.X[row] > largest;
            largest = Math.Max(largest, series.X[row]);
        }

        return series.Where((_, row) => isNew[row]);
    }
}
