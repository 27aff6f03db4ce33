namespace Eigenflow.Numerics.FokkerPlanck;

/// <summary>A square matrix with entries near its diagonal alone, and its LU factors in place without pivoting: for diagonally dominant and M-matrices. Work n · band² to factor, n · band to solve.</summary>
/// <param name="size">Rows n ≥ 1.</param>
/// <param name="band">Largest |i − j| of an entry.</param>
public sealed class BandedMatrix(int size, int band)
{
    private readonly int width = (2 * band) + 1;
    private readonly double[] entries = new double[(long)size * ((2 * band) + 1)];

    /// <summary>Number of rows.</summary>
    public int Size => size;

    /// <summary>An entry; those outside the band are zero and cannot be set.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Column from 0.</param>
    public double this[int row, int column]
    {
        get => Math.Abs(column - row) > band ? 0 : entries[((long)row * width) + column - row + band];
        set => entries[((long)row * width) + column - row + band] = value;
    }

    /// <summary>Replaces the matrix by its factors.</summary>
    /// <exception cref="InvalidOperationException">A pivot vanishes.</exception>
    public void Factor()
    {
        for (var k = 0; k < size; k++)
        {
            var pivotRow = entries.AsSpan((k * width) + band, Math.Min(band, size - 1 - k) + 1);
            var pivot = pivotRow[0];
            if (pivot == 0 || !double.IsFinite(pivot))
                throw new InvalidOperationException("A pivot of the banded matrix vanishes.");
            var last = Math.Min(size - 1, k + band);
            for (var i = k + 1; i <= last; i++)
            {
                var row = entries.AsSpan((i * width) + band - (i - k), pivotRow.Length);
                if (row[0] == 0)
                    continue;
                var factor = row[0] / pivot;
                row[0] = factor;
                Subtract(row[1..], pivotRow[1..], factor);
            }
        }
    }

    /// <summary>Solves with the factors.</summary>
    /// <param name="vector">Right-hand side of n numbers, replaced by the solution.</param>
    public void Solve(Span<double> vector)
    {
        for (var i = 0; i < size; i++)
        {
            var sum = vector[i];
            for (var j = Math.Max(0, i - band); j < i; j++)
                sum -= entries[((long)i * width) + j - i + band] * vector[j];
            vector[i] = sum;
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var sum = vector[i];
            for (var j = i + 1; j <= Math.Min(size - 1, i + band); j++)
                sum -= entries[((long)i * width) + j - i + band] * vector[j];
            vector[i] = sum / entries[((long)i * width) + band];
        }
    }

    private static void Subtract(Span<double> row, ReadOnlySpan<double> pivot, double factor)
    {
        var k = 0;
        var factors = new System.Numerics.Vector<double>(factor);
        for (; k <= row.Length - System.Numerics.Vector<double>.Count; k += System.Numerics.Vector<double>.Count)
            (new System.Numerics.Vector<double>(row[k..]) - (factors * new System.Numerics.Vector<double>(pivot[k..]))).CopyTo(row[k..]);
        for (; k < row.Length; k++)
            row[k] -= factor * pivot[k];
    }
}
