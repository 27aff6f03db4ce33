using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 2: the deviation against an error of the irreducible loss that is subtracted.</summary>
internal static class OffsetFigure
{
    private const double Tolerance = 0.1;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        const double floor = 0.1;
        double[] sizes = [.. Enumerable.Range(0, 5).Select(k => Math.Pow(10, 2 + (k / 2.0)))];
        var law = sizes.Select(size => new LadderRun { Size = size, Times = [.. NormalizedCurves.DefaultGrid.Select(x => x * size)], Losses = [.. NormalizedCurves.DefaultGrid.Select(x => floor + LossTerms.Balanced.At(x * size, size))] }).ToArray();
        var ladder = (LadderLab.Ladder with { Models = [32, 64, 128, 256] }).Means(1000, cancellation);
        progress?.Report(new Progress(0.7, "offsets"));
        (string Name, OffsetScan Scan, double Right, double Unit)[] scans =
        [
            ("law", OffsetScan.Of(law.Normalize(floor / 2)), floor, law.Min(run => run.EndLoss) - floor),
            ("SGD", OffsetScan.Of(ladder.Normalize(-ladder.Min(run => run.EndLoss))), 0, ladder.Min(run => run.EndLoss)),
        ];
        var best = scans.Select(one => (one.Scan.Best - one.Right) / one.Unit).ToArray();
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Absolute("offset-law", "the deviation is smallest at the irreducible loss: (L̂ − L₀)/(smallest reducible loss) = 0 (t^{−1/2} + p^{−1/2} + 0.1, p = 10² … 10⁴)", 0, best[0], 1e-3, LadderLab.Paper, "minimum of a scan", PredictionKind.Exact),
                Claim.Absolute("offset-ladder", $"the same for SGD on the ladder (M = 32 … 256, mean; {LadderLab.Setting})", 0, best[1], Tolerance, LadderLab.Paper, "minimum of a scan; models of finite size collapse up to a few per cent only", PredictionKind.Asymptotic).Over("M → ∞"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = $"The deviation is smallest at the irreducible loss, {DisplayNumber.Of(Math.Abs(best[0]), 2)} (law) and {DisplayNumber.Of(Math.Abs(best[1]), 2)} (SGD) of the smallest loss off",
                    Caption = $"Root mean square over x < 1 of the deviation Δ of mean curves against the error of what is subtracted, in units of the smallest reducible loss. Law: t^{{−1/2}} + p^{{−1/2}} + 0.1 at t* = p = 10^{{2}} … 10^{{4}}. SGD: M = 32 … 256, exact mean ({LadderLab.Setting}, constant rate).",
                    Panels = [new Panel { X = new Axis("(L̂ − L₀)/(smallest reducible loss)", false, -1, 1), Y = new Axis("rms Δ", true), Lines = [new ReferenceLine(0, "L₀")], Series = [.. scans.Select((one, k) => Scaled(one.Name, one.Scan, one.Right, one.Unit, k))] }],
                },
            ],
        };
    }

    private static Series Scaled(string name, OffsetScan scan, double right, double unit, int color) =>
        new Series { Label = name, X = [.. scan.Offsets.Select(offset => (offset - right) / unit)], Y = scan.RootMeanSquares, Color = color }.Where((x, row) => x >= -1 && scan.RootMeanSquares[row] > 1e-6);
}
