using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Eigenflow.Dynamics;

/// <summary>The saved rows of a random method along an axis, with what they belong to. Layout: SHA-256 of the rest, identity, numbers per row, the numbers.</summary>
internal static class AxisState
{
    /// <summary>Name of the only part.</summary>
    public const string Part = "axis";

    private const int Head = 2 * SHA256.HashSizeInBytes;

    /// <summary>The bytes of finished rows.</summary>
    public static ReadOnlyMemory<byte> Write(byte[] identity, IReadOnlyList<double[]> rows)
    {
        var bytes = new byte[Head + sizeof(int) + rows.Sum(row => row.Length * sizeof(double))];
        identity.CopyTo(bytes, SHA256.HashSizeInBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Head), rows.Count == 0 ? 0 : rows[0].Length);
        var at = Head + sizeof(int);
        foreach (var row in rows)
        {
            MemoryMarshal.AsBytes(row.AsSpan()).CopyTo(bytes.AsSpan(at));
            at += row.Length * sizeof(double);
        }

        SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes), bytes);
        return bytes;
    }

    /// <summary>The finished rows; none where the bytes are damaged or belong to another run.</summary>
    public static IReadOnlyList<double[]> Read(ReadOnlySpan<byte> bytes, byte[] identity)
    {
        if (bytes.Length < Head + sizeof(int) || !bytes[SHA256.HashSizeInBytes..Head].SequenceEqual(identity) || !SHA256.HashData(bytes[SHA256.HashSizeInBytes..]).AsSpan().SequenceEqual(bytes[..SHA256.HashSizeInBytes]))
            return [];
        var width = BinaryPrimitives.ReadInt32LittleEndian(bytes[Head..]);
        var rows = new List<double[]>();
        for (var rest = bytes[(Head + sizeof(int))..]; width > 0 && rest.Length >= width * sizeof(double); rest = rest[(width * sizeof(double))..])
            rows.Add(MemoryMarshal.Cast<byte, double>(rest[..(width * sizeof(double))]).ToArray());
        return rows;
    }
}
