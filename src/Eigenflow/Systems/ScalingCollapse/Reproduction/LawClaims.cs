using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>What analyses of loss curves find on sums of power laws, of which everything is known.</summary>
internal static class LawClaims
{
    private const double GridTolerance = 1e-3;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ReproductionResult { Claims = [Multiples(cancellation), .. Drifts(), ByCollapse(cancellation), ByFrontier()] };
    }

    private static Claim Multiples(CancellationToken cancellation)
    {
        double[] scales = [0.01, 0.3, 10, 1000];
        var worst = scales.Max(scale => new ScalingProblem { Terms = LossTerms.Parse("2:0.3:0+5:0:0.4"), Models = [10, 1e3, 1e6, 1e9], HorizonScale = scale }.Run(new SumOfPowerLaws(), cancellation)["deviation"].Max());
        return Claim.Absolute("multiples-of-the-horizon", "multiples of the horizon keep the collapse: largest Δ at κ = 0.01, 0.3, 10, 1000 (2 t^{−0.3} + 5 p^{−0.4}, p = 10 … 10^{9})", 0, worst, 1e-12, LadderLab.Paper, "over x = 0.01 … 1");
    }

    private static IEnumerable<Claim> Drifts()
    {
        double[] sizes = [1e2, 1e3, 1e4, 1e5, 1e6];
        foreach (var (gamma, sign, word) in ((double, int, string)[])[(0.9, 1, "up"), (1.1, -1, "down")])
        {
            LadderRun[] runs = [.. sizes.Select(size => new LadderRun { Size = size, Times = [.. NormalizedCurves.DefaultGrid.Select(x => x * Math.Pow(size, gamma))], Losses = [.. NormalizedCurves.DefaultGrid.Select(x => LossTerms.Balanced.At(x * Math.Pow(size, gamma), size))] })];
            var drift = CollapseDrift.Of(runs.Normalize());
            var least = NormalizedCurves.DefaultGrid.Index().Where(point => point.Item < 1).Min(point => sign * drift.Slope[point.Index]);
            yield return Claim.AtLeast($"drift-{word}", $"larger models move {word} at every x < 1 where γ = {DisplayNumber.Of(gamma)} γ*: smallest {(sign > 0 ? "" : "−")}d ln ℓ/d ln p (t^{{−1/2}} + p^{{−1/2}}, p = 10² … 10^{{6}})", 0, least, LadderLab.Paper, "least squares over the models at x = 0.01 … 0.99");
        }
    }

    private static Claim ByCollapse(CancellationToken cancellation)
    {
        var terms = LossTerms.Parse("3:0.35:0+2:0:0.3");
        double[] sizes = LadderLab.Logarithmic(1e6, 1e8, 7);
        var found = CollapseHorizon.Of(sizes, [.. sizes.Select(_ => 1)], (m, _, time) => 1.7 + terms.At(time, sizes[m]), (gamma, m) => 1e9 * Math.Pow(sizes[m] / 1e7, gamma), 1.7, cancellation: cancellation);
        return Claim.Relative("exponent-by-collapse", "the best collapse finds the data exponent, 6/7 (3 t^{−0.35} + 2 p^{−0.3} + 1.7, p = 10^{6} … 10^{8})", 6.0 / 7, found.Exponent, 1e-6, LadderLab.Paper, "smallest mean of Δ² over x < 1");
    }

    private static Claim ByFrontier()
    {
        var terms = LossTerms.Parse("400:0.3:0+300:0:0.35");
        double[] times = LadderLab.Logarithmic(1e7, 1e11, 400);
        var found = FrontierHorizon.Of([.. LadderLab.Logarithmic(1e6, 1e8, 9).Select(size => new LadderRun { Size = size, Times = times, Losses = [.. times.Select(time => 1.5 + terms.At(time, size))] })]);
        return Claim.Relative("exponent-by-frontier", "the frontier finds the data exponent, 7/6 (400 t^{−0.3} + 300 p^{−0.35} + 1.5, nine sizes p = 10^{6} … 10^{8})", 7.0 / 6, found.Exponent, GridTolerance, LadderLab.Paper, "best of nine models at 1000 computes");
    }
}
