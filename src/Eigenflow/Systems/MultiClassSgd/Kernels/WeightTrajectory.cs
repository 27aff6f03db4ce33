using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Eigenflow.Dynamics;
using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>One replica of weights X, l rows in whole groups of sixteen, with the sum that the learning-rate rule has accumulated: what it records, writes and reads.</summary>
internal abstract class WeightTrajectory : ITrajectory
{
    // A risk beyond this multiple of the first is on its way to infinity.
    private const double LargestGrowth = 1e6;

    private readonly MixtureRows rows;
    private readonly AlignedStore gradient;
    private readonly double bound;

    protected WeightTrajectory(MixtureModes modes, ClassLoss loss, LearningRateRule rule, MixtureRows rows, long seed, int replica)
    {
        (Modes, Loss, Rule, this.rows, Seed, Number) = (modes, loss, rule, rows, (ulong)seed, replica);
        Reader = new WeightReader(modes, loss);
        Size = modes.Directions;
        Stride = (Size + 15) & ~15;
        Weights = new AlignedStore(Reader.Outputs * Stride);
        gradient = new AlignedStore(rule.SeesState ? Weights.Length : 0);
        for (var a = 0; a < Reader.Outputs && modes.StartVariance > 0; a++)
        {
            var row = Weights.Span.Slice(a * Stride, Size);
            GaussianGenerator.Fill(new GaussianAddress(Seed, MixtureStreams.Start, replica, a), 0, row);
            foreach (ref var value in row)
                value *= Math.Sqrt(modes.StartVariance / modes.Dimension);
        }

        bound = LargestGrowth * (1 + rows.View(Reader.Read(Weights.Span, Stride, 0), 0).Risk);
    }

    /// <inheritdoc/>
    public long Step { get; protected set; }

    protected MixtureModes Modes { get; }

    protected ClassLoss Loss { get; }

    protected LearningRateRule Rule { get; }

    protected WeightReader Reader { get; }

    protected AlignedStore Weights { get; }

    protected int Size { get; }

    protected int Stride { get; }

    protected ulong Seed { get; }

    protected int Number { get; }

    /// <summary>What the rule has accumulated.</summary>
    protected double Accumulated { get; set; }

    protected double Time => Step / Modes.Dimension;

    /// <inheritdoc/>
    public bool Advance(long count)
    {
        for (var k = 0L; k < count; k++)
        {
            if (!Update())
                return false;
            Step++;
        }

        Settle();
        return rows.View(Reader.Read(Weights.Span, Stride, Accumulated), Time).Risk <= bound;
    }

    /// <inheritdoc/>
    public void Observe(Span<double> row, bool isSaved)
    {
        rows.Write(State(), Time, row[..rows.Width]);
        if (row.Length > rows.Width)
            ObserveMore(row[rows.Width..]);
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> to)
    {
        var head = to.GetSpan(sizeof(long) + sizeof(double));
        BinaryPrimitives.WriteInt64LittleEndian(head, Step);
        BinaryPrimitives.WriteDoubleLittleEndian(head[sizeof(long)..], Accumulated);
        to.Advance(sizeof(long) + sizeof(double));
        to.Write(MemoryMarshal.AsBytes(Weights.Span));
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BinaryPrimitives.ReadInt64LittleEndian(from);
        Accumulated = BinaryPrimitives.ReadDoubleLittleEndian(from[sizeof(long)..]);
        from[(sizeof(long) + sizeof(double))..].CopyTo(MemoryMarshal.AsBytes(Weights.Span));
    }

    /// <summary>One step; false once it is no finite one.</summary>
    protected abstract bool Update();

    /// <summary>Brings the weights to the state after the last step.</summary>
    protected virtual void Settle()
    {
    }

    /// <summary>Writes the columns beyond those of every method.</summary>
    protected virtual void ObserveMore(Span<double> rest)
    {
    }

    /// <summary>The state with the squared gradient where the rule sees it.</summary>
    protected MixtureState State()
    {
        var state = Reader.Read(Weights.Span, Stride, Accumulated);
        if (!Rule.SeesState)
            return state;
        Reader.Expect(state);
        Reader.Gradient(state, Weights.Span, Stride, gradient.Span);
        return state with { SquaredGradient = MarginSums.Dot(gradient.Span, gradient.Span) };
    }

    /// <summary>What the rule sees; of rules that do not see the state time and sum alone.</summary>
    protected RateView View() => Rule.SeesState ? rows.View(State(), Time) : new RateView { Time = Time, Accumulated = Accumulated };
}
