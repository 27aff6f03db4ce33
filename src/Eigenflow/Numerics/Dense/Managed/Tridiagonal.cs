namespace Eigenflow.Numerics.Dense;

/// <summary>
/// A = Q T Qᵀ with T tridiagonal, by reflections from the last row upwards (Householder). Only the lower triangle is read and written, once in every step; work (4/3) n³ operations.
/// </summary>
internal sealed class Tridiagonal
{
    /// <summary>Reduces.</summary>
    /// <param name="matrix">n × n, row by row, of which the lower triangle is read; overwritten, and kept for the reflections.</param>
    /// <param name="size">n.</param>
    /// <param name="cancellation">Looked at in every step.</param>
    public Tridiagonal(double[] matrix, int size, CancellationToken cancellation)
    {
        Turns = new Reflections(matrix, size, size);
        (Diagonal, Beside) = (new double[size], new double[size - 1]);
        double[] before = new double[size], moved = new double[size], image = new double[size];
        var pending = 0;
        for (var k = size - 1; k >= 1; k--)
        {
            cancellation.ThrowIfCancellationRequested();

            // The update of the step before is done here, in the pass in which the matrix is read anyway; the row of this step comes first.
            if (pending > 0)
                Update(matrix, size, k, before, moved);
            Diagonal[k] = matrix[(k * size) + k];
            Beside[k - 1] = Turns.Make(k, 0, k, k - 1);
            var vector = Turns.Vector(k);
            var factor = Turns.Factor(k);
            var target = image.AsSpan(0, k);
            target.Clear();
            for (var i = 0; i < k; i++)
            {
                if (pending > 0)
                    Update(matrix, size, i, before, moved);
                if (factor == 0)
                    continue;
                var row = matrix.AsSpan(i * size, i);
                target[i] += RowLoops.Dot(row, vector[..i]) + (matrix[(i * size) + i] * vector[i]);
                RowLoops.Add(vector[i], row, target[..i]);
            }

            pending = 0;
            if (factor == 0)
                continue;
            var half = factor * factor / 2 * RowLoops.Dot(target, vector);
            for (var i = 0; i < k; i++)
                (before[i], moved[i]) = (vector[i], (factor * target[i]) - (half * vector[i]));
            pending = k;
        }

        if (pending > 0)
            Update(matrix, size, 0, before, moved);
        Diagonal[0] = matrix[0];
    }

    /// <summary>Reflections 1 … n − 1; Q is the product of the last … the first. Number 0 does nothing.</summary>
    public Reflections Turns { get; }

    /// <summary>Diagonal of T, n numbers.</summary>
    public double[] Diagonal { get; }

    /// <summary>What stands beside it, n − 1 numbers.</summary>
    public double[] Beside { get; }

    // A −= v wᵀ + w vᵀ in one row.
    private static void Update(double[] matrix, int size, int row, double[] vector, double[] moved)
    {
        var target = matrix.AsSpan(row * size, row + 1);
        RowLoops.Add(-vector[row], moved.AsSpan(0, row + 1), target);
        RowLoops.Add(-moved[row], vector.AsSpan(0, row + 1), target);
    }
}
