using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Whether a path is long enough to be judged, and whether it looks stationary. A path of few relaxation times cannot tell a slow return from none (at a root of one, n(1 − a) is as large by chance), and blocks
/// shorter than the memory give standard errors that are far too small.
/// </summary>
internal static class PathStanding
{
    // Relaxation times in a block that is left out, and the fewest blocks.
    private const double TimesPerBlock = 5;
    private const int FewestBlocks = 8;
    private const int MostBlocks = 20;
    private const double Significance = 1e-4;

    /// <summary>Relaxation times that a path needs for standard errors.</summary>
    public const double LeastTimes = TimesPerBlock * FewestBlocks;

    /// <summary>Number of blocks to leave out in turn; 0 where the path is too short for standard errors.</summary>
    /// <param name="whole">The fit.</param>
    /// <param name="steps">Steps of the path.</param>
    public static int Blocks(PathEstimate whole, int steps)
    {
        var longest = steps / (TimesPerBlock * Math.Max(whole.Relaxation, 0.2 * (whole.Mean.Count + 1)));
        return longest < FewestBlocks ? 0 : (int)Math.Min(longest, MostBlocks);
    }

    /// <summary>What is to be known, one line each.</summary>
    /// <param name="whole">The fit, of deviations from the middle.</param>
    /// <param name="deviations">x, row by row.</param>
    public static IEnumerable<string> Warnings(PathEstimate whole, double[] deviations)
    {
        var d = whole.Mean.Count;
        var steps = (deviations.Length / d) - 1;
        if (StationaryLaw.Rank(whole.Diffusion) < d)
            yield return $"entropy production undefined: D is singular, rank {StationaryLaw.Rank(whole.Diffusion)} < d = {d}; leave out parameters that follow from others";
        if (whole.Stationary is not { } sigma || double.IsInfinity(whole.Relaxation))
        {
            yield return "the path does not return to a middle: the linear chain that fits it has no stationary law, and covariance and circulation are of this path alone; record longer, or later";
            yield break;
        }

        if (Blocks(whole, steps) == 0)
        {
            yield return FormattableString.Invariant($"no standard errors: the path is {steps / whole.Relaxation:0} times as long as its slowest direction remembers ({whole.Relaxation:0} rows), and {LeastTimes:0} times are needed to tell that from no return at all; record longer");
        }

        // By the law that A and D make: the first row, and the difference of the halves, whose covariance is 2Ω/(n/2) with Ω = (I − A)⁻¹ 2D (I − A)⁻ᵀ.
        if (StationaryLaw.Rank(sigma) < d)
            yield break;
        var limit = ChiSquared.InvCDF(d, 1 - Significance);
        var start = Vector<double>.Build.Dense(d, k => deviations[k]) - whole.Mean;
        if (start.DotProduct(sigma.Solve(start)) > limit)
        {
            var rows = Math.Min(steps / 2, Math.Ceiling(3 * whole.Relaxation));
            yield return FormattableString.Invariant($"the path begins far outside of its stationary law ({Math.Sqrt(start.DotProduct(sigma.Solve(start)) / d):0.#} standard deviations per direction): leave out its way there, about the first {rows:0} rows");
        }
        else if (Blocks(whole, steps) > 0 && Halves(whole, deviations) > limit)
        {
            yield return "the middles of its two halves differ by more than chance: the path drifts, and its covariance holds the drift";
        }
    }

    private static double Halves(PathEstimate whole, double[] deviations)
    {
        var d = whole.Mean.Count;
        var rows = deviations.Length / d;
        var half = rows / 2;
        var difference = Vector<double>.Build.Dense(d);
        for (var row = 0; row < 2 * half; row++)
        {
            for (var k = 0; k < d; k++)
                difference[k] += (row < half ? -1 : 1) * deviations[(row * d) + k] / half;
        }

        var pull = (Matrix<double>.Build.DenseIdentity(d) - whole.Map) * difference;
        return pull.DotProduct((whole.Diffusion * (4.0 / half)).Solve(pull));
    }
}
