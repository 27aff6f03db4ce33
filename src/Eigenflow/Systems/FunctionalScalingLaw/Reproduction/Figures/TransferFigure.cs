using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 8: the law fitted on the 8-1-1 schedule predicts the loss of others.</summary>
internal static class TransferFigure
{
    private const double Peak = 0.2;
    private const long Steps = 1000;

    private static readonly (string Schedule, string Name, double? Final, long? Decay, double Reference)[] Others =
        [("cosine", "cosine", 0, null, 0.010788), ("wsd", "WSD", 0.002, 200, 0.005997), ("cyclic:4", "cyclic", 0.02, null, 0.008944)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problem = new ScalingLawProblem { Capacity = 4, Difficulty = 0.5, Features = 128, ModelSize = 64, Noise = 0.04 };
        long[] all = [.. Enumerable.Range(0, (int)Steps + 1).Select(step => (long)step)];
        var (fitCurve, fitLaw) = Curves("8-1-1", null, null);
        var overlay = LawOverlay.Fit(fitCurve, fitLaw);
        var (_, largest) = overlay.Compare(fitCurve, fitLaw);
        const string Setup = "s = 0.5, β = 4, N = 128, M = 64, σ² = 0.04, a = 0.2, K = 1000";
        var claims = new List<Claim>
        {
            Claim.Absolute("transfer-constant", $"fitted on 8-1-1, the constant vanishes ({Setup})", 0, overlay.Constant, 0, LawCurves.Derived, "nonnegative least squares of the relative error from step 10 on"),
            Claim.Relative("transfer-signal", $"and the coefficient of e_M is this ({Setup})", 0.48882918, overlay.Signal, 1e-6, LawCurves.Derived, "the same; first order is 1/2"),
            Claim.Relative("transfer-noise", $"and that of the noise this ({Setup})", 0.76404593, overlay.Noise, 1e-6, LawCurves.Derived, "the same; first order is 1/2, and the loss feeds back on itself"),
            Claim.AtMost("transfer-fit", $"the fit errs by at most 2.9 % ({Setup})", 0.029, largest, LawCurves.Derived, "largest relative error from step 10 on", PredictionKind.Heuristic),
        };
        var panels = new List<Panel> { Panel("8-1-1 (fitted)", "8-1-1", fitCurve, fitLaw) };
        var worst = 0.0;
        foreach (var (schedule, name, final, decay, reference) in Others)
        {
            var (curve, law) = Curves(schedule, final, decay);
            var (error, _) = overlay.Compare(curve, law);
            claims.Add(Claim.Relative($"transfer-{name.ToLowerInvariant()}", $"root mean square of ln(predicted/exact) on the schedule {name}, which the fit has not seen ({Setup})", reference, error, 1e-4, LawCurves.Derived, "coefficients of the fit on 8-1-1, from step 10 on"));
            worst = Math.Max(worst, error);
            panels.Add(Panel($"{name} (predicted)", schedule, curve, law));
        }

        return new ReproductionResult
        {
            Claims = [.. claims.Select(claim => claim.UpTo(Steps, "k").At("M", problem.ModelSize))],
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = Headline.Departure("Fitted on 8-1-1 alone, the law is", "the loss of three other schedules (rms)", worst),
                    Caption = $"Exact mean loss (lines) and c₀ + c₁e_M + c₂ noise with the coefficients fitted on 8-1-1 alone (dashed). {Setup}, B = 1; cosine to 0, WSD over 200 steps to 0.002, four cycles down to 0.02.",
                    Panels = panels,
                },
            ],
        };

        (Solution Curve, Solution Law) Curves(string schedule, double? final, long? decay)
        {
            var run = problem.With(schedule, Peak, Steps, final, decay);
            return (run.Run(new ExactMoments { AtSteps = all }, cancellation), run.Run(new ScalingLaw { AtSteps = all }, cancellation));
        }

        // Errors count from the step from which on the law was fitted.
        Series Beside(Series loss, Solution law)
        {
            var fitted = law["step"].Zip(overlay.Evaluate(law)).ToDictionary(pair => pair.First, pair => pair.Second);
            return loss.Against(step => step >= LawOverlay.FirstStep ? fitted[step] : double.NaN);
        }

        Panel Panel(string title, string schedule, Solution curve, Solution law) => new()
        {
            Title = title,
            X = new Axis("step k", true),
            Y = new Axis("excess risk E", true),
            Series = [Beside(LawCurves.Of(curve, "loss", "exact mean", CurveColors.Schedule(schedule)), law), overlay.Series(law, "law with the coefficients of 8-1-1")],
        };
    }
}
