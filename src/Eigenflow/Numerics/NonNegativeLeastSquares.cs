using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Numerics;

/// <summary>Least squares with coefficients that are not negative, for a few columns: the best of all sets of columns whose own least-squares solution is not negative, which is the exact solution.</summary>
public static class NonNegativeLeastSquares
{
    private const int LargestCount = 10;

    /// <summary>Minimises Σ_k (w_k (Σ_q c_q x_qk − y_k))² over c ≥ 0.</summary>
    /// <param name="columns">x by column, at most 10; all as long as y.</param>
    /// <param name="values">y.</param>
    /// <param name="weights">w.</param>
    /// <returns>c. Work about 2^columns small solves after one pass over the data.</returns>
    /// <exception cref="ParameterException">Lengths that differ, or too many columns.</exception>
    public static double[] Solve(IReadOnlyList<double[]> columns, double[] values, double[] weights)
    {
        var count = columns.Count;
        if (count is < 1 or > LargestCount)
            throw new ParameterException("columns", count, "from 1 to 10 columns");
        if (columns.Any(column => column.Length != values.Length) || weights.Length != values.Length)
            throw new ParameterException("columns", "(lengths that differ)", $"as many entries as values ({values.Length})");
        double[,] squares = new double[count, count];
        var products = new double[count];
        for (var k = 0; k < values.Length; k++)
        {
            var weight = weights[k] * weights[k];
            for (var p = 0; p < count; p++)
            {
                products[p] += weight * columns[p][k] * values[k];
                for (var q = 0; q < count; q++)
                    squares[p, q] += weight * columns[p][k] * columns[q][k];
            }
        }

        var best = new double[count];
        var bestGain = 0.0;
        for (var set = 1; set < 1 << count; set++)
        {
            int[] chosen = [.. Enumerable.Range(0, count).Where(q => (set >> q & 1) == 1)];

            // Columns of unit length, so that their sizes do not matter.
            double[] scale = [.. chosen.Select(q => Math.Sqrt(squares[q, q]))];
            if (Array.Exists(scale, size => size == 0))
                continue;
            var matrix = Matrix<double>.Build.Dense(chosen.Length, chosen.Length, (p, q) => squares[chosen[p], chosen[q]] / (scale[p] * scale[q]));
            var right = Vector<double>.Build.Dense(chosen.Length, p => products[chosen[p]] / scale[p]);
            var solution = matrix.QR().Solve(right);
            if (solution.Any(value => !(value >= 0)))
                continue;

            // The residual is ‖wy‖² less this.
            var gain = solution.DotProduct(right);
            if (gain <= bestGain)
                continue;
            bestGain = gain;
            Array.Clear(best);
            for (var q = 0; q < chosen.Length; q++)
                best[chosen[q]] = solution[q] / scale[q];
        }

        return best;
    }
}
