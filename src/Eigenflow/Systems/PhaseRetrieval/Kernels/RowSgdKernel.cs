using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Eigenflow.Numerics;
using Eigenflow.Random;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>
/// Online SGD on rows of data, drawn with replacement: w ← w − (η/B) Σ_b 4(⟨x_b,w⟩² − y_b)⟨x_b,w⟩ x_b, y = ⟨x,w*⟩² + σξ.
/// Sample n takes its row from the address (seed, rows, replica, n) and its noise from coordinate n of the noise stream, so that a run can be continued from its step
/// number alone. Near a teacher (PhaseFrame) the state is the deviation e = w ∓ w*, as in <see cref="OnlineSgdKernel{T}"/>. Work per sample: 2 d fused operations, with one row read from memory; memory 2 d numbers beside the rows, which all replicas share.
/// </summary>
internal sealed class RowSgdKernel<T> : ISgdKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int NoiseBuffer = 256;

    // Longer rows are streamed by the processor itself, and would push the weights out of the first-level cache.
    private const int LargestFetched = 8192;
    private const int GuardInterval = 64;

    private readonly RowStore<T> rows;
    private readonly double[] responses;
    private readonly int lossRows;
    private readonly double[] eigenvalues;
    private readonly double[] teacher;
    private readonly T[] state;
    private readonly T[] gradient;
    private readonly double[] noise;
    private readonly double noiseScale;
    private readonly double overlap;
    private readonly double bound;
    private readonly ulong seed;
    private readonly int replica;
    private readonly int batch;
    private long noiseStart = -1;
    private long followingNumber = -1;
    private int followingRow;

    /// <param name="rows">The rows.</param>
    /// <param name="responses">⟨x, w*⟩ of every row.</param>
    /// <param name="lossRows">Rows, evenly spread, over which the loss is taken.</param>
    /// <param name="eigenvalues">λ.</param>
    /// <param name="teacher">w*.</param>
    /// <param name="start">w(0).</param>
    /// <param name="noiseVariance">σ².</param>
    /// <param name="batch">B.</param>
    /// <param name="seed">Seed of rows and noise.</param>
    /// <param name="replica">Number of the replica.</param>
    public RowSgdKernel(
        RowStore<T> rows, double[] responses, int lossRows, double[] eigenvalues, double[] teacher, double[] start, double noiseVariance, int batch, long seed, int replica)
    {
        this.rows = rows;
        this.responses = responses;
        this.lossRows = lossRows;
        this.eigenvalues = eigenvalues;
        this.teacher = teacher;
        this.batch = batch;
        this.seed = (ulong)seed;
        this.replica = replica;
        state = new T[rows.Stride];
        gradient = batch > 1 ? new T[rows.Stride] : [];
        noise = new double[NoiseBuffer];
        noiseScale = Math.Sqrt(noiseVariance);
        var initial = 0.0;
        for (var i = 0; i < eigenvalues.Length; i++)
        {
            state[i] = T.CreateChecked(start[i]);
            overlap += eigenvalues[i] * teacher[i] * teacher[i];
            initial += eigenvalues[i] * start[i] * start[i];
        }

        bound = Stability.LargestSelfOverlap(overlap, initial);
    }

    public long Step { get; private set; }

    public int Frame { get; private set; }

    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(state.AsSpan());

    public bool Advance(long count, LearningRateSchedule schedule)
    {
        for (var k = 0L; k < count; k++)
        {
            if (!Update(schedule.RateAt(Step)))
                return false;
            Step++;
            if (Step % GuardInterval == 0 && !Look())
                return false;
        }

        return Observe().S <= bound;
    }

    public SgdSums Observe() => SgdSums.Of<double, T>(eigenvalues, teacher, state.AsSpan(0, eigenvalues.Length), Frame, overlap);

    public double RowLoss()
    {
        var sum = 0.0;
        for (var k = 0; k < lossRows; k++)
        {
            var row = (int)((long)k * rows.Count / lossRows);
            var student = RowLoops.Dot(ref rows.Origin(row), ref state[0], rows.Stride);
            var response = Frame * responses[row];
            var difference = Frame == 0 ? (student * student) - (responses[row] * responses[row]) : student * (student + (2 * response));
            sum += difference * difference;
        }

        return sum / lossRows;
    }

    public void Restore(long step, int frame, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(state.AsSpan()));
        (Step, Frame) = (step, frame);
    }

    private bool Update(double learningRate)
    {
        ref var target = ref batch == 1 ? ref state[0] : ref gradient[0];
        for (var b = 0; b < batch; b++)
        {
            var number = (Step * batch) + b;
            var row = number == followingNumber ? followingRow : RowOf(number);
            Fetch(number + 1);
            ref var x = ref rows.Origin(row);
            var student = RowLoops.Dot(ref x, ref state[0], rows.Stride);
            var factor = -learningRate / batch * SgdSums.Slope(Frame, student, responses[row], noiseScale != 0 ? noiseScale * NoiseOf(number) : 0);
            if (!double.IsFinite(factor))
                return false;
            RowLoops.Add(T.CreateTruncating(factor), ref x, ref target, rows.Stride);
        }

        if (batch > 1)
        {
            RowLoops.Add(T.One, ref gradient[0], ref state[0], rows.Stride);
            Array.Clear(gradient);
        }

        return true;
    }

    // 64 random bits scaled to the number of rows: no row is favoured by more than 2^-32 of its share.
    private int RowOf(long number)
    {
        var (low, high, _, _) = Philox.Block(
            (0, ((uint)RandomStreams.Rows << 12) | ((uint)replica << 16), (uint)number, (uint)((ulong)number >> 32)), ((uint)seed, (uint)(seed >> 32)));
        return (int)Math.BigMul(((ulong)high << 32) | low, (ulong)rows.Count, out _);
    }

    // Rows are drawn from all of memory: the next one is fetched while this one is used.
    private unsafe void Fetch(long number)
    {
        followingNumber = number;
        followingRow = RowOf(number);
        if (!Sse.IsSupported || rows.Stride * Unsafe.SizeOf<T>() > LargestFetched)
            return;
        fixed (T* x = &rows.Origin(followingRow))
        {
            for (var offset = 0; offset < rows.Stride; offset += 64 / Unsafe.SizeOf<T>())
                Sse.Prefetch0(x + offset);
        }
    }

    private double NoiseOf(long number)
    {
        var wanted = number & ~(NoiseBuffer - 1L);
        if (noiseStart != wanted)
        {
            GaussianGenerator.Fill(new GaussianAddress(seed, RandomStreams.LabelNoise, replica, 0), wanted, noise);
            noiseStart = wanted;
        }

        return noise[number - wanted];
    }

    // Whether the state is bounded; changes the frame where that is due.
    private bool Look()
    {
        double linear = 0, quadratic = 0;
        for (var i = 0; i < eigenvalues.Length; i++)
        {
            var w = double.CreateChecked(state[i]);
            linear += eigenvalues[i] * w * teacher[i];
            quadratic += eigenvalues[i] * w * w;
        }

        var s = Frame == 0 ? quadratic : overlap + (2 * Frame * linear) + quadratic;
        var next = SgdSums.NextFrame(Frame, Frame == 0 ? linear : Frame * linear, quadratic, overlap);
        for (var i = 0; i < eigenvalues.Length && next != Frame; i++)
            state[i] = T.CreateChecked(double.CreateChecked(state[i]) + ((Frame - next) * teacher[i]));
        Frame = next;
        return s <= bound;
    }
}
