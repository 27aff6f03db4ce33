namespace Eigenflow.Numerics;

/// <summary>The Wasserstein distance of order two between laws on the line: the quantiles belong to each other.</summary>
internal static class LineTransport
{
    /// <summary>W₂ = (∫₀¹ (F⁻¹(u) − G⁻¹(u))² du)^½ between samples and a law of atoms, exact. Work n + m after sorting.</summary>
    /// <param name="samples">n ≥ 1 samples of equal weight; sorted in place.</param>
    /// <param name="atoms">m ≥ 1 places, ascending.</param>
    /// <param name="weights">Their probabilities, which sum to one.</param>
    public static double Distance(Span<double> samples, ReadOnlySpan<double> atoms, ReadOnlySpan<double> weights)
    {
        samples.Sort();
        var (sum, left, atom) = (0.0, weights[0], 0);
        foreach (var sample in samples)
        {
            var mass = 1.0 / samples.Length;
            while (left < mass && atom < atoms.Length - 1)
            {
                sum += left * (sample - atoms[atom]) * (sample - atoms[atom]);
                mass -= left;
                left = weights[++atom];
            }

            sum += mass * (sample - atoms[atom]) * (sample - atoms[atom]);
            left -= mass;
        }

        return Math.Sqrt(sum);
    }
}
