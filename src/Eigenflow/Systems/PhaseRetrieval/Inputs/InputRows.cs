using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Eigenflow.Data;
using Eigenflow.Numerics;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The rows of a data matrix as inputs of online SGD: centred, in the eigenbasis of their covariance (1/n) Σ (x − x̄)(x − x̄)ᵀ, and scaled to trace one, so that
/// coordinate i has the second moment λ_i and no two are correlated. Directions without variance are left out. Immutable; kept in memory, 8 n d bytes.
/// </summary>
public sealed class InputRows
{
    /// <summary>Rows beyond this many bytes are refused.</summary>
    internal const double LargestBytes = 8e9;

    private readonly RowStore<double> values;
    private readonly Lazy<RowStore<float>> singles;
    private readonly Lazy<byte[]> hash;

    internal InputRows(string name, int features, RowStore<double> values, double[] eigenvalues)
    {
        Name = name;
        Features = features;
        this.values = values;
        Spectrum = Spectrum.FromValues(eigenvalues);
        singles = new Lazy<RowStore<float>>(Narrow);
        hash = new Lazy<byte[]>(Digest);
    }

    /// <summary>Where they come from, as the user named it.</summary>
    public string Name { get; }

    /// <summary>What the reader did with the file beyond reading its numbers, such as leaving out an index.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Number of rows n.</summary>
    public int Count => values.Count;

    /// <summary>Number of columns of the data.</summary>
    public int Features { get; }

    /// <summary>Number of modes d: directions with a variance above rounding.</summary>
    public int Dimension => (int)Spectrum.Dimension;

    /// <summary>The eigenvalues of their covariance, trace one.</summary>
    public Spectrum Spectrum { get; }

    /// <summary>Double-precision rows.</summary>
    internal RowStore<double> Doubles => values;

    /// <summary>The same in single precision, made when first asked for.</summary>
    internal RowStore<float> Singles => singles.Value;

    /// <summary>SHA-256 of the rotated rows.</summary>
    internal byte[] Hash => hash.Value;

    /// <summary>Reads rows from a file. Work n d min(n, d) + min(n, d)³.</summary>
    /// <param name="path">A file that <see cref="NumericFile.ReadSamples"/> reads.</param>
    /// <exception cref="EigenflowException">Unreadable, fewer than two rows, no variance, or too large.</exception>
    public static InputRows Read(string path) => RowRotation.Rotate(NumericFile.ReadSamples(path), path);

    /// <summary>Takes rows from a matrix, as <see cref="Read"/> does.</summary>
    /// <param name="data">Rows are samples.</param>
    /// <param name="name">What errors call them.</param>
    /// <exception cref="EigenflowException">Fewer than two rows, no variance, or too large.</exception>
    public static InputRows FromMatrix(DataMatrix data, string name = "(matrix)") => RowRotation.Rotate(data, name);

    private RowStore<float> Narrow()
    {
        var narrow = new RowStore<float>(Count, Dimension);
        for (var row = 0; row < Count; row++)
        {
            var source = values.Row(row);
            var target = narrow.Row(row);
            for (var i = 0; i < Dimension; i++)
                target[i] = (float)source[i];
        }

        return narrow;
    }

    private byte[] Digest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var row = 0; row < Count; row++)
            digest.AppendData(MemoryMarshal.AsBytes(values.Row(row)));
        return digest.GetHashAndReset();
    }
}
