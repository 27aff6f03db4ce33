using System.Numerics;

namespace Eigenflow.Numerics;

/// <summary>
/// Inverse Laplace transforms on the parabola s = (c/t)(1 + iu)² with 2 × 24 points: its exponentials stay below e^c, so that rounding is not amplified (about 1e-12 in all).
/// For transforms whose singularities lie on the negative axis.
/// </summary>
internal static class LaplaceContour
{
    /// <summary>c.</summary>
    public const double Height = 3;

    private const double Spacing = 0.16;
    private const int Half = 24;

    /// <summary>The upper half of the points in units of c/t, and their weights: f(t) = (c/t) Σ 2 Re[weight · F(s)].</summary>
    public static readonly IReadOnlyList<(Complex Unit, Complex Weight)> Points = [.. Enumerable.Range(0, Half).Select(k =>
    {
        var ray = new Complex(1, (k + 0.5) * Spacing);
        var unit = ray * ray;
        return (unit, Spacing / Math.PI * ray * Complex.Exp(Height * unit));
    })];

    /// <summary>f(t) of its transform F(s).</summary>
    /// <param name="time">t &gt; 0.</param>
    /// <param name="transform">F at complex s.</param>
    public static double Invert(double time, Func<Complex, Complex> transform)
    {
        var scale = Height / time;
        var sum = 0.0;
        foreach (var (unit, weight) in Points)
            sum += 2 * (weight * transform(scale * unit)).Real;
        return scale * sum;
    }
}
