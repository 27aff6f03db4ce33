using Eigenflow.Numerics.Dense;

namespace Eigenflow.Numerics;

/// <summary>Least squares with coefficients that are not negative, for a few columns: the best of all sets of columns whose own least-squares solution is not negative, which is the exact solution.</summary>
public static class NonNegativeLeastSquares
{
    private const int LargestCount = 10;

    // In units of the columns' own squares: columns that say the same share what they explain.
    private const double Ridge = 1e-12;

    /// <summary>Minimises Σ_k (w_k (Σ_q c_q x_qk − y_k))² over c ≥ 0.</summary>
    /// <param name="columns">x by column, at most 10; all as long as y.</param>
    /// <param name="values">y.</param>
    /// <param name="weights">w.</param>
    /// <returns>c; zero for columns of zeros and those that are not finite. Work 2^columns · columns³ after one pass over the data.</returns>
    /// <exception cref="ParameterException">Lengths that differ, or too many columns.</exception>
    public static double[] Solve(IReadOnlyList<double[]> columns, double[] values, double[] weights)
    {
        var count = columns.Count;
        if (count is < 1 or > LargestCount)
            throw new ParameterException("columns", count, "from 1 to 10 columns");
        if (columns.Any(column => column.Length != values.Length) || weights.Length != values.Length)
            throw new ParameterException("columns", "(lengths that differ)", $"as many entries as values ({values.Length})");
        double[] squares = new double[count * count], products = new double[count];
        for (var k = 0; k < values.Length; k++)
        {
            for (var p = 0; p < count; p++)
            {
                var weighted = weights[k] * columns[p][k];
                products[p] += weighted * (weights[k] * values[k]);
                for (var q = 0; q <= p; q++)
                    squares[(p * count) + q] += weighted * (weights[k] * columns[q][k]);
            }
        }

        // Columns of unit length, so that their sizes do not matter.
        double[] sizes = [.. Enumerable.Range(0, count).Select(q => Math.Sqrt(squares[(q * count) + q]))];
        var best = new double[count];
        var bestGain = 0.0;
        for (var set = 1; set < 1 << count; set++)
        {
            int[] chosen = [.. Enumerable.Range(0, count).Where(q => (set >> q & 1) == 1)];
            if (Array.Exists(chosen, q => !(sizes[q] > 0) || !double.IsFinite(sizes[q])))
                continue;
            var m = chosen.Length;
            double[] matrix = new double[m * m], right = [.. chosen.Select(q => products[q] / sizes[q])];
            for (var a = 0; a < m; a++)
            {
                for (var b = 0; b <= a; b++)
                    matrix[(a * m) + b] = squares[(chosen[a] * count) + chosen[b]] / (sizes[chosen[a]] * sizes[chosen[b]]);
                matrix[(a * m) + a] += Ridge;
            }

            var solution = (double[])right.Clone();
            if (!SmallCholesky.Solve(matrix, solution) || Array.Exists(solution, value => !(value >= 0)))
                continue;

            // The residual is ‖wy‖² less this.
            var gain = 0.0;
            for (var a = 0; a < m; a++)
                gain += solution[a] * right[a];
            if (gain <= bestGain)
                continue;
            bestGain = gain;
            Array.Clear(best);
            for (var a = 0; a < m; a++)
                best[chosen[a]] = solution[a] / sizes[chosen[a]];
        }

        return best;
    }
}
