using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 3: loss curves against intrinsic time for other capacities and difficulties.</summary>
internal static class VariationsFigure
{
    private const long Steps = 30_000;
    private const long Size = 2048;
    private const double Peak = 0.05;
    private const double Noise = 0.25;
    private const double FirstShown = 1;

    private static readonly (double Difficulty, double Capacity)[] Cases = [(1, 2), (0.3, 3), (0.5, 4), (1.5, 1.5)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var claims = new List<Claim>();
        var departure = 0.0;
        for (var k = 0; k < Cases.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)k / Cases.Length, "variations"));
            var (s, beta) = Cases[k];
            var problem = new ScalingLawProblem { Capacity = beta, Difficulty = s, Features = 4 * Size, ModelSize = Size, Noise = Noise };
            var series = new List<Series>();
            var worst = 0.0;
            foreach (var (schedule, name) in new[] { ("constant", "constant"), ("cosine", "cosine"), ("wsd", "WSD") })
            {
                var run = problem.With(schedule, Peak, Steps);
                var exact = run.Run(new ExactMoments(), cancellation);
                var law = run.Run(new ScalingLaw { AtSteps = exact.Steps() }, cancellation);
                var color = CurveColors.Schedule(schedule);
                var curve = LawCurves.Of(exact, "loss", name, color, abscissa: "t").Against(law, "loss", "t");
                departure = Math.Max(departure, curve.LargestDeparture(FirstShown));
                series.Add(curve);
                series.Add(LawCurves.Of(law, "loss", name, color, SeriesStyle.Dashed, "t"));
                worst = Math.Max(worst, LawOverlay.Fit(exact, law).Compare(exact, law).LargestError);
            }

            var signal = LawCurves.Logarithmic(FirstShown, Peak * Steps, 80);
            var modes = problem.Modes();
            series.Add(LawCurves.Function(signal, time => modes.Approximation + (modes.SignalProfile(time) / 2), "approximation + signal", -1, SeriesStyle.Dotted));
            claims.Add(Claim.AtMost(
                $"variation-s{DisplayNumber.Of(s)}-b{DisplayNumber.Of(beta)}", $"the fitted law follows the exact loss of constant, cosine and WSD schedules within 6 % (s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, N = 8192, M = 2048, σ² = 0.25, a = 0.05, K = 3 × 10^{{4}})",
                0.06, worst, LawCurves.Paper, "largest relative error from step 10 on over the three schedules, each fitted by nonnegative least squares", PredictionKind.Asymptotic)
                .UpTo(Steps, "k", Lab.PaperSteps).At("M", Size).Over("Q < 1, the whole schedule"));
            panels.Add(new Panel
            {
                Title = $"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)} ({(problem.IsEasy ? "easy" : "hard")})",
                X = new Axis("intrinsic time t", true, FirstShown),
                Y = new Axis("excess risk E", true),
                Series = [.. series, SolutionSeries.Key("exact", SeriesStyle.Line), SolutionSeries.Key("law, first order", SeriesStyle.Dashed)],
            });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-3",
                    Title = Headline.Departure("Loss under three schedules from t = 1 on", "the first-order law", departure),
                    Caption = "Exact loss (lines) and functional scaling law with first-order coefficients (dashed) against intrinsic time; dotted: the part that no schedule changes. "
                        + "N = 8192, M = 2048, σ² = 0.25, B = 1, a = 0.05, K = 3 × 10^{4}; cosine to 0, WSD over the last fifth to a/100.",
                    Panels = panels,
                },
            ],
        };
    }
}
