using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Data;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Eigenvalues of the sample covariance (1/(n − 1)) Σ (x − x̄)(x − x̄)ᵀ, by the d × d covariance or, when there are fewer rows than columns, by the n × n Gram matrix,
/// which has the same eigenvalues apart from zeros. Sums run in eight fixed lanes.
/// </summary>
internal static class Covariance
{
    /// <summary>The eigenvalues in descending order, none below zero; rows <paramref name="skipFrom"/> … <paramref name="skipTo"/> − 1 are left out.</summary>
    public static double[] Eigenvalues(DataMatrix data, bool centre, int skipFrom, int skipTo, CancellationToken cancellation)
    {
        var rows = data.Rows - (skipTo - skipFrom);
        var isGram = rows < data.Columns;
        var (vectors, length) = Vectors(data, centre, skipFrom, skipTo, isGram);
        var size = isGram ? rows : data.Columns;
        var product = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var column = 0; column <= row; column++)
                product[(row * size) + column] = Dot(vectors.AsSpan(row * length, length), vectors.AsSpan(column * length, length)) / (rows - (centre ? 1 : 0));
        }

        var eigenvalues = DenseAlgebra.Best.SymmetricEigenvalues(product, size);
        for (var i = 0; i < eigenvalues.Length; i++)
            eigenvalues[i] = Math.Max(0, eigenvalues[i]);
        return eigenvalues;
    }

    // The vectors whose products are wanted, one after the other, padded to whole groups of eight: columns of the data, or rows for the Gram matrix.
    private static (double[] Vectors, int Length) Vectors(DataMatrix data, bool centre, int skipFrom, int skipTo, bool isGram)
    {
        var rows = Enumerable.Range(0, data.Rows).Where(row => row < skipFrom || row >= skipTo).ToArray();
        var means = new double[data.Columns];
        if (centre)
        {
            foreach (var row in rows)
            {
                for (var column = 0; column < data.Columns; column++)
                    means[column] += data.Values[((long)row * data.Columns) + column] / rows.Length;
            }
        }

        var length = ((isGram ? data.Columns : rows.Length) + 7) & ~7;
        var vectors = new double[(long)length * (isGram ? rows.Length : data.Columns)];
        for (var index = 0; index < rows.Length; index++)
        {
            for (var column = 0; column < data.Columns; column++)
            {
                var value = data.Values[((long)rows[index] * data.Columns) + column] - means[column];
                vectors[isGram ? ((long)index * length) + column : ((long)column * length) + index] = value;
            }
        }

        return (vectors, length);
    }

    private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        var sum = Vector512<double>.Zero;
        for (nuint i = 0; i < (nuint)first.Length; i += 8)
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), sum);
        return Vector512.Sum(sum);
    }
}
