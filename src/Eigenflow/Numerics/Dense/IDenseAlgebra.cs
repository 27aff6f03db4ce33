namespace Eigenflow.Numerics.Dense;

/// <summary>Dense linear algebra behind one interface: LAPACK of the machine where a library is found, managed code otherwise and for what takes long, so that it can be interrupted. All matrices are stored row by row.</summary>
public interface IDenseAlgebra
{
    /// <summary>Name of the implementation, such as <c>LAPACK (libopenblas.so.0)</c>.</summary>
    string Name { get; }

    /// <summary>Eigenvalues of a symmetric matrix in descending order. Work about (4/3) n³.</summary>
    /// <param name="matrix">n × n; only its lower triangle is read.</param>
    /// <param name="size">n ≥ 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidOperationException">Entries that are not finite, or no convergence.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default);

    /// <summary>Eigenvalues in descending order and orthonormal eigenvectors of a symmetric matrix. Work about 9 n³.</summary>
    /// <param name="matrix">n × n; only its lower triangle is read.</param>
    /// <param name="size">n ≥ 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidOperationException">Entries that are not finite, or no convergence.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    SymmetricEigen SymmetricEigen(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default);

    /// <summary>Thin singular value decomposition A = U diag(S) Vᵀ. Work about 6 m n² for m ≥ n.</summary>
    /// <param name="matrix">m × n.</param>
    /// <param name="rows">m ≥ 1.</param>
    /// <param name="columns">n ≥ 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidOperationException">Entries that are not finite, or no convergence.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    ThinSvd ThinSvd(ReadOnlySpan<double> matrix, int rows, int columns, CancellationToken cancellation = default);
}

/// <summary>An eigendecomposition A = Σ_k λ_k v_k v_kᵀ.</summary>
/// <param name="Values">λ, descending; length n.</param>
/// <param name="Vectors">n × n, row by row: row k is the eigenvector v_k. Its sign is the implementation's.</param>
public sealed record SymmetricEigen(double[] Values, double[] Vectors);

/// <summary>A thin singular value decomposition A = U diag(S) Vᵀ with k = min(m, n).</summary>
/// <param name="Left">U, m × k, row by row.</param>
/// <param name="Values">S, descending; length k.</param>
/// <param name="RightTransposed">Vᵀ, k × n, row by row.</param>
public sealed record ThinSvd(double[] Left, double[] Values, double[] RightTransposed)
{
    /// <summary>Number of singular values above a part of the largest: smaller ones are those of rounding.</summary>
    /// <param name="part">The part.</param>
    public int RankAbove(double part) => Values.TakeWhile(value => value > part * Values[0]).Count();
}
