using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 4 and its claims: steps until the signal is half learned, against the spike.</summary>
internal static class EscapeFigure
{
    private const int Dimension = 200;
    private const double Scale = 1e-3;
    private const double SpectralRate = 0.00103;
    private const long SpectralSteps = 1000;
    private static readonly double[] Spikes = [0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 9, 14, 20, 29, 42, 60, 99];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] descent = new double[Spikes.Length], spectral = new double[Spikes.Length], predicted = new double[Spikes.Length];
        for (var k = 0; k < Spikes.Length; k++)
        {
            var problem = Runs.Spiked(Dimension, Spikes[k], Scale);
            var rate = 0.1 / (1 + Spikes[k]);
            var theory = new GradientDescentTheory(problem.Blocks());
            predicted[k] = theory.SignalTime / rate;
            descent[k] = Runs.Descent(problem, rate, (long)(3 * predicted[k]), cancellation).SummaryOf("half-step") ?? double.NaN;
            spectral[k] = Runs.Spectral(problem, SpectralRate, SpectralSteps, cancellation).SummaryOf("half-step") ?? double.NaN;
            cancellation.ThrowIfCancellationRequested();
        }

        var constant = new SpectralTheory(Runs.Spiked(Dimension, 9, Scale).Blocks()).HalfStep(SpectralRate);
        double[] level = [.. Spikes.Select(_ => constant)];
        var strong = Enumerable.Range(0, Spikes.Length).Where(k => Spikes[k] >= 9).ToArray();
        var fit = PowerLaw.Fit(
            [.. strong.Select(k => 1 + Spikes[k])], [.. strong.Select(k => descent[k])], new PowerLawOptions { WindowStart = 9, WindowEnd = 101 });
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative(
                    "escape-linear", $"the steps of gradient descent until a² = ½ grow linearly with the spike at η = 0.1/s (λ = 9 … 99, d = {Dimension})", 1, fit.Exponent, 0.05,
                    DescentCurves.Derived, "exponent of k_{1/2} against s by least squares on the logarithms; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).At("d", Dimension).Over("λ > 2, here 9 to 99"),
                Claim.Relative(
                    "escape-steps", $"k_{1/2} of gradient descent is the escape time over η (λ = 9, d = {Dimension})", predicted[8], descent[8], 0.05, DescentCurves.Derived, "first step with a² ≥ ½, η = 0.01, α = 10^{-3}", PredictionKind.Asymptotic)
                    .UpTo((long)(3 * predicted[8]), "k").At("d", Dimension).Over("λ > 2, small start"),
                Claim.Relative(
                    "escape-steps-strong", $"k_{1/2} of gradient descent is the escape time over η (λ = 99, d = {Dimension})", predicted[^1], descent[^1], 0.05, DescentCurves.Derived, "first step with a² ≥ ½, η = 10^{-3}, α = 10^{-3}", PredictionKind.Asymptotic)
                    .UpTo((long)(3 * predicted[^1]), "k").At("d", Dimension).Over("λ > 2, small start"),
                Claim.Absolute(
                    "spectral-half-step", FormattableString.Invariant($"k_{1/2} of spectral descent is ⌈(√½ − α)/η⌉ (d = {Dimension}, η = {SpectralRate})"), constant, spectral[8], 0, DescentCurves.Derived, "first step with a² ≥ ½, λ = 9").UpTo(SpectralSteps, "k").At("d", Dimension).Over("η ≪ 1/√d"),
                Claim.Absolute(
                    "spectral-spike-independent", $"k_{1/2} of spectral descent does not depend on the spike (λ = 0.5 … 99, d = {Dimension})", 0, spectral.Max() - spectral.Min(), 0, $"{DescentCurves.Paper}, abstract",
                    $"largest difference between {Spikes.Length} spikes").UpTo(SpectralSteps, "k").At("d", Dimension).Over("λ from 0.5 to 99"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = $"Steps of gradient descent ∝ s^{{{fit.Slope()}}}, of spectral descent {(spectral.Min() == spectral.Max() ? DisplayNumber.Of(spectral[0]) : DisplayNumber.Range(spectral.Min(), spectral.Max()))} at any spike",
                    Caption = FormattableString.Invariant($"First step with a² ≥ ½ (dots), the escape time of the flow over η (line) and ⌈(√½ − α)/η⌉ (line). Gradient descent with η = 0.1/(1 + λ), spectral descent with η = {SpectralRate}. d = {Dimension}, α = 10^{{-3}}."),
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("spike λ", true),
                            Y = new Axis("steps k_{1/2}", true),
                            Series =
                            [
                                new Series { Label = "gradient descent", X = Spikes, Y = predicted, Color = CurveColors.GradientDescent },
                                new Series { Label = "spectral descent", X = Spikes, Y = level, Color = CurveColors.SpectralDescent },
                                new Series { Label = "gradient descent", X = Spikes, Y = descent, Color = CurveColors.GradientDescent, Style = SeriesStyle.Points, Expected = predicted },
                                new Series { Label = "spectral descent", X = Spikes, Y = spectral, Color = CurveColors.SpectralDescent, Style = SeriesStyle.Points, Expected = level },
                            ],
                            Lines = [new ReferenceLine(2, "threshold λ = 2")],
                        },
                    ],
                },
            ],
        };
    }
}
