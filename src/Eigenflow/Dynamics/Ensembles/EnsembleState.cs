using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Eigenflow.Dynamics;

/// <summary>
/// The saved state of one replica between two steps: what it belongs to, its step, the rows recorded so far, and the state of its trajectory.
/// </summary>
internal static class EnsembleState
{
    // Layout: 32 bytes SHA-256 of the rest; 32 bytes identity; number of recorded numbers; the numbers; state of the trajectory.
    private const int Head = 64;
    private const int Fixed = Head + sizeof(int);
    private const int HashedAtOnce = 1 << 24;

    /// <summary>What a state belongs to: all that would change the trajectory or its rows.</summary>
    /// <param name="options">Everything that is a number or a name, as text.</param>
    /// <param name="columns">Everything that is a list of numbers.</param>
    public static byte[] Identity(string options, IReadOnlyList<double[]> columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(NumericsVersion.Text + " ensemble-1 " + options));

        // In parts, since a span holds fewer bytes than the largest arrays of numbers have.
        foreach (var column in columns)
        {
            for (var from = 0; from < column.Length; from += HashedAtOnce)
                hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan(from, Math.Min(HashedAtOnce, column.Length - from))));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The bytes of a state.</summary>
    public static ReadOnlyMemory<byte> Write(byte[] identity, ITrajectory trajectory, EnsembleRows rows, int replica)
    {
        var numbers = rows.Numbers(replica);
        var buffer = new ArrayBufferWriter<byte>(Fixed + (numbers.Length * sizeof(double)) + 256);
        buffer.Write(new byte[SHA256.HashSizeInBytes]);
        buffer.Write(identity);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), numbers.Length);
        buffer.Advance(sizeof(int));
        buffer.Write(MemoryMarshal.AsBytes(numbers));
        trajectory.Write(buffer);
        var bytes = MemoryMarshal.AsMemory(buffer.WrittenMemory);
        SHA256.HashData(bytes.Span[SHA256.HashSizeInBytes..], bytes.Span);
        return bytes;
    }

    /// <summary>Sets a trajectory to a state; false when the bytes are damaged or belong to another run, and nothing is changed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, byte[] identity, ITrajectory trajectory, EnsembleRows rows, int replica)
    {
        if (bytes.Length < Fixed || !bytes.Slice(SHA256.HashSizeInBytes, identity.Length).SequenceEqual(identity) || !SHA256.HashData(bytes[SHA256.HashSizeInBytes..]).AsSpan().SequenceEqual(bytes[..SHA256.HashSizeInBytes]))
            return false;
        var numbers = bytes.Slice(Fixed, BinaryPrimitives.ReadInt32LittleEndian(bytes[Head..]) * sizeof(double));
        trajectory.Read(bytes[(Fixed + numbers.Length)..]);
        rows.Restore(replica, MemoryMarshal.Cast<byte, double>(numbers));
        return true;
    }
}
