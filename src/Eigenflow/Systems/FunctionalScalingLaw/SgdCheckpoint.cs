using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The state of one SGD replica between two steps: what it belongs to, its step and samples, its weights, and the losses recorded so far. Random numbers need none: they follow from the sample number.</summary>
internal static class SgdCheckpoint
{
    // Layout: 32 bytes SHA-256 of the rest; 32 bytes identity; step; samples; number of losses; losses; length of the weights; weights.
    private const int Head = 64;

    /// <summary>What a state belongs to: all that would change the trajectory.</summary>
    public static byte[] Identity(ScalingLawProblem problem, KernelModes modes, long seed, long[] grid)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var schedule = problem.Schedule;
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{NumericsVersion.Text} functional-scaling-law {schedule.Shape.Text} {schedule.Peak:R} {schedule.Final:R} {schedule.Steps} {schedule.DecaySteps} {problem.Batch.Text} {problem.Noise:R} {modes.Approximation:R} {seed} ")
            + string.Join(',', grid)));
        foreach (var column in new[] { modes.Eigenvalues, modes.SignalWeights })
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        if (schedule.Shape.HasOwnRates)
        {
            for (var step = 0L; step < Math.Min(schedule.Steps, 1_000_000); step++)
                hash.AppendData(BitConverter.GetBytes(schedule.RateAt(step)));
        }

        return hash.GetHashAndReset();
    }

    public static byte[] Write(byte[] identity, SgdKernel kernel, long step, IReadOnlyList<double> losses)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(new byte[32]);
        writer.Write(identity);
        writer.Write(step);
        writer.Write(kernel.Samples);
        writer.Write(losses.Count);
        writer.Write(MemoryMarshal.AsBytes(losses.ToArray().AsSpan()));
        writer.Write(kernel.Bytes.Length);
        writer.Write(kernel.Bytes);
        writer.Flush();
        var bytes = stream.ToArray();
        SHA256.HashData(bytes.AsSpan(32)).CopyTo(bytes, 0);
        return bytes;
    }

    /// <summary>Sets a kernel to a state; false when the bytes are damaged or belong to another run, and nothing is changed.</summary>
    public static bool TryRead(byte[] bytes, byte[] identity, SgdKernel kernel, List<double> losses, out long step)
    {
        step = 0;
        if (bytes.Length < Head + 24 || !SHA256.HashData(bytes.AsSpan(32)).AsSpan().SequenceEqual(bytes.AsSpan(0, 32)) || !bytes.AsSpan(32, 32).SequenceEqual(identity))
            return false;
        using var reader = new BinaryReader(new MemoryStream(bytes, Head, bytes.Length - Head));
        step = reader.ReadInt64();
        var samples = reader.ReadInt64();
        var count = reader.ReadInt32();
        losses.AddRange(MemoryMarshal.Cast<byte, double>(reader.ReadBytes(count * sizeof(double))));
        kernel.Restore(samples, reader.ReadBytes(reader.ReadInt32()));
        return true;
    }
}
