using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Root mean square of Δ over x &lt; 1 for a range of offsets L̂: a wrong offset breaks the collapse (arXiv 2507.02119, figure 2).</summary>
/// <param name="Offsets">L̂, ascending.</param>
/// <param name="RootMeanSquares">Δ at each.</param>
/// <param name="Best">The offset with the smallest Δ, between the points of the scan; an end of the scan where Δ falls up to it.</param>
/// <param name="Smallest">Δ there.</param>
public sealed record OffsetScan(double[] Offsets, double[] RootMeanSquares, double Best, double Smallest)
{
    /// <summary>Scans from 0 to just below the smallest loss that is used.</summary>
    /// <param name="curves">The curves, with any offset.</param>
    /// <param name="isUnbiased">Whether variances are unbiased.</param>
    /// <param name="points">Number of offsets, at least 2.</param>
    public static OffsetScan Of(NormalizedCurves curves, bool isUnbiased = false, int points = 41)
    {
        ArgumentNullException.ThrowIfNull(curves);
        double[] offsets = new double[points], spreads = new double[points];
        var (top, best) = (curves.SmallestLoss, 0);
        for (var k = 0; k < points; k++)
        {
            offsets[k] = Math.Min(0, top - Math.Abs(top)) + ((top - Math.Min(0, top - Math.Abs(top))) * 0.99 * k / (points - 1));
            spreads[k] = Spread(offsets[k]);
            best = spreads[k] < spreads[best] ? k : best;
        }

        var (place, smallest) = ScalarMinimum.Find(Spread, offsets[Math.Max(0, best - 1)], offsets[Math.Min(points - 1, best + 1)], 5, 1e-7 * Math.Abs(top));
        return new OffsetScan(offsets, spreads, place, smallest);

        double Spread(double offset) => CollapseStatistics.Of(curves.With(offset), isUnbiased).RootMeanSquare;
    }
}
