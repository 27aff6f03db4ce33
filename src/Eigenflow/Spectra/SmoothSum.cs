using MathNet.Numerics.Integration;

namespace Eigenflow.Spectra;

/// <summary>
/// Numbers and weights that stand for the sum over very many modes of anything that is smooth in the mode number, in O(log d) nodes:
/// Σ_{i=m}^{n} f(i) = ∫_{m−½}^{n+½} f − (δf(n+½) − δf(m−½))/24 + 17 (δ³f(n+½) − δ³f(m−½))/5760 + O(f⁽⁵⁾) with central differences δ over one mode, the integral by composite Gauss–Legendre quadrature in log i.
/// </summary>
internal static class SmoothSum
{
    /// <summary>The widest piece of a quadrature in the logarithm of the mode number.</summary>
    public const double LargestLogarithmicStep = 0.25;

    // Of δ and δ³ together at ½ and 3/2 beside an end of the sum: 1/24 + 3 · 17/5760 and 17/5760.
    private const double NearWeight = 291.0 / 5760;
    private const double FarWeight = 17.0 / 5760;

    private static readonly GaussLegendreRule Rule = new(-1, 1, 24);

    /// <summary>The nodes of Σ_{i=first+1}^{end} f(i).</summary>
    /// <param name="first">0-based index of the first mode.</param>
    /// <param name="end">0-based index after the last mode.</param>
    /// <param name="directEnd">At least 2. Modes below this index are taken one by one: the remainder of the midpoint rule is 367 f⁽⁵⁾/967680 there.</param>
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
        for (var piece = 0; piece < pieces; piece++)
        {
            var low = Math.Log(from) + (Math.Log(to / from) * piece / pieces);
            var half = Math.Log(to / from) / pieces / 2;
            for (var point = 0; point < Rule.Order; point++)
            {
                var number = Math.Exp(low + (half * (1 + Rule.GetAbscissa(point))));
                yield return (number, Rule.GetWeight(point) * half * number);
            }
        }

        yield return (to + 1.5, FarWeight);
        yield return (to + 0.5, -NearWeight);
        yield return (to - 0.5, NearWeight);
        yield return (to - 1.5, -FarWeight);
        yield return (from + 1.5, -FarWeight);
        yield return (from + 0.5, NearWeight);
        yield return (from - 0.5, -NearWeight);
        yield return (from - 1.5, FarWeight);
    }
}
