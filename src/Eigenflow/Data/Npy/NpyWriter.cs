using System.Runtime.InteropServices;
using System.Text;

namespace Eigenflow.Data;

/// <summary>Writes matrices in the .npy format, version 1, as little-endian doubles in C order.</summary>
public static class NpyWriter
{
    private const int Alignment = 64;
    private const int Prefix = 10;

    /// <summary>Writes a matrix; the file exists whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The matrix.</param>
    /// <exception cref="InputFileException">It cannot be written.</exception>
    public static void Write(string path, DataMatrix data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var header = FormattableString.Invariant($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({data.Rows}, {data.Columns}), }}");
        var length = ((Prefix + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - Prefix;
        header = header.PadRight(length - 1) + "\n";
        AtomicFile.Write(path, stream =>
        {
            stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)(length & 255), (byte)(length >> 8)]);
            stream.Write(Encoding.ASCII.GetBytes(header));

            // Bytes of a span are counted in an int: in parts.
            const int part = 1 << 24;
            for (var start = 0; start < data.Values.Length; start += part)
                stream.Write(MemoryMarshal.AsBytes(data.Values.AsSpan(start, Math.Min(part, data.Values.Length - start))));
        });
    }
}
