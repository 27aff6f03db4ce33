using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 2: the deviation against an error of the irreducible loss that is subtracted.</summary>
internal static class OffsetFigure
{
    private const double Floor = 0.1;
    private const double Tolerance = 0.1;
    private const double Largest = 0.95;

    // A grid without a point at zero.
    private const int ScanPoints = 37;
    private const long ManyFeatures = 1_000_000_000;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] sizes = [.. Enumerable.Range(0, 5).Select(k => Math.Pow(10, 2 + (k / 2.0)))];
        LadderRun[] law = [.. sizes.Select(size => new LadderRun { Size = size, Times = [.. NormalizedCurves.DefaultGrid.Select(x => x * size)], Losses = [.. NormalizedCurves.DefaultGrid.Select(x => Floor + LossTerms.Balanced.At(x * size, size))] })];
        var problem = LadderLab.Ladder with { Models = [32, 64, 128, 256] };
        LadderRun[] cut = problem.Means(1000, cancellation), ladder = (problem with { Features = ManyFeatures }).Means(1000, cancellation);
        progress?.Report(new Progress(0.7, "offsets"));
        var (ofLaw, bestOfLaw) = Scan("law", law, Floor, 0);
        var (ofLadder, bestOfLadder) = Scan("SGD", ladder, 0, 1);
        var (_, bestOfCut) = Scan("", cut, 0, 1);

        // Features that were left out would have added their part to every loss.
        var missing = Spectra.PowerSum.Between(1 + (problem.Difficulty * problem.Capacity), problem.Features, ManyFeatures) / 2;
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Absolute("offset-law", "the deviation is smallest at the irreducible loss: (L̂ − L₀)/(smallest reducible loss) = 0 (t^{−1/2} + p^{−1/2} + 0.1, p = 10² … 10⁴)", 0, bestOfLaw, 1e-3, LadderLab.Paper, "minimum over offsets by Brent's method", PredictionKind.Exact),
                Claim.Absolute("offset-ladder", $"the same for SGD on the ladder (M = 32 … 256, mean, constant rate; {LadderLab.SettingOf("10^{9}")})", 0, bestOfLadder, Tolerance, LadderLab.Paper, "minimum over offsets by Brent's method; models of finite size collapse up to a few per cent only", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞"),
                Claim.Relative("offset-of-a-cut", $"the collapse sees the features that are missing beyond N: the best offset is −½ Σ_{{j>N}} λ_j θ*_j² (the same with N = 4096)", -missing, bestOfCut * cut.Min(run => run.EndLoss), Tolerance, LadderLab.Derived, "minimum over offsets by Brent's method", PredictionKind.Asymptotic).At("M", 256).Over("M → ∞"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = $"The deviation is smallest at the irreducible loss, {DisplayNumber.Of(Math.Abs(bestOfLaw), 1)} (law) and {DisplayNumber.Of(Math.Abs(bestOfLadder), 2)} (SGD) of the smallest loss off",
                    Caption = $"Root mean square over x < 1 of the deviation Δ of mean curves against the error of what is subtracted, in units of the smallest reducible loss. Law: t^{{−1/2}} + p^{{−1/2}} + 0.1 at t* = p = 10^{{2}} … 10^{{4}}. SGD: M = 32 … 256, exact mean ({LadderLab.SettingOf("10^{9}")}, constant rate).",
                    Panels = [new Panel { X = new Axis("(L̂ − L₀)/(smallest reducible loss)"), Y = new Axis("rms Δ", true, 1e-3, 2), Lines = [new ReferenceLine(0, "L₀")], Series = [ofLaw, ofLadder] }],
                },
            ],
        };
    }

    // In units of the smallest reducible loss, in which both ladders go from −1 to almost 1.
    private static (Series Curve, double Best) Scan(string name, LadderRun[] runs, double right, int color)
    {
        var curves = runs.Normalize(right - 1);
        var unit = runs.Min(run => run.EndLoss) - right;
        double Rms(double part) => CollapseStatistics.Of(curves.With(right + (part * unit))).RootMeanSquare;
        double[] parts = [.. Enumerable.Range(0, 80).Select(k => -1 + ((1 + Largest) * k / 79))];
        return (new Series { Label = name, X = parts, Y = [.. parts.Select(Rms)], Color = color }, ScalarMinimum.Find(Rms, -1, Largest, ScanPoints, 1e-6).Place);
    }
}
