namespace Eigenflow.Numerics.Dense;

/// <summary>Chooses the implementation.</summary>
public static class DenseAlgebra
{
    private static readonly Lazy<IDenseAlgebra> Choice = new(() => new SizedAlgebra(Lapack.TryLoad() is { } lapack ? lapack : new ManagedDenseAlgebra(), new ManagedDenseAlgebra()));

    /// <summary>LAPACK where a library is found on this machine, for what it does in a fraction of a second; otherwise the managed implementation, which ends with the work that asked for it.</summary>
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
