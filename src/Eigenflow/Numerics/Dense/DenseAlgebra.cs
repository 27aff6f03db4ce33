namespace Eigenflow.Numerics.Dense;

/// <summary>Chooses the implementation.</summary>
public static class DenseAlgebra
{
    private static readonly Lazy<IDenseAlgebra> Choice = new(() => Lapack.TryLoad() is { } lapack ? lapack : new ManagedDenseAlgebra());

    /// <summary>LAPACK where a library is found on this machine, otherwise the managed implementation.</summary>
    public static IDenseAlgebra Best => Choice.Value;

    /// <summary>Refuses entries that are not finite: implementations loop or fail on them in different ways.</summary>
    internal static void RequireFinite(ReadOnlySpan<double> matrix)
    {
        foreach (var value in matrix)
        {
            if (!double.IsFinite(value))
                throw new InvalidOperationException("The matrix has an entry that is not finite.");
        }
    }
}
