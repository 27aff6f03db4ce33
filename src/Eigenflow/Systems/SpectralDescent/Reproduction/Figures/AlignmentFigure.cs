using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 3: alignment against the progress a: gradient descent collapses above the threshold λ = 2, spectral descent never does.</summary>
internal static class AlignmentFigure
{
    private const int Dimension = 200;
    private const double Scale = 1e-3;
    private static readonly double[] Spikes = [0.5, 1, 2, 4, 9, 29];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series>();
        for (var k = 0; k < Spikes.Length; k++)
        {
            var rate = 0.01 / (1 + Spikes[k]);
            var descent = Runs.Descent(Runs.Spiked(Dimension, Spikes[k], Scale), rate, (long)(6 / rate), cancellation, 4000);
            cancellation.ThrowIfCancellationRequested();
            series.Add(Ascending(DescentCurves.Of(descent, "alignment", $"GD, λ = {DisplayNumber.Of(Spikes[k])}", k, abscissa: "a")));
        }

        var spectral = Runs.Spectral(Runs.Spiked(Dimension, 9, 1.037e-3), 1e-4, 10_100, cancellation, 4000);
        series.Add(Ascending(DescentCurves.Of(spectral, "alignment", "spectral, λ = 9", -1, SeriesStyle.Dashed, "a")));
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = "Above λ = 2 the alignment of gradient descent collapses during the escape",
                    Caption = $"Alignment A_F against the signal coefficient a, which only grows. Gradient descent with η = 0.01/(1 + λ), and spectral descent with η = 10^{{-4}} (dashed). The curves of λ = 0.5 and 1 coincide. d = {Dimension}, α = 10^{{-3}}.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("signal coefficient a", true, Scale, 1),
                            Y = new Axis("alignment A_F", true, 1e-4, 1.3),
                            Series = series,
                            Lines = [new ReferenceLine(1 / Math.Sqrt(Dimension), "1/√d", IsVertical: false)],
                        },
                    ],
                },
            ],
        };
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
