using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Dynamics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// A block of chains, all from the minimum: eight chains are a group, which goes through a whole time unit before the next one does, so that its state stays in the nearest cache. They are the lanes of vectors,
/// or rows of numbers one after the other where gradients are taken chain by chain and there is nothing but gradients.
/// Blocks are the replicas of an ensemble; their size follows from the number of chains alone, so that threads change nothing.
/// </summary>
internal sealed partial class ChainBlock : ITrajectory
{
    private const int Lanes = GradientKernel.Lanes;
    private const double Bound = 1e100;

    private readonly ChainPlan plan;
    private readonly int block;
    private readonly GradientKernel kernel;
    private readonly BatchIndices indices;
    private readonly ChainMeasure measure;
    private readonly RowKernel? rows;
    private readonly AlignedStore state;
    private readonly AlignedStore gradient;
    private readonly AlignedStore before;
    private readonly AlignedStore after;
    private readonly double[] noise;
    private readonly double[] root;
    private readonly double[] tilt;
    private readonly double[] shift;
    private readonly int[] everyone;
    private readonly int d;
    private readonly int stride;
    private readonly int batch;
    private readonly int batches;
    private readonly int steps;
    private readonly double rate;
    private readonly double stepNoise;
    private readonly double unitNoise;
    private AlignedStore? view;

    public ChainBlock(ChainPlan plan, int block)
    {
        (this.plan, this.block, d) = (plan, block, plan.Dimension);
        var (theory, options) = (plan.Theory, plan.Theory.Options);
        kernel = plan.Kernel.Clone();
        (batch, batches, steps, rate) = (theory.Expansion.Batch, theory.Expansion.Batches, theory.Steps, options.Rate);
        var samples = Math.Max(1, theory.Expansion.Samples);
        indices = new BatchIndices(samples, Math.Min(batch, samples), plan.Seed, block, kernel.Stride) { AreIndependent = theory.Expansion.HasIndependentDraws };
        measure = new ChainMeasure(plan);
        (gradient, before, after) = (new AlignedStore(d * Lanes), new AlignedStore(d * Lanes), new AlignedStore(d * Lanes));
        noise = new double[((d * Lanes) + 15) / 16 * 16];
        root = plan.NoiseRoot?.ToRowMajorArray() ?? [];
        everyone = options.Scheme == SamplingScheme.Langevin ? [.. Enumerable.Range(0, samples * Lanes).Select(k => k / Lanes * kernel.Stride)] : [];
        var variance = 2 * rate * options.ThermalTemperature;
        var isPerStep = options.Placement == NoisePlacement.PerStep || !options.IsEpochs;
        (stepNoise, unitNoise) = (isPerStep ? Math.Sqrt(variance) : 0, isPerStep ? 0 : Math.Sqrt(variance * steps));
        (shift, tilt) = ([], []);
        if (options.IsCorrected && options.IsEpochs)
        {
            var (pull, curvature) = EpochMoments.Correction(theory.Expansion, rate);
            (shift, tilt) = (pull.ToArray(), curvature.ToRowMajorArray());
        }

        rows = variance == 0 && root.Length == 0 && shift.Length == 0 ? kernel as RowKernel : null;
        stride = (rows?.Width ?? d) * Lanes;
        state = new AlignedStore(plan.Chains / Lanes * stride);
        for (var group = 0; group < plan.Chains / Lanes; group++)
            rows?.Begin(state.Span.Slice(group * stride, stride));
    }

    /// <inheritdoc/>
    public long Step { get; private set; }

    /// <summary>δ of the chains: group after group, in each one vector per coordinate. Overwritten when it is asked for again.</summary>
    public ReadOnlySpan<double> State
    {
        get
        {
            if (rows is null)
                return state.Span;
            view ??= new AlignedStore(plan.Chains * d);
            for (var group = 0; group < plan.Chains / Lanes; group++)
                rows.ToLanes(ref Unsafe.Add(ref state.Origin, group * stride), ref Unsafe.Add(ref view.Origin, group * d * Lanes));
            return view.Span;
        }
    }

    /// <inheritdoc/>
    public bool Advance(long count)
    {
        for (var end = Step + count; Step < end; Step++)
        {
            var isMeasured = Step >= plan.BurnIn;
            for (var group = 0; group < plan.Chains / Lanes; group++)
            {
                ref var own = ref Unsafe.Add(ref state.Origin, group * stride);
                if (isMeasured)
                    ToLanes(ref own, before);
                Unit(group, ref own);
                if (!isMeasured)
                    continue;
                ToLanes(ref own, after);
                measure.Add(group, ref before.Origin, ref after.Origin);
            }

            if (isMeasured)
                measure.Count();
        }

        foreach (var value in state.Span)
        {
            if (!(Math.Abs(value) <= Bound))
                return false;
        }

        return true;
    }

    private void ToLanes(ref double own, AlignedStore lanes)
    {
        if (rows is null)
            MemoryMarshal.CreateReadOnlySpan(ref own, stride).CopyTo(lanes.Span);
        else
            rows.ToLanes(ref own, ref lanes.Origin);
    }

    private void Unit(int group, ref double own)
    {
        var options = plan.Theory.Options;
        if (options.Scheme == SamplingScheme.Langevin && everyone.Length > 0)
        {
            Move(group, ref own, ref MemoryMarshal.GetArrayDataReference(everyone), everyone.Length / Lanes, Step);
        }
        else if (!options.IsEpochs)
        {
            ref var chosen = ref (plan.Theory.Expansion.Samples == 0 ? ref Unsafe.NullRef<int>() : ref indices.Batch(Step, group));
            Move(group, ref own, ref chosen, batch, Step);
        }
        else
        {
            // An epoch may be long.
            Numerics.Interruption.Check();
            ref var order = ref indices.Epoch(Step, group);
            for (var k = 0; k < steps; k++)
            {
                var number = k < batches ? k : steps - 1 - k;
                Move(group, ref own, ref Unsafe.Add(ref order, number * batch * Lanes), batch, (Step * steps) + k);
            }

            if (unitNoise > 0)
                Thermal(group, ref own, Step, unitNoise);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(int group, ref double own, ref int chosen, int count, long step)
    {
        if (rows is not null)
        {
            rows.Descend(ref chosen, count, ref own, rate);
            return;
        }

        ref var slope = ref gradient.Origin;
        kernel.Mean(ref chosen, count, ref own, ref slope);
        if (shift.Length > 0)
            Correct(ref own, ref slope);
        var factor = Vector512.Create(-rate);
        for (var k = 0; k < d; k++)
        {
            var offset = (nuint)(k * Lanes);
            Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref slope, offset), Vector512.LoadUnsafe(ref own, offset)).StoreUnsafe(ref own, offset);
        }

        if (root.Length > 0)
            Correlated(group, ref own, step);
        else if (stepNoise > 0)
            Thermal(group, ref own, step, stepNoise);
    }

    /// <inheritdoc/>
    public void Observe(Span<double> row, bool isSaved)
    {
        var shape = plan.Row;
        measure.Observe(row);
        var pair = shape.Covariance;
        var all = State;
        for (var i = 0; i < shape.Columns; i++)
        {
            row[i] = 0;
            for (var chain = 0; chain < plan.Chains; chain++)
                row[i] += all[Place(chain, i)];
            row[i] /= plan.Chains;
        }

        for (var i = 0; i < shape.Columns; i++)
        {
            for (var j = i; j < shape.Columns; j++)
            {
                var sum = 0.0;
                for (var chain = 0; chain < plan.Chains; chain++)
                    sum += (all[Place(chain, i)] - row[i]) * (all[Place(chain, j)] - row[j]);
                row[pair++] = sum / (plan.Chains - 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> to)
    {
        to.Write(BitConverter.GetBytes(Step));
        to.Write(MemoryMarshal.AsBytes(state.Span));
        to.Write(MemoryMarshal.AsBytes(measure.Numbers.AsSpan()));
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BitConverter.ToInt64(from);
        var numbers = MemoryMarshal.Cast<byte, double>(from[sizeof(long)..]);
        numbers[..state.Length].CopyTo(state.Span);
        numbers[state.Length..].CopyTo(measure.Numbers);
    }

    private int Place(int chain, int coordinate) => (chain / Lanes * d * Lanes) + (coordinate * Lanes) + (chain % Lanes);
}
