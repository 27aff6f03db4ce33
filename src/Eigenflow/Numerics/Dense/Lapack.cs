using System.Runtime.InteropServices;

namespace Eigenflow.Numerics.Dense;

/// <summary>Dense linear algebra by a LAPACK library of the machine, through its Fortran symbols (dsyevd, dgesdd) with 32-bit integers. A call cannot be interrupted: it looks at its token once, before it begins.</summary>
public sealed unsafe class Lapack : IDenseAlgebra
{
    private static readonly string[] Libraries =
        ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so", "liblapack.so.3", "liblapack.so", "libopenblas.dll", "/System/Library/Frameworks/Accelerate.framework/Accelerate"];

    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void> symmetric;
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, void> singular;

    private Lapack(string library, nint symmetricEigen, nint singularValues)
    {
        Name = $"LAPACK ({library})";
        symmetric = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void>)symmetricEigen;
        singular = (delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, void>)singularValues;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Loads the first library that is found and has the routines, or gives null.</summary>
    public static Lapack? TryLoad()
    {
        foreach (var library in Libraries)
        {
            if (NativeLibrary.TryLoad(library, out var handle)
                && NativeLibrary.TryGetExport(handle, "dsyevd_", out var symmetricEigen) && NativeLibrary.TryGetExport(handle, "dgesdd_", out var singularValues))
            {
                return new Lapack(library, symmetricEigen, singularValues);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default) => Symmetric(matrix, size, (byte)'N', cancellation).Values;

    /// <inheritdoc/>
    public SymmetricEigen SymmetricEigen(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default) => Symmetric(matrix, size, (byte)'V', cancellation);

    /// <inheritdoc/>
    public ThinSvd ThinSvd(ReadOnlySpan<double> matrix, int rows, int columns, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        DenseAlgebra.RequireFinite(matrix);

        // Row by row, A is Aᵀ to Fortran: Aᵀ = V S Uᵀ, whose factors come back as Vᵀ and U row by row.
        var copy = matrix.ToArray();
        var rank = Math.Min(rows, columns);
        double[] left = new double[rows * rank], values = new double[rank], right = new double[rank * columns];
        var job = (byte)'S';
        int length = -1, info = 0;
        double workSize = 0;
        fixed (double* a = copy, u = left, s = values, v = right)
        fixed (int* integers = new int[8 * rank])
        {
            singular(&job, &columns, &rows, a, &columns, s, v, &columns, u, &rank, &workSize, &length, integers, &info);
            length = Math.Max(1, (int)workSize);
            fixed (double* work = new double[length])
                singular(&job, &columns, &rows, a, &columns, s, v, &columns, u, &rank, work, &length, integers, &info);
        }

        return info == 0 ? new ThinSvd(left, values, right) : throw new InvalidOperationException($"dgesdd of {Name} failed with info = {info}.");
    }

    private SymmetricEigen Symmetric(ReadOnlySpan<double> matrix, int size, byte job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        DenseAlgebra.RequireFinite(matrix);

        // A row-major lower triangle is a column-major upper one.
        var copy = matrix.ToArray();
        var eigenvalues = new double[size];
        var triangle = (byte)'U';
        int length = -1, integerLength = -1, info = 0;
        double workSize = 0;
        var integerSize = 0;
        fixed (double* a = copy, w = eigenvalues)
        {
            symmetric(&job, &triangle, &size, a, &size, w, &workSize, &length, &integerSize, &integerLength, &info);
            length = Math.Max(1, (int)workSize);
            integerLength = Math.Max(1, integerSize);
            fixed (double* work = new double[length])
            fixed (int* integers = new int[integerLength])
                symmetric(&job, &triangle, &size, a, &size, w, work, &length, integers, &integerLength, &info);
        }

        if (info != 0)
            throw new InvalidOperationException($"dsyevd of {Name} failed with info = {info}.");
        Array.Reverse(eigenvalues);
        if (job == (byte)'N')
            return new SymmetricEigen(eigenvalues, []);

        // Columns of Fortran are rows here; only their order turns round.
        for (int low = 0, high = size - 1; low < high; low++, high--)
        {
            for (var j = 0; j < size; j++)
                (copy[(low * size) + j], copy[(high * size) + j]) = (copy[(high * size) + j], copy[(low * size) + j]);
        }

        return new SymmetricEigen(eigenvalues, copy);
    }
}
