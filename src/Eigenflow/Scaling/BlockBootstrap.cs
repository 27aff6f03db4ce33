using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Scaling;

/// <summary>
/// Resamples residuals of a fit in blocks of neighbours, so that their correlation survives: circular blocks of one length that begin anywhere (Politis and Romano 1992).
/// Random numbers are addressed by seed and replica: results do not depend on threads or order.
/// </summary>
public static class BlockBootstrap
{
    private const int FewestBlocks = 5;

    /// <summary>
    /// Length of blocks: twice the sum of the correlations of the residuals up to the first that is not positive, and at least the cube root of their number, so that blocks hold nearly all of the correlation;
    /// at most a fifth of the residuals, so that at least five blocks are drawn.
    /// </summary>
    /// <param name="residuals">Residuals in order; at least one.</param>
    public static int BlockLength(ReadOnlySpan<double> residuals)
    {
        var mean = Mean(residuals);
        double variance = 0;
        foreach (var residual in residuals)
            variance += (residual - mean) * (residual - mean);
        var sum = 1.0;
        for (var lag = 1; lag < residuals.Length / 2 && variance > 0; lag++)
        {
            var product = 0.0;
            for (var i = lag; i < residuals.Length; i++)
                product += (residuals[i] - mean) * (residuals[i - lag] - mean);
            if (product <= 0)
                break;
            sum += 2 * product / variance;
        }

        var smallest = (int)Math.Ceiling(Math.Cbrt(residuals.Length));
        return Math.Clamp(Math.Max(smallest, (int)Math.Ceiling(2 * sum)), 1, Math.Max(1, residuals.Length / FewestBlocks));
    }

    /// <summary>Fills a vector with blocks of centred residuals.</summary>
    /// <param name="residuals">Residuals in order; at least one.</param>
    /// <param name="blockLength">Length of blocks, at least 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="replica">Number of the resample, ≥ 0.</param>
    /// <param name="destination">Receives the resample, of any length.</param>
    public static void Resample(ReadOnlySpan<double> residuals, int blockLength, ulong seed, int replica, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockLength, 1);
        var mean = Mean(residuals);
        for (int filled = 0, block = 0; filled < destination.Length; block++)
        {
            var start = WholeNumbers.Below(Philox.Block(((uint)block, 0xB10C, (uint)replica, 0), ((uint)seed, (uint)(seed >> 32))).Word0, residuals.Length);
            for (var i = 0; i < blockLength && filled < destination.Length; i++, filled++)
                destination[filled] = residuals[(start + i) % residuals.Length] - mean;
        }
    }

    /// <summary>The interval between two quantiles of bootstrap values, by linear interpolation; values that are not finite are left out.</summary>
    /// <param name="values">One value per resample.</param>
    /// <param name="level">Level such as 0.95: the quantiles (1 ∓ level)/2.</param>
    /// <returns>NaN for both if fewer than two values are finite.</returns>
    public static (double Lower, double Upper) Interval(ReadOnlySpan<double> values, double level = 0.95)
    {
        var sorted = values.ToArray().Where(double.IsFinite).Order().ToArray();
        return sorted.Length < 2 ? (double.NaN, double.NaN) : (Quantile.OfSorted(sorted, (1 - level) / 2), Quantile.OfSorted(sorted, (1 + level) / 2));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }
}
