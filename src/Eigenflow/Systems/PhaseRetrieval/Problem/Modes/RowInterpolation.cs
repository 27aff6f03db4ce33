using System.Runtime.InteropServices;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Rows of a matrix from which all others follow, by Gram–Schmidt with pivots: row_i = Σ_k Factors[k][i] · row of Chosen[k], to a tolerance. Where columns are functions and rows are places, the chosen places are nodes
/// from which every one of the functions is interpolated.
/// </summary>
/// <param name="Chosen">The chosen rows, in the order in which they were.</param>
/// <param name="Factors">For each of them its factor in every row.</param>
internal sealed record RowInterpolation(int[] Chosen, double[][] Factors)
{
    // Of the loops over rows.
    private const int Group = 16;

    /// <summary>Chooses rows. Work rows · columns · chosen.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="value">The value in a row and a column.</param>
    /// <param name="tolerance">How far from a row its interpolation may be, as a part of the largest.</param>
    /// <param name="cancellation">Ends the choice.</param>
    public static RowInterpolation Of(int count, int width, Func<int, int, double> value, double tolerance, CancellationToken cancellation)
    {
        var rows = new double[count][];
        for (var i = 0; i < count; i++)
        {
            rows[i] = Padded(width);
            for (var k = 0; k < width; k++)
                rows[i][k] = value(i, k);
        }

        var left = Array.ConvertAll(rows, row => Dot(row, row));
        var enough = tolerance * tolerance * left.Max();
        var chosen = new List<int>();
        var projections = new List<double[]>();
        while (chosen.Count < Math.Min(count, width))
        {
            cancellation.ThrowIfCancellationRequested();
            var pivot = Array.IndexOf(left, left.Max());
            if (!(left[pivot] > enough))
                break;
            var direction = Padded(width);
            Add(1 / Math.Sqrt(left[pivot]), rows[pivot], direction);
            chosen.Add(pivot);
            var projection = Padded(count);
            for (var i = 0; i < count; i++)
            {
                projection[i] = Dot(rows[i], direction);
                Add(-projection[i], direction, rows[i]);
                left[i] = Dot(rows[i], rows[i]);
            }

            // What rounding leaves of a chosen row is nothing to the next ones.
            rows[pivot].AsSpan().Clear();
            left[pivot] = 0;
            projections.Add(projection);
        }

        // The projections of the chosen rows are triangular.
        for (var k = chosen.Count - 1; k >= 0; k--)
        {
            var (factor, scale) = (Padded(count), 1 / projections[k][chosen[k]]);
            Add(scale, projections[k], factor);
            for (var later = k + 1; later < chosen.Count; later++)
                Add(-scale * projections[k][chosen[later]], projections[later], factor);
            projections[k] = factor;
        }

        return new RowInterpolation([.. chosen], [.. projections]);
    }

    private static double[] Padded(int length) => new double[(length + Group - 1) / Group * Group];

    private static double Dot(double[] a, double[] b) => RowLoops.Dot(ref MemoryMarshal.GetArrayDataReference(a), ref MemoryMarshal.GetArrayDataReference(b), a.Length);

    private static void Add(double factor, double[] a, double[] b) => RowLoops.Add(factor, ref MemoryMarshal.GetArrayDataReference(a), ref MemoryMarshal.GetArrayDataReference(b), a.Length);
}
