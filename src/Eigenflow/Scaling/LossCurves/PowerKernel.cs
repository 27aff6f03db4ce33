using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The kernel f(u) = (1 + u/τ)^(−p) and its mean over the n lags u₀, u₀ + h, …, u₀ + (n−1)h of a cell, by the Euler–Maclaurin sum: the primitive, half the difference of the ends, and the first derivative.
/// One step (n = 1) is exact; the error otherwise is O((h/τ)⁴/n). Derivatives with respect to p and ln τ come with it. O(1), one logarithm and one exponential per edge.
/// </summary>
internal readonly struct PowerKernel
{
    private readonly double value;
    private readonly double valueByP;
    private readonly double valueByTau;
    private readonly double primitive;
    private readonly double primitiveByP;
    private readonly double primitiveByTau;
    private readonly double slope;
    private readonly double slopeByP;
    private readonly double slopeByTau;

    /// <summary>The kernel at one lag.</summary>
    /// <param name="lag">u ≥ 0.</param>
    /// <param name="tau">τ &gt; 0.</param>
    /// <param name="p">p &gt; 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PowerKernel(double lag, double tau, double p)
    {
        var one = 1 + (lag / tau);
        var log = Math.Log(one);
        value = Math.Exp(-p * log);
        valueByP = -log * value;
        slope = -p / (tau * one) * value;
        slopeByP = ((p * log) - 1) * value / (tau * one);
        valueByTau = -lag * slope;
        slopeByTau = -slope - (lag * p * (p + 1) / (tau * tau * one * one) * value);
        var q = p - 1;
        var z = q * log;
        double g, byQ;
        if (Math.Abs(z) < 1e-3)
        {
            g = log * (1 - (z / 2) + (z * z / 6) - (z * z * z / 24));
            byQ = log * log * (-0.5 + (z / 3) - (z * z / 8) + (z * z * z / 30));
        }
        else
        {
            var power = value * one;
            g = (1 - power) / q;
            byQ = ((power * log) - g) / q;
        }

        primitive = tau * g;
        primitiveByP = tau * byQ;
        primitiveByTau = primitive - (lag * value);
    }

    /// <summary>Mean over a cell.</summary>
    /// <param name="near">The kernel at the smallest lag u₀.</param>
    /// <param name="far">The kernel at u₀ + n h.</param>
    /// <param name="spacing">h ≥ 0.</param>
    /// <param name="count">n ≥ 1.</param>
    /// <param name="correction">Factor of the last term, h/12 if h is small against τ.</param>
    /// <returns>The mean and its derivatives with respect to p and ln τ.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double Mean, double ByP, double ByTau) Mean(in PowerKernel near, in PowerKernel far, double spacing, double count, double correction)
    {
        if (count == 1 || !(spacing * count > 1e-13 * (1 + spacing)))
            return (near.value, near.valueByP, near.valueByTau);
        var a = 1 / (spacing * count);
        var b = 0.5 / count;
        var c = correction / count;
        return (
            (a * (far.primitive - near.primitive)) + (b * (near.value - far.value)) + (c * (far.slope - near.slope)),
            (a * (far.primitiveByP - near.primitiveByP)) + (b * (near.valueByP - far.valueByP)) + (c * (far.slopeByP - near.slopeByP)),
            (a * (far.primitiveByTau - near.primitiveByTau)) + (b * (near.valueByTau - far.valueByTau)) + (c * (far.slopeByTau - near.slopeByTau)));
    }
}
