using System.Numerics;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// The orbit of a cloud under permutations. With K_jk = exp⟨f_j, a_k⟩, forward[S] is the sum over the assignments of the first |S| rows to the columns S, and backward[S] over those of the other rows to the other columns;
/// the probability that row j has the column k is Σ_S forward[S] K_jk backward[S + k]/perm K. Sums are taken relative to the best assignment of every subset, so that nothing overflows or vanishes.
/// </summary>
/// <param name="rows">Points n ≤ 10.</param>
/// <param name="columns">Numbers of a point.</param>
internal sealed class AssignmentOrbit(int rows, int columns) : Orbit
{
    private readonly double[] a = new double[rows * columns], scores = new double[rows * rows], probabilities = new double[rows * rows];
    private readonly double[] forward = new double[1 << rows], backward = new double[1 << rows];
    private readonly double logOrder = Enumerable.Range(1, rows).Sum(k => Math.Log(k));

    /// <summary>Probabilities of row j (of the noisy cloud) and column k (of the template) after <see cref="Mean"/>, n × n.</summary>
    public ReadOnlySpan<double> Probabilities => probabilities;

    public override void Bind(ReadOnlySpan<double> template) => template.CopyTo(a);

    public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
    {
        Score(field);
        var full = (1 << rows) - 1;

        // Logarithms of the sums, from the empty set and from the full one.
        forward[0] = backward[full] = 0;
        for (var set = 1; set <= full; set++)
            forward[set] = Sum(set, forward, BitOperations.PopCount((uint)set) - 1, false);
        for (var set = full - 1; set >= 0; set--)
            backward[set] = Sum(full & ~set, backward, BitOperations.PopCount((uint)set), true, set);
        var total = forward[full];
        Array.Clear(probabilities);
        for (var set = 0; set < full; set++)
        {
            var j = BitOperations.PopCount((uint)set);
            for (var k = 0; k < rows; k++)
            {
                if ((set & (1 << k)) == 0)
                    probabilities[(j * rows) + k] += Math.Exp(forward[set] + scores[(j * rows) + k] + backward[set | (1 << k)] - total);
            }
        }

        mean.Clear();
        for (var j = 0; j < rows; j++)
        {
            for (var k = 0; k < rows; k++)
            {
                for (var c = 0; c < columns; c++)
                    mean[(j * columns) + c] += probabilities[(j * rows) + k] * a[(k * columns) + c];
            }
        }

        return total - logOrder;
    }

    public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
    {
        Score(field);
        forward[0] = 0;
        for (var set = 1; set < forward.Length; set++)
            forward[set] = Best(set).Score;
        for (var set = forward.Length - 1; set > 0;)
        {
            var (_, k) = Best(set);
            a.AsSpan(k * columns, columns).CopyTo(nearest[((BitOperations.PopCount((uint)set) - 1) * columns)..]);
            set &= ~(1 << k);
        }
    }

    private void Score(ReadOnlySpan<double> field)
    {
        for (var j = 0; j < rows; j++)
        {
            for (var k = 0; k < rows; k++)
                scores[(j * rows) + k] = Vectors.Dot(field.Slice(j * columns, columns), a.AsSpan(k * columns, columns));
        }
    }

    private (double Score, int Column) Best(int set)
    {
        var (j, best, column) = (BitOperations.PopCount((uint)set) - 1, double.NegativeInfinity, BitOperations.TrailingZeroCount(set));
        for (var k = 0; k < rows; k++)
        {
            if ((set & (1 << k)) != 0 && scores[(j * rows) + k] + forward[set & ~(1 << k)] is var score && score > best)
                (best, column) = (score, k);
        }

        return (best, column);
    }

    // ln of the sum over the columns of a choice, each with the value of the set without it, or with it.
    private double Sum(int choice, double[] values, int row, bool adds, int set = 0)
    {
        Span<double> terms = stackalloc double[Permutations.MostPoints];
        var (count, largest) = (0, double.NegativeInfinity);
        for (var k = 0; k < rows; k++)
        {
            if ((choice & (1 << k)) == 0)
                continue;
            var term = scores[(row * rows) + k] + values[adds ? set | (1 << k) : choice & ~(1 << k)];
            terms[count++] = term;
            largest = Math.Max(largest, term);
        }

        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += Math.Exp(terms[i] - largest);
        return largest + Math.Log(sum);
    }
}
