using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Numerics.Dense;

/// <summary>Dense linear algebra behind one interface: LAPACK of the machine where a library is found, MathNet.Numerics otherwise.</summary>
public interface IDenseAlgebra
{
    /// <summary>Name of the implementation, such as <c>LAPACK (libopenblas.so.0)</c>.</summary>
    string Name { get; }

    /// <summary>Eigenvalues of a symmetric matrix in descending order. Work about (4/3) n³.</summary>
    /// <param name="matrix">n × n, row by row; only its lower triangle is read.</param>
    /// <param name="size">n ≥ 1.</param>
    double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size);
}

/// <summary>Chooses the implementation.</summary>
public static class DenseAlgebra
{
    private static readonly Lazy<IDenseAlgebra> Choice = new(() => Lapack.TryLoad() is { } lapack ? lapack : new ManagedDenseAlgebra());

    /// <summary>LAPACK where a library is found on this machine, otherwise the managed implementation.</summary>
    public static IDenseAlgebra Best => Choice.Value;
}

/// <summary>Dense linear algebra by MathNet.Numerics: works everywhere.</summary>
public sealed class ManagedDenseAlgebra : IDenseAlgebra
{
    /// <inheritdoc/>
    public string Name => "managed (MathNet.Numerics)";

    /// <inheritdoc/>
    public double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size)
    {
        var dense = Matrix<double>.Build.Dense(size, size);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
                dense[row, column] = dense[column, row] = matrix[(row * size) + column];
        }

        return [.. dense.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending()];
    }
}
