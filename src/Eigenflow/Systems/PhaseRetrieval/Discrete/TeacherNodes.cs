namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The distinct eigenvalues of weighted modes with the sums that a covariance between runs at the teacher takes: W = Σ w*² over the modes of an eigenvalue, and their number. Such a covariance is w*_i w*_j S(λ_i, λ_j) + δ_ij N(λ_i), because the
/// equation for it knows the modes by λ and w* only: nodes of compressed modes therefore serve as well as modes.
/// </summary>
internal sealed class TeacherNodes
{
    /// <param name="modes">The modes.</param>
    /// <param name="most">The most nodes: beyond, neighbours of the tail are joined, with Σ λ and Σ λw*² kept.</param>
    public TeacherNodes(WeightedModes modes, int most)
    {
        var rates = new List<double>();
        var weights = new List<double>();
        var counts = new List<double>();
        for (var j = 0; j < modes.Size; j++)
        {
            // Modes without variance never move.
            if (!(modes.Eigenvalues[j] > 0))
                continue;
            if (rates.Count == 0 || rates[^1] != modes.Eigenvalues[j])
            {
                rates.Add(modes.Eigenvalues[j]);
                weights.Add(0);
                counts.Add(0);
            }

            weights[^1] += modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j];
            counts[^1] += modes.Counts[j];
        }

        var all = counts.Sum();
        if (rates.Count > most)
            Join(rates, weights, counts, most);
        (Rates, Weights, Counts) = ([.. rates], [.. weights], [.. counts]);
        Overlap = modes.TeacherOverlap;
        Dimension = modes.Dimension * (counts.Sum() / all);
    }

    /// <summary>λ.</summary>
    public double[] Rates { get; }

    /// <summary>W.</summary>
    public double[] Weights { get; }

    /// <summary>Number of modes.</summary>
    public double[] Counts { get; }

    /// <summary>s*.</summary>
    public double Overlap { get; }

    /// <summary>d, or what the joined numbers of modes are to be divided by in its place.</summary>
    public double Dimension { get; }

    /// <summary>Number of nodes.</summary>
    public int Size => Rates.Length;

    /// <summary>8 s* λ, the Hessian at w* without its part along Qw*.</summary>
    public double Curvature(int node) => 8 * Overlap * Rates[node];

    private static void Join(List<double> rates, List<double> weights, List<double> counts, int most)
    {
        // The first ones carry the noise and stay as they are.
        var place = most / 2;
        var group = (rates.Count - place + most - place - 1) / (most - place);
        for (var first = place; first < rates.Count; first += group, place++)
        {
            var end = Math.Min(first + group, rates.Count);
            double logarithm = 0, weight = 0, count = 0;
            for (var j = first; j < end; j++)
            {
                logarithm += Math.Log(rates[j]) / (end - first);
                weight += weights[j] * rates[j];
                count += counts[j] * rates[j];
            }

            rates[place] = Math.Exp(logarithm);
            (weights[place], counts[place]) = (weight / rates[place], count / rates[place]);
        }

        foreach (var list in (List<double>[])[rates, weights, counts])
            list.RemoveRange(place, list.Count - place);
    }
}
