namespace Eigenflow.Numerics.Dense;

/// <summary>A fast implementation that cannot be interrupted for small work, one that can for the rest. Which one does not depend on the token, so that results do not either.</summary>
/// <param name="small">Does what has at most <see cref="LargestSmallWork"/>.</param>
/// <param name="large">Does the rest.</param>
internal sealed class SizedAlgebra(IDenseAlgebra small, IDenseAlgebra large) : IDenseAlgebra
{
    /// <summary>Longer side times the square of the shorter one. At this size the slowest LAPACK, the one without an optimised BLAS, takes a third of a second.</summary>
    public const double LargestSmallWork = 1.3e8;

    /// <inheritdoc/>
    public string Name => small.Name;

    /// <inheritdoc/>
    public double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default) =>
        IsSmall(size, size) ? small.SymmetricEigenvalues(matrix, size, cancellation) : large.SymmetricEigenvalues(matrix, size, Ending(cancellation));

    /// <inheritdoc/>
    public SymmetricEigen SymmetricEigen(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default) =>
        IsSmall(size, size) ? small.SymmetricEigen(matrix, size, cancellation) : large.SymmetricEigen(matrix, size, Ending(cancellation));

    /// <inheritdoc/>
    public ThinSvd ThinSvd(ReadOnlySpan<double> matrix, int rows, int columns, CancellationToken cancellation = default) =>
        IsSmall(rows, columns) ? small.ThinSvd(matrix, rows, columns, cancellation) : large.ThinSvd(matrix, rows, columns, Ending(cancellation));

    private static bool IsSmall(int rows, int columns) => (double)rows * columns * Math.Min(rows, columns) <= LargestSmallWork;

    // What nobody handed a token ends with the work that it is for.
    private static CancellationToken Ending(CancellationToken cancellation) => cancellation.CanBeCanceled ? cancellation : Interruption.Token;
}
