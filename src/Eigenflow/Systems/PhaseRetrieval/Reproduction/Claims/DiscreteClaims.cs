using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claim: gradient descent tends to the flow as η → 0, with slope one.</summary>
internal static class DiscreteClaims
{
    private const double Time = 10;
    private static readonly double[] LearningRates = [4e-3, 2e-3, 1e-3, 5e-4, 2.5e-4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1000, 2), Teacher = Teacher.Ones(), Start = Start.Alternating() };
        var flow = problem.Solve(new GradientFlow { Times = [Time], RelativeTolerance = 1e-12 }, null, cancellation);
        var claims = new List<Claim>();
        var series = new List<Series>();
        var slopes = new List<string>();
        var names = new[] { ("u", "u"), ("s", "s"), ("mse", "MSE") };
        var errors = names.Select(_ => new double[LearningRates.Length]).ToArray();
        for (var k = 0; k < LearningRates.Length; k++)
        {
            var steps = (long)Math.Round(Time / LearningRates[k]);
            var descent = problem.Solve(new GradientDescent { LearningRate = LearningRates[k], AtSteps = [steps] }, PartialProgress.Of(progress, k, LearningRates.Length), cancellation);
            cancellation.ThrowIfCancellationRequested();
            for (var n = 0; n < names.Length; n++)
                errors[n][k] = Math.Abs((descent[names[n].Item1][0] / flow[names[n].Item1][0]) - 1);
        }

        for (var n = 0; n < names.Length; n++)
        {
            double[] rates = [.. LearningRates.Reverse()];
            double[] differences = [.. errors[n].Reverse()];
            var fit = PowerLaw.Fit(rates, differences, new PowerLawOptions { WindowStart = rates[0] * 0.999, WindowEnd = rates[^1] * 1.001 });
            claims.Add(Claim.Absolute(
                $"descent-to-flow-{names[n].Item1}", FormattableString.Invariant($"the difference of gradient descent to the flow in {names[n].Item2} at t = {Time} is linear in η (a = 2, d = 1000)"), 1, fit.Exponent, 0.02, "consistency of the explicit Euler method",
                "least squares on the logarithms of the relative difference over η = 2.5 × 10^{-4} … 4 × 10^{-3}; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf)
                .UpTo(Time).At("d", problem.Spectrum.Dimension).Over("η from 2.5 × 10^{-4} to 4 × 10^{-3}"));
            slopes.Add($"{fit.Slope()} ({names[n].Item2})");
            series.Add(new Series { Label = names[n].Item2, X = rates, Y = differences, Color = n, Style = SeriesStyle.Points });

            // The line of slope one through the smallest learning rate.
            series.Add(SolutionSeries.Function(rates, rate => differences[0] * rate / rates[0], "slope 1", CurveColors.Neutral) with { Role = SeriesRole.Guide });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "descent-to-flow",
                    Title = $"Distance to the flow ∝ η^{{p}}, p = {string.Join(", ", slopes)}",
                    Caption = FormattableString.Invariant($"Relative difference between gradient descent and the flow at t = {Time} against the learning rate (dots), and lines of slope 1 through the smallest (dashed). a = 2, d = 1000, teacher all ones, alternating start."),
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("learning rate η", true),
                            Y = new Axis("relative difference to the flow", true),
                            Series = series,
                        },
                    ],
                },
            ],
        };
    }
}
