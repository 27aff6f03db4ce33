using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The variance of features over their number, for weights whose columns have the variances j^(−a): from a = ½ on width averages less, beyond 1 not at all.</summary>
internal static class WeightsFigure
{
    private const double Middle = 1000;

    // Local slopes at P = 10 in the middle of the widths (derived).
    private static readonly (double Exponent, double Slope)[] Known = [(0.6, -0.76), (0.7, -0.61), (0.8, -0.46)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] exponents = [0, 0.25, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.5, 2, 2.5], widths = TimeGrid.Logarithmic(100, 1e4, 41)[1..];
        var target = TargetSpectrum.PowerLaw(10_000, 1.7, 0.8);
        double Variance(double exponent, double width)
        {
            cancellation.ThrowIfCancellationRequested();
            var problem = new RegressionProblem { Target = target, Samples = 10, Layers = [new LayerForm(LayerKind.Structured, Math.Round(width), exponent)] };
            var risk = problem.Equivalent().At(0).Risk(0);
            return risk.Features + risk.Both;
        }

        double Slope(double exponent) => Math.Log(Variance(exponent, 2 * Middle) / Variance(exponent, Middle / 2)) / Math.Log(4);
        progress?.Report(new Progress(0, "weights"));
        double[] slopes = [.. exponents.Select(Slope)];
        return new ReproductionResult
        {
            Claims = [.. Known.Select(known => Claim.Absolute(FormattableString.Invariant($"weights-local-a{10 * known.Exponent:0}"), DisplayText.Of($"local exponent in N of the variance of features for weights j^(−a), a = {known.Exponent} (P = 10, N = 1000)"), known.Slope, Slope(known.Exponent), 0.02, RegressionReproduction.Paper, "slope of the theory between N = 500 and 2000", PredictionKind.Asymptotic))],
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = $"The variance of features falls as N^{{{DisplayNumber.Fixed(slopes[0], 2)}}} for equal weights, N^{{{DisplayNumber.Fixed(slopes[4], 2)}}} at a = 0.7, N^{{{DisplayNumber.Fixed(slopes[^1], 2)}}} at 2.5",
                    Caption = "Variance of features, alone and with data, over the number of features for weights with columns of variance j^{−a} (a), and its local slope at N = 1000 over a (b), with the limits for N^{1−a} ≪ P ≪ N (dashed) and N^{1−a} ≫ P (dotted). D = 10^{4}, P = 10, α = 1.7, r = 0.8, no ridge.",
                    Scale = new ColorScale("weights a"),
                    Panels =
                    [
                        new Panel
                        {
                            Title = "variance",
                            X = new Axis("features N", true),
                            Y = new Axis("V_{F} + V_{XF}", true),
                            Series = [.. exponents.Select(exponent => new Series { Label = $"a = {DisplayNumber.Of(exponent)}", X = widths, Y = [.. widths.Select(width => Variance(exponent, width))], Value = exponent })],
                        },
                        new Panel
                        {
                            Title = "local slope",
                            X = new Axis("weights a", false, 0, 2.5),
                            Y = new Axis("slope in N"),
                            Series =
                            [
                                new Series { Label = "theory, P = 10", X = exponents, Y = slopes, Color = CurveColors.Neutral },
                                SolutionSeries.Function(exponents, exponent => -PhaseTable.AveragingOf(new LayerForm(LayerKind.Structured, 1, exponent)), "N^{1−a} ≪ P", 1),
                                SolutionSeries.Function(exponents, exponent => -Math.Clamp(2 * (1 - exponent), 0, 1), "N^{1−a} ≫ P", 2, SeriesStyle.Dotted),
                            ],
                        },
                    ],
                },
            ],
        };
    }
}
