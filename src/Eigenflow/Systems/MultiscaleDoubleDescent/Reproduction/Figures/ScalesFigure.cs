using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Figure 1: the error over time of the fast features alone, of the slow ones alone, and of both, by the paper's closed form, with the exact flow.</summary>
internal static class ScalesFigure
{
    private const double Last = 1e8;
    private static readonly MultiscaleProblem Problem = Lab.TwoScale(130, 100, 70, 100);

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var flow = Lab.Solve(Problem, new GradientFlow { Until = Last, Points = 220 }, cancellation);
        Solution Form(ActiveBlocks active) => Lab.Solve(Problem, new PaperForm { Active = active, Until = Last, Points = 220 }, cancellation);
        var (both, fast, slow) = (Form(ActiveBlocks.Both), Form(ActiveBlocks.Fast), Form(ActiveBlocks.Slow));
        double form = new TwoBlockForm(150, 60, 40, 1, 0.02, 0).At(1e-4).Error, exact = new ExactTheory(Lab.TwoScale(150, 100, 60, 50)).Ridge(1e-4).Error;
        var flowPeak = flow.SummaryOf("maximum-error")!.Value;
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Absolute("closed-form-bump", "the closed form has the double descent of the flow (n = 130, d = 100, p = 70, κ = 100, σ = 0): turning points", flow.Events.Count(pair => pair.Value is not null && pair.Key != "optimal-time"), both.Events.Count(pair => pair.Value is not null && pair.Key != "optimal-time"), 0, Lab.Paper + ", Figure 1", "turning points of more than 1e-7", PredictionKind.Asymptotic).UpTo(Last),
                Claim.Relative("closed-form-limit", "far apart the scales do not share a self-energy: the bump of the closed form tends to ½ (d − p)/d · n/(n − p) (n = 130, d = 100, p = 70, κ = 10^{5}, σ = 0)", new ScaleSeparation(Lab.TwoScale(130, 100, 70, 1e5)).Plateau, Lab.Solve(Lab.TwoScale(130, 100, 70, 1e5), new PaperForm(), cancellation).SummaryOf("maximum-error") ?? double.NaN, 0.01, Lab.Derived, "maximum over t", PredictionKind.Asymptotic),
                Claim.AtLeast("closed-form-slow", "in the slow phase the closed form is too low by more than a factor of two: it gives each block a self-energy of its own (n = 150, d = 100, p = 60, κ = 50, λ = 10^{−4})", 2, exact / form, Lab.Derived, "exact over closed form", PredictionKind.Heuristic),
                Claim.AtLeast("closed-form-one-scale", "at κ = 1 the closed form is not the answer of one scale (the same, λ = 1): exact over closed form", 1.15, new ExactTheory(Lab.TwoScale(150, 100, 60, 1)).Ridge(1).Error / new TwoBlockForm(150, 60, 40, 1, 1, 0).At(1).Error, Lab.Derived, "0.15 over 0.1276", PredictionKind.Heuristic),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = $"Fast features overfit to E = {DisplayNumber.Of(flowPeak, 3)} at t = {DisplayNumber.Of(flow.TimeOf("maximum"), 2)}, until the slow ones are learned",
                    Caption = "Test error over time: exact flow (line), the paper's closed form with λ = 1/t (dashed): both blocks, the fast one alone (slow features untouched) and the slow one alone (fast features learned). n = 130, d = 100, p = 70, κ = 100, σ = 0.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "test error",
                            X = new Axis(Lab.Time, true, 1e-2, Last),
                            Y = new Axis(Lab.Error, false, 0, 0.55),
                            Series =
                            [
                                Lab.Curve(flow, "flow (exact)", CurveColors.Neutral), Lab.Curve(both, "closed form, both", 0, SeriesStyle.Dashed), Lab.Curve(fast, "closed form, fast alone", 1, SeriesStyle.Dashed),
                                Lab.Curve(slow, "closed form, slow alone", 2, SeriesStyle.Dashed),
                            ],
                        },
                    ],
                },
            ],
        };
    }
}
