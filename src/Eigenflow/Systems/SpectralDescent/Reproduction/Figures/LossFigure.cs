using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 2: loss against the step for three spikes: the plateau at 2/3, the τ^(−2) tail, and the finite end of spectral descent.</summary>
internal static class LossFigure
{
    private const int Dimension = 100;
    private const double DescentRate = 0.02;
    private const double SpectralRate = 0.00211;
    private const long Steps = 100_000;
    private const double FirstOfSlope = 2e4;
    private static readonly double[] Spikes = [1, 9, 29];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var all = new List<Series> { SolutionSeries.Key("gradient descent", SeriesStyle.Line), SolutionSeries.Key("spectral descent", SeriesStyle.Dashed) };
        var early = new List<Series>();
        var slopes = new (double Spike, MeasuredSlope Slope)[Spikes.Length];
        for (var k = 0; k < Spikes.Length; k++)
        {
            var label = $"λ = {DisplayNumber.Of(Spikes[k])}";
            var descent = Runs.Descent(Runs.Spiked(Dimension, Spikes[k], 1e-3), DescentRate, Steps, cancellation);
            var spectral = Runs.Spectral(Runs.Spiked(Dimension, Spikes[k], 0.00137), SpectralRate, 600, cancellation, at: Runs.Every(600));
            cancellation.ThrowIfCancellationRequested();
            var curve = DescentCurves.Of(descent, "loss", label, k) with { Value = Spikes[k] };
            var fast = DescentCurves.Of(spectral, "loss", label, k, SeriesStyle.Dashed).Smoothed() with { Role = SeriesRole.Theory, Value = Spikes[k] };
            slopes[k] = (Spikes[k], curve.SlopeBetween(FirstOfSlope, Steps));
            all.Add(curve);
            all.Add(fast);
            early.Add(DescentCurves.Of(Runs.Descent(Runs.Spiked(Dimension, Spikes[k], 1e-3), DescentRate, 250, cancellation, at: Runs.Every(250)), "loss", label, k) with { Value = Spikes[k] });
            early.Add(fast.Where((step, _) => step <= 250));
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = Headline.Slopes("Late loss of gradient descent", "k", "λ", slopes),
                    Scale = DescentCurves.Spikes,
                    Caption = FormattableString.Invariant($"Population loss against the step (a), and the first 250 steps (b). Gradient descent: η = {DescentRate}, α = 10^{{-3}}; spectral descent: η = {SpectralRate}, α = 0.00137, mean of two steps. ")
                        + $"The triangle has the slope of the smallest spike over its span. d = {Dimension}.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "whole trajectories",
                            X = new Axis("step k", true),
                            Y = new Axis("loss L", true),
                            Series = all,
                            Slopes = [all.First(series => series.X.Length > 0).Guide(FirstOfSlope, Steps, -2)],
                        },
                        new Panel
                        {
                            Title = "escape",
                            X = new Axis("step k", false, 0),
                            Y = new Axis("loss L", false, 0),
                            Series = early,
                            Lines = [new ReferenceLine(2.0 / 3, "plateau 2/3", IsVertical: false)],
                        },
                    ],
                },
            ],
        };
    }
}
