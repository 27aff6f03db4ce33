using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 1: SGD against its exact mean and the functional scaling law, for cosine, WSD and cyclic schedules.</summary>
internal static class LossDynamicsFigure
{
    private const long Steps = 10_000;
    private const double Peak = 0.1;
    private const int Replicas = 1000;

    private static readonly (string Schedule, string Name, double? Final, long? Decay)[] Cases =
        [("cosine", "cosine", 0, null), ("wsd", "WSD", Peak / 100, Steps / 5), ("cyclic:4", "cyclic", Peak / 100, null)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var farthest = 0.0;
        for (var k = 0; k < Cases.Length; k++)
        {
            var (schedule, name, final, decay) = Cases[k];
            var problem = Lab.Paper.With(schedule, Peak, Steps, final, decay);
            var sgd = problem.Run(new OnlineSgd { Replicas = Replicas, Points = 60, Threads = 1, Seed = 1 }, cancellation, PartOfProgress.Of(progress, k, Cases.Length));
            cancellation.ThrowIfCancellationRequested();
            var exact = problem.Run(new ExactMoments { AtSteps = sgd.Steps() }, cancellation);
            var law = problem.Run(new ScalingLaw { AtSteps = sgd.Steps() }, cancellation);
            var overlay = LawOverlay.Fit(exact, law);
            var distance = MeanOfRuns.Of(sgd, exact, "loss", firstStep: 1);
            farthest = Math.Max(farthest, distance.Largest);
            claims.Add(distance.Claim(
                $"sgd-mean-{name.ToLowerInvariant()}", $"the mean loss of SGD is that of the exact moments ({name}, s = 0.5, β = 4, N = 1024, M = 256, σ² = 0.04, a = 0.1, K = 10^{{4}}, B = 1)", Replicas, Lab.PaperCurveRuns, LawCurves.Derived,
                $"largest distance in standard errors of the mean of {Replicas} runs over {distance.Rows} recorded steps (correlated, being of the same runs), each of which has to be within 4; seed 1", PredictionKind.Exact)
                .UpTo(Steps, "k", Lab.PaperSteps).At("M", problem.ModelSize));
            claims.Add(Claim.AtMost(
                $"law-overlay-{name.ToLowerInvariant()}", $"c₀ + c₁ e_M + c₂ noise fits the mean loss within 5 % ({name}, the same)", 0.05, overlay.Compare(exact, law).LargestError, LawCurves.Paper,
                $"nonnegative least squares of the relative error over {distance.Rows} recorded steps; c = {DisplayNumber.Of(overlay.Constant)}, {DisplayNumber.Of(overlay.Signal)}, {DisplayNumber.Of(overlay.Noise)}; largest relative error from step 10 on", PredictionKind.Asymptotic)
                .UpTo(Steps, "k", Lab.PaperSteps).At("M", problem.ModelSize).Over("Q < 1, the whole schedule"));
            claims.Add(FirstOrder(problem, exact, law, name));
            var color = CurveColors.Schedule(schedule);
            panels.Add(new Panel
            {
                Title = name,
                X = new Axis("step k", true),
                Y = new Axis("excess risk E", true),
                Series =
                [
                    LawCurves.Of(exact, "loss", name, color),
                    LawCurves.Of(sgd, "loss", name, color, SeriesStyle.Points).Against(exact, "loss", "step"),
                    overlay.Series(law, "functional scaling law, fitted"),
                    SolutionSeries.Key("exact mean", SeriesStyle.Line),
                    SolutionSeries.Key($"SGD, mean of {Replicas} runs", SeriesStyle.Points),
                ],
            });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = Headline.Errors($"Mean loss of {Replicas} SGD runs", "the exact mean", farthest),
                    Caption = $"Mean of {Replicas} runs of one-pass SGD (dots; bars: 10 to 90 % of the runs), its exact mean (lines) and the functional scaling law c₀ + c₁e_M + c₂ noise (dashed, coefficients fitted to the exact mean). "
                        + "s = 0.5, β = 4 (hard), N = 1024, M = 256, σ² = 0.04, B = 1, a = 0.1; cosine to 0, WSD over the last fifth to a/100, four cycles down to a/100.",
                    Panels = panels,
                },
            ],
        };
    }

    private static Claim FirstOrder(ScalingLawProblem problem, Solution exact, Solution law, string name)
    {
        var gain = Stability.Of(problem, problem.Modes()).NoiseGain;
        var ratio = Enumerable.Range(0, law.Times.Length).Where(row => law["step"][row] >= 100).Max(row => exact["loss"][row] / law["loss"][row]);
        return Claim.AtMost(
            $"law-first-order-{name.ToLowerInvariant()}", $"the exact loss exceeds the law with first-order coefficients, D_M + ½(e_M + noise), by at most 1/(1 − Q) ({name}, the same, Q = {DisplayNumber.Of(gain)})", 1 / (1 - gain), ratio,
            LawCurves.Derived, "largest ratio over the recorded steps from 100 on", PredictionKind.Heuristic).UpTo(Steps, "k", Lab.PaperSteps).At("M", problem.ModelSize).Over("Q < 1, the whole schedule");
    }
}
