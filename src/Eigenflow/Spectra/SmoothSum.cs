using MathNet.Numerics.Integration;

namespace Eigenflow.Spectra;

/// <summary>
/// Numbers and weights that stand for the sum over very many modes of anything that is smooth in the mode number, in O(log d) nodes:
/// Σ_{i=m}^{n} f(i) = ∫_{m−½}^{n+½} f − (f'(n+½) − f'(m−½))/24 + O(f‴), the integral by composite Gauss–Legendre quadrature in log i.
/// </summary>
internal static class SmoothSum
{
    /// <summary>The widest piece of a quadrature in the logarithm of the mode number.</summary>
    public const double LargestLogarithmicStep = 0.25;

    private const int QuadraturePoints = 24;

    /// <summary>The nodes of Σ_{i=first+1}^{end} f(i).</summary>
    /// <param name="first">0-based index of the first mode.</param>
    /// <param name="end">0-based index after the last mode.</param>
    /// <param name="directEnd">Modes below this index are taken one by one: the remainder of the midpoint rule is f‴/1920 there.</param>
    /// <param name="logarithmicStep">Width of a piece in log i, at most <see cref="LargestLogarithmicStep"/>; where f changes within less, the caller says so.</param>
    public static IEnumerable<(double Number, double Weight)> Nodes(long first, long end, long directEnd, double logarithmicStep)
    {
        for (; first < Math.Min(end, directEnd); first++)
            yield return (first + 1.0, 1);

        var from = first + 0.5;
        var to = end + 0.5;
        if (!(to > from))
            yield break;
        var pieces = (int)Math.Ceiling(Math.Log(to / from) / logarithmicStep);
        var rule = new GaussLegendreRule(-1, 1, QuadraturePoints);
        for (var piece = 0; piece < pieces; piece++)
        {
            var low = Math.Log(from) + (Math.Log(to / from) * piece / pieces);
            var half = Math.Log(to / from) / pieces / 2;
            for (var point = 0; point < QuadraturePoints; point++)
            {
                var number = Math.Exp(low + (half * (1 + rule.GetAbscissa(point))));
                yield return (number, rule.GetWeight(point) * half * number);
            }
        }

        // f' by the central difference over one mode.
        yield return (to + 0.5, -1.0 / 24);
        yield return (to - 0.5, 1.0 / 24);
        yield return (from + 0.5, 1.0 / 24);
        yield return (from - 0.5, -1.0 / 24);
    }
}
