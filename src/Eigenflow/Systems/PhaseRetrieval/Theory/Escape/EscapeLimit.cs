using Eigenflow.Numerics;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The escape rate of the power law with the teacher of all ones as d → ∞ (derived): for a &gt; 1, ρ(d) = ρ_∞ + K d^(1−a) with K = (ρ_∞ + 1/D′_∞)/(ζ(a)(a − 1)),
/// because the modes beyond d change the normalisation alone. For 0 &lt; a ≤ 1 it is 4λ₁ + 8λ₁²(1 + o(1)): the escape localises on the first mode.
/// </summary>
/// <param name="Rate">ρ_∞.</param>
/// <param name="Slope">D′_∞.</param>
/// <param name="Correction">K.</param>
public sealed record EscapeLimit(double Rate, double Slope, double Correction)
{
    // Terms one by one; the sums over the others are power series in λ, which is small there.
    private const int Head = 256;
    private const int SeriesOrder = 40;

    /// <summary>The limit.</summary>
    /// <param name="exponent">a &gt; 1.</param>
    public static EscapeLimit Of(double exponent)
    {
        var zeta = PowerSum.Infinite(exponent, 0);

        // Σ_{i>Head} λ^p for p = 2, 3, …
        var tails = new double[SeriesOrder];
        for (var m = 0; m < tails.Length; m++)
            tails[m] = PowerSum.Infinite((m + 2) * exponent, Head) / Math.Pow(zeta, m + 2);
        var top = 1 / zeta;
        var distance = Math.Exp(ScalarRoot.Find(logarithm => Sums(Math.Exp(logarithm)).Sum - 1, Math.Log(top * top), Math.Log(8)));
        var slope = Sums(distance).Slope;
        var rate = (4 * top) + distance;
        return new EscapeLimit(rate, slope, (rate + (1 / slope)) / (zeta * (exponent - 1)));

        (double Sum, double Slope) Sums(double x)
        {
            var root = (4 * top) + x;
            double sum = 0, derivative = 0, factor = 8 / root;
            for (var m = 0; m < tails.Length; m++)
            {
                sum += factor * tails[m];
                derivative += (m + 1) * factor / root * tails[m];
                factor *= 4 / root;
            }

            for (var i = Head; i >= 1; i--)
            {
                var eigenvalue = Math.Pow(i, -exponent) * top;
                var gap = x + (4 * (top - eigenvalue));
                var term = 8 * eigenvalue * eigenvalue / gap;
                sum += term;
                derivative += term / gap;
            }

            return (sum, derivative);
        }
    }

    /// <summary>The rate at a finite dimension, ρ_∞ + K d^(1−a).</summary>
    /// <param name="dimension">d.</param>
    /// <param name="exponent">a.</param>
    public double At(double dimension, double exponent) => Rate + (Correction * Math.Pow(dimension, 1 - exponent));

    /// <summary>ρ_∞ for large a: 12 − 20S + 28S² + (16/3)S₂ with S = ζ(a) − 1 and S₂ = ζ(2a) − 1.</summary>
    /// <param name="exponent">a.</param>
    public static double OfLargeExponent(double exponent)
    {
        var (first, second) = (PowerSum.Infinite(exponent, 1), PowerSum.Infinite(2 * exponent, 1));
        return 12 - (20 * first) + (28 * first * first) + (16.0 / 3 * second);
    }
}
