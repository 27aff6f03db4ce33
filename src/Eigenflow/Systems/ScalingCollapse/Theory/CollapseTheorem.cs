namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// A sum of power laws along a horizon t = κ p^γ: the total exponents β_i = μ_i γ + ν_i, the terms that tie at the smallest, the limit of the normalised curve and how fast it is reached (arXiv 2507.02119, section 3.1 and its appendix).
/// </summary>
public sealed class CollapseTheorem
{
    // Exponents are typed with few digits, and γ is a quotient of them.
    private const double Rounding = 1e-12;

    private readonly LossTerms terms;
    private readonly double scale;

    /// <summary>States the theorem for a horizon.</summary>
    /// <param name="terms">The reducible loss.</param>
    /// <param name="gamma">γ &gt; 0.</param>
    /// <param name="scale">κ &gt; 0.</param>
    public CollapseTheorem(LossTerms terms, double gamma, double scale = 1)
    {
        (this.terms, this.scale, Gamma) = (terms, scale, gamma);
        TotalExponents = [.. terms.Terms.Select(term => (term.TimeExponent * gamma) + term.SizeExponent)];
        var least = TotalExponents.Min();
        Tied = [.. Enumerable.Range(0, TotalExponents.Length).Where(i => TotalExponents[i] - least <= Rounding * Math.Max(1, least))];
        Gap = TotalExponents.Where((_, i) => !Tied.Contains(i)).Select(beta => beta - least).DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <summary>β_i of the terms in their order.</summary>
    public double[] TotalExponents { get; }

    /// <summary>Numbers, from 0, of the terms that tie at the smallest β.</summary>
    public int[] Tied { get; }

    /// <summary>ε, the distance of the next β: the normalised curve is its limit up to O(p^(−ε)); infinite where all tie, and the collapse is exact.</summary>
    public double Gap { get; }

    /// <summary>Whether the normalised curve has a limit with more than one term.</summary>
    public bool Collapses => Tied.Length > 1;

    /// <summary>The exponent of the final loss in the compute c ∝ t p: min β/(1 + γ).</summary>
    public double FrontierExponent => TotalExponents.Min() / (1 + Gamma);

    /// <summary>Whether terms that want more data meet terms that want more parameters among those that tie: only then is the horizon compute-optimal.</summary>
    public bool IsComputeOptimal => Array.Exists(Tied, i => terms.Terms[i].Balance > 0) && Array.Exists(Tied, i => terms.Terms[i].Balance < 0);

    /// <summary>The factor κ* with which the horizon is compute-optimal for p → ∞, where Σ_ties a_i (μ_i − ν_i) κ^(−μ_i) = 0; not a number where none is.</summary>
    public double OptimalScale => IsComputeOptimal ? ExactHorizon.Of(new LossTerms([.. Tied.Select(i => terms.Terms[i])]), 1) : double.NaN;

    /// <summary>The data exponents at which at least two terms tie at the smallest total exponent, ascending.</summary>
    /// <param name="terms">The reducible loss.</param>
    public static IReadOnlyList<CollapseTheorem> Candidates(LossTerms terms)
    {
        var found = new List<CollapseTheorem>();
        for (var i = 0; i < terms.Terms.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (one, other) = (terms.Terms[i], terms.Terms[j]);
                var gamma = (other.SizeExponent - one.SizeExponent) / (one.TimeExponent - other.TimeExponent);
                if (!(gamma > 0) || !double.IsFinite(gamma))
                    continue;
                var theorem = new CollapseTheorem(terms, gamma);
                if (theorem.Tied.Contains(i) && theorem.Tied.Contains(j) && !found.Exists(known => Math.Abs(known.Gamma - gamma) <= Rounding * gamma))
                    found.Add(theorem);
            }
        }

        return [.. found.OrderBy(candidate => candidate.Gamma)];
    }

    /// <summary>The compute-optimal data exponent γ*, which is the one candidate where the signs of μ − ν change; null where there is no interior optimum.</summary>
    /// <param name="terms">The reducible loss.</param>
    public static CollapseTheorem? ComputeOptimal(LossTerms terms) => Candidates(terms).FirstOrDefault(candidate => candidate.IsComputeOptimal);

    /// <summary>Why there is no compute-optimal exponent, for messages.</summary>
    /// <param name="terms">The reducible loss.</param>
    internal static string WhyNone(LossTerms terms) => terms.Terms.All(term => term.Balance > 0) ? "all terms have mu > nu: more data is always better, there is no interior optimum"
        : terms.Terms.All(term => term.Balance < 0) ? "all terms have mu < nu: more parameters are always better, there is no interior optimum"
        : "no two terms with mu > nu and mu < nu tie at the smallest exponent, there is no interior optimum";

    /// <summary>The limit of the normalised curve for p → ∞, Σ_ties b_i x^(−μ_i)/Σ_ties b_i with b_i = a_i κ^(−μ_i).</summary>
    /// <param name="x">Place in the horizon, 0 &lt; x ≤ 1.</param>
    public double Limit(double x)
    {
        double sum = 0, end = 0;
        foreach (var i in Tied)
        {
            var term = terms.Terms[i];
            var weight = term.Coefficient * Math.Pow(scale, -term.TimeExponent);
            sum += weight * Math.Pow(x, -term.TimeExponent);
            end += weight;
        }

        return sum / end;
    }

    /// <summary>The normalised curve of a model, with an error of the irreducible loss that is subtracted.</summary>
    /// <param name="x">Place in the horizon, 0 &lt; x ≤ 1.</param>
    /// <param name="size">p.</param>
    /// <param name="offset">What is subtracted too much.</param>
    public double Normalized(double x, double size, double offset = 0)
    {
        var horizon = scale * Math.Pow(size, Gamma);
        return (terms.At(x * horizon, size) - offset) / (terms.At(horizon, size) - offset);
    }
}
