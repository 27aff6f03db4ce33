using System.Runtime.InteropServices;

namespace Eigenflow.Numerics.Dense;

/// <summary>Dense linear algebra by a LAPACK library of the machine, through its Fortran symbols with 32-bit integers.</summary>
public sealed unsafe class Lapack : IDenseAlgebra
{
    private static readonly string[] Libraries =
        ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so", "liblapack.so.3", "liblapack.so", "libopenblas.dll", "/System/Library/Frameworks/Accelerate.framework/Accelerate"];

    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void> symmetric;

    private Lapack(string library, nint symmetricEigen)
    {
        Name = $"LAPACK ({library})";
        symmetric = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void>)symmetricEigen;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Loads the first library that is found and has the routines, or gives null.</summary>
    public static Lapack? TryLoad()
    {
        foreach (var library in Libraries)
        {
            if (NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, "dsyevd_", out var symmetricEigen))
                return new Lapack(library, symmetricEigen);
        }

        return null;
    }

    /// <inheritdoc/>
    public double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size)
    {
        // A row-major lower triangle is a column-major upper one.
        var copy = matrix.ToArray();
        var eigenvalues = new double[size];
        byte job = (byte)'N', triangle = (byte)'U';
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
        return eigenvalues;
    }
}
