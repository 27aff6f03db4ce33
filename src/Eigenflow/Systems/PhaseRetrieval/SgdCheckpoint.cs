using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>One recorded row of a replica.</summary>
/// <param name="Statistics">s, u and what follows from them, with the MSE to the better sign of the teacher.</param>
/// <param name="Near">(1/d) ‖w − w*‖².</param>
/// <param name="Far">(1/d) ‖w + w*‖².</param>
/// <param name="RowLoss">The loss over the rows that samples are drawn from; NaN where they are Gaussian.</param>
internal readonly record struct SgdRow(PhaseStatistics Statistics, double Near, double Far, double RowLoss);

/// <summary>
/// The state of one SGD replica between two steps: what it belongs to, its step, its weights, and the rows recorded so far. Random numbers need none: they follow from the step.
/// </summary>
internal static class SgdCheckpoint
{
    // Layout: 32 bytes SHA-256 of the rest; 32 bytes identity; step; frame; number of rows; the rows; weights.
    private const int Head = 64;

    // Changes with the size of a row, so that states of another layout belong to another run.
    private const string Layout = " rows-3";

    /// <summary>What a state belongs to: anything that would change the trajectory, apart from the number of steps and the recorded rows before now.</summary>
    public static byte[] Identity(WeightedModes modes, string options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(NumericsVersion.Text + Layout + options));
        foreach (var column in new[] { modes.Eigenvalues, modes.Teacher, modes.Start })
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        return hash.GetHashAndReset();
    }

    public static byte[] Write(byte[] identity, ISgdKernel kernel, IReadOnlyList<SgdRow> rows)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(new byte[32]);
        writer.Write(identity);
        writer.Write(kernel.Step);
        writer.Write(kernel.Frame);
        writer.Write(rows.Count);
        writer.Write(MemoryMarshal.AsBytes(rows.ToArray().AsSpan()));
        writer.Write(kernel.Bytes.Length);
        writer.Write(kernel.Bytes);
        writer.Flush();
        var bytes = stream.ToArray();
        SHA256.HashData(bytes.AsSpan(32)).CopyTo(bytes, 0);
        return bytes;
    }

    /// <summary>Sets a kernel to a state; false when the bytes are damaged or belong to another run, and nothing is changed.</summary>
    public static bool TryRead(byte[] bytes, byte[] identity, ISgdKernel kernel, List<SgdRow> rows)
    {
        if (bytes.Length < Head + 20 || !SHA256.HashData(bytes.AsSpan(32)).AsSpan().SequenceEqual(bytes.AsSpan(0, 32)) || !bytes.AsSpan(32, 32).SequenceEqual(identity))
            return false;
        using var reader = new BinaryReader(new MemoryStream(bytes, Head, bytes.Length - Head));
        var step = reader.ReadInt64();
        var frame = reader.ReadInt32();
        var count = reader.ReadInt32();
        rows.AddRange(MemoryMarshal.Cast<byte, SgdRow>(reader.ReadBytes(count * Unsafe.SizeOf<SgdRow>())));
        kernel.Restore(step, frame, reader.ReadBytes(reader.ReadInt32()));
        return true;
    }
}
