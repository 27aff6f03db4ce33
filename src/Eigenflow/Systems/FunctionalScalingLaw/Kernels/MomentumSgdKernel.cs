using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Dynamics;
using Eigenflow.Random;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.FunctionalScalingLaw.Kernels;

/// <summary>
/// One replica of one-pass SGD with momentum on Gaussian features in the eigenbasis: w ← ρw − (η/B) Σ r x, δ ← δ + w with the residual r = ⟨x, p⟩ − √(σ² + 2D_M) g′ at p = δ (Polyak) or δ + ρw
/// (Nesterov). Sample n takes its numbers from the address (seed, samples, replica, n), label noise from the coordinate behind the modes. Work per sample and mode: one Gaussian and three operations.
/// </summary>
internal sealed class MomentumSgdKernel
{
    private readonly double[] roots, state, move, place, gradient, sample;
    private readonly MomentumOptions momentum;
    private readonly double noiseScale;
    private readonly ulong seed;
    private readonly int replica, size;

    public MomentumSgdKernel(double[] paddedRoots, ReadOnlySpan<double> start, double noiseVariance, MomentumOptions momentum, long seed, int replica)
    {
        roots = paddedRoots;
        size = start.Length;
        (state, move, place, gradient) = (new double[paddedRoots.Length], new double[paddedRoots.Length], new double[paddedRoots.Length], new double[paddedRoots.Length]);
        start.CopyTo(state);
        sample = new double[paddedRoots.Length + 16];
        noiseScale = Math.Sqrt(noiseVariance);
        this.momentum = momentum;
        this.seed = (ulong)seed;
        this.replica = replica;
    }

    /// <summary>Samples drawn so far.</summary>
    public long Samples { get; private set; }

    /// <summary>δ.</summary>
    public ReadOnlySpan<double> State => state.AsSpan(0, size);

    /// <summary>Σ λ δ².</summary>
    public double Risk()
    {
        var sum = 0.0;
        for (var j = 0; j < size; j++)
        {
            var part = roots[j] * state[j];
            sum += part * part;
        }

        return sum;
    }

    /// <summary>One step.</summary>
    /// <param name="step">k.</param>
    /// <param name="rate">η_k.</param>
    /// <param name="batch">B_k.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Advance(long step, double rate, long batch)
    {
        var strength = momentum.At(step);
        Sum(state, momentum.Kind == MomentumKind.Nesterov ? strength : 0, move, place);
        Array.Clear(gradient);
        for (var b = 0L; b < batch; b++, Samples++)
        {
            GaussianGenerator.FillGroups(new GaussianAddress(seed, SgdKernel.SampleStream, replica, Samples), 0, sample);
            var residual = Scale() - (noiseScale * sample[roots.Length]);
            Sum(gradient, residual, sample, gradient);
        }

        var factor = Vector512.Create(-rate / batch);
        var strengths = Vector512.Create(strength);
        for (var i = 0; i < state.Length; i += 8)
        {
            var moved = Vector512.FusedMultiplyAdd(strengths, At(move, i), factor * At(gradient, i));
            moved.CopyTo(move, i);
            (At(state, i) + moved).CopyTo(state, i);
        }
    }

    /// <summary>Writes δ and the last move.</summary>
    public void Write(IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), Samples);
        to.Advance(sizeof(long));
        to.Write(MemoryMarshal.AsBytes(state.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(move.AsSpan()));
    }

    /// <summary>Goes on from a state.</summary>
    public void Read(ReadOnlySpan<byte> from)
    {
        Samples = BinaryPrimitives.ReadInt64LittleEndian(from);
        var numbers = MemoryMarshal.Cast<byte, double>(from[sizeof(long)..]);
        numbers[..state.Length].CopyTo(state);
        numbers[state.Length..].CopyTo(move);
    }

    private static Vector512<double> At(double[] array, int index) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(array), (nuint)index);

    // to = one + factor · other.
    private static void Sum(double[] one, double factor, double[] other, double[] to)
    {
        var factors = Vector512.Create(factor);
        for (var i = 0; i < to.Length; i += 8)
            Vector512.FusedMultiplyAdd(factors, At(other, i), At(one, i)).CopyTo(to, i);
    }

    // x = √λ ⊙ g, and ⟨x, p⟩.
    private double Scale()
    {
        Vector512<double> sum = default;
        for (var i = 0; i < roots.Length; i += 8)
        {
            var x = At(sample, i) * At(roots, i);
            x.CopyTo(sample, i);
            sum = Vector512.FusedMultiplyAdd(x, At(place, i), sum);
        }

        return Vector512.Sum(sum);
    }
}

/// <summary>The same over the steps of a schedule; the statistic is the excess risk.</summary>
/// <param name="kernel">The replica.</param>
/// <param name="schedule">Learning rates.</param>
/// <param name="batch">Samples per step.</param>
/// <param name="floor">Excess risk that no weights remove.</param>
/// <param name="bound">A risk beyond this is on its way to infinity.</param>
internal sealed class MomentumTrajectory(MomentumSgdKernel kernel, LearningRateSchedule schedule, BatchSchedule batch, double floor, double bound) : ITrajectory
{
    public long Step { get; private set; }

    private double Loss => floor + (kernel.Risk() / 2);

    public bool Advance(long count)
    {
        for (var k = 0; k < count; k++, Step++)
            kernel.Advance(Step, schedule.RateAt(Step), batch.BatchAt(Step, schedule.Steps));
        return Loss <= bound;
    }

    public void Observe(Span<double> row, bool isSaved) => row[0] = Loss;

    public void Write(IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), Step);
        to.Advance(sizeof(long));
        kernel.Write(to);
    }

    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BinaryPrimitives.ReadInt64LittleEndian(from);
        kernel.Read(from[sizeof(long)..]);
    }
}
