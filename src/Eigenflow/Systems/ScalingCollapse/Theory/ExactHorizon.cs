using Eigenflow.Numerics;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The horizon at which a model of finite size is compute-optimal: roots in t of Σ a_i (μ_i − ν_i) t^(−μ_i) p^(−ν_i) = 0, where a small exchange of data for parameters at equal t p changes nothing.</summary>
public static class ExactHorizon
{
    // Neighbouring roots of sums of exponentials in ln t are further apart than this part of the range.
    private const int Places = 4000;

    /// <summary>All roots, ascending; several where terms take turns, none where there is no balance.</summary>
    /// <param name="terms">The reducible loss.</param>
    /// <param name="size">p &gt; 0.</param>
    public static IReadOnlyList<double> Roots(LossTerms terms, double size)
    {
        var parts = terms.Terms.Where(term => term.Balance != 0)
            .Select(term => (term.Balance, term.TimeExponent, Level: Math.Log(term.Coefficient * Math.Abs(term.Balance)) - (term.SizeExponent * Math.Log(size)))).ToArray();

        // Beyond all crossings of two terms one term decides alone.
        var crossings = parts.SelectMany(one => parts.Where(other => other.TimeExponent < one.TimeExponent).Select(other => (one.Level - other.Level) / (one.TimeExponent - other.TimeExponent))).ToArray();
        if (crossings.Length == 0)
            return [];
        var (low, high) = (crossings.Min() - Reach(parts), crossings.Max() + Reach(parts));
        var roots = new List<double>();
        var before = Slope(low);
        for (var k = 1; k <= Places; k++)
        {
            double left = low + ((high - low) * (k - 1) / Places), right = low + ((high - low) * k / Places);
            var next = Slope(right);
            if (next == 0 || (next > 0 != before > 0 && before != 0))
                roots.Add(Math.Exp(next == 0 ? right : ScalarRoot.Find(Slope, left, right)));
            before = next;
        }

        return roots;

        // Scaled by its largest part, so that it keeps its sign at any t.
        double Slope(double logarithm)
        {
            var largest = parts.Max(part => part.Level - (part.TimeExponent * logarithm));
            return parts.Sum(part => Math.Sign(part.Balance) * Math.Exp(part.Level - (part.TimeExponent * logarithm) - largest));
        }
    }

    /// <summary>The first root; not a number where there is none. The loss at equal t p is convex in ln t, so that each root is the optimum of its own compute.</summary>
    /// <param name="terms">The reducible loss.</param>
    /// <param name="size">p &gt; 0.</param>
    public static double Of(LossTerms terms, double size) => Roots(terms, size) is [var first, ..] ? first : double.NaN;

    // e^reach times the exponents' smallest difference leaves one term alone.
    private static double Reach((double Balance, double TimeExponent, double Level)[] parts)
    {
        var gaps = parts.SelectMany(one => parts.Select(other => one.TimeExponent - other.TimeExponent)).Where(gap => gap > 0).ToArray();
        return Math.Min(1e4, (Math.Log(parts.Length) + 2) / gaps.Min());
    }
}
