namespace Eigenflow.Scaling.LossCurves;

/// <summary>Nonnegative least squares of a few columns to the vector of ones, by trying every subset: exact, O(2^columns · columns³) after O(rows · columns²).</summary>
internal static class NonnegativeSquares
{
    /// <summary>Solves.</summary>
    /// <param name="columns">At most 8 columns of one length.</param>
    /// <returns>The coefficients.</returns>
    public static double[] Solve(double[][] columns)
    {
        var n = columns.Length;
        var norms = columns.Select(column => Math.Sqrt(column.Sum(x => x * x))).ToArray();
        var best = new double[n];
        var bestGain = 0.0;
        for (var subset = 1; subset < 1 << n; subset++)
        {
            var members = Enumerable.Range(0, n).Where(j => (subset >> j & 1) == 1).ToArray();
            if (members.Any(j => !(norms[j] > 0) || !double.IsFinite(norms[j])))
                continue;
            var m = members.Length;
            double[] matrix = new double[m * m], right = new double[m];
            for (var a = 0; a < m; a++)
            {
                right[a] = columns[members[a]].Sum() / norms[members[a]];
                for (var b = 0; b <= a; b++)
                    matrix[(a * m) + b] = Dot(columns[members[a]], columns[members[b]]) / (norms[members[a]] * norms[members[b]]);
                matrix[(a * m) + a] += 1e-12;
            }

            var solution = (double[])right.Clone();
            if (!SmallCholesky.Solve(matrix, solution) || solution.Any(x => !(x >= 0)))
                continue;

            // What the subset takes from the squares, cᵀb at the solution.
            var gain = solution.Zip(right, (x, y) => x * y).Sum();
            if (gain <= bestGain)
                continue;
            bestGain = gain;
            best = new double[n];
            for (var a = 0; a < m; a++)
                best[members[a]] = solution[a] / norms[members[a]];
        }

        return best;
    }

    private static double Dot(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
            sum += first[i] * second[i];
        return sum;
    }
}
