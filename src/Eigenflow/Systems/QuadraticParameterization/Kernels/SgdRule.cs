using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Dynamics;
using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// One replica of one-pass SGD: a sample x_i = √λ_i z_i, the residual r = Σ x (w − w*) − √(σ² + tail) z_M (coordinates that the model does not see are exactly Gaussian label noise), and the update
/// v ← v (1 − ηrx), v₊ ← v₊ (1 − ηrx) with v₋ ← v₋ (1 + ηrx), or w ← w − ηrx; rx is a mean over the batch. The state is v, v₊ and v₋, or w. Sample n of the run has the address (seed, samples, replica, n).
/// Work per sample and mode: one Gaussian and about 6 fused operations, and M more with a rotation; memory 3 to 5 M doubles; nothing is allocated. Sums run in sixteen fixed lanes.
/// </summary>
internal sealed class SgdRule : StateRule
{
    private const int Group = 16;

    private readonly QuadraticModel model;
    private readonly Shared shared;
    private readonly double[] sample, gradient, rotated;
    private readonly GaussianAddress address;
    private readonly int padded;

    /// <param name="shared">What the replicas share.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="replica">Number of the replica.</param>
    public SgdRule(Shared shared, long seed, int replica)
        : base(Start(shared))
    {
        this.shared = shared;
        model = shared.Problem.Model;
        padded = shared.Roots.Length;
        sample = new double[padded];
        gradient = shared.Batch > 1 ? new double[padded] : [];
        rotated = shared.Misalignment is null ? [] : new double[padded];
        address = new GaussianAddress((ulong)seed, QuadraticStreams.Samples, replica, 0);
    }

    public override double Bound => shared.Bound;

    public override void Update(long step, double rate)
    {
        rate *= shared.Factor;
        if (shared.Batch == 1)
        {
            var residual = Draw(step);
            Move(Seen, -rate * residual);
            return;
        }

        gradient.AsSpan().Clear();
        for (var b = 0L; b < shared.Batch; b++)
        {
            var residual = Draw((step * shared.Batch) + b);
            ScaledSum.Add(residual, Seen, gradient);
        }

        Move(gradient, -rate / shared.Batch);
    }

    public override void Observe(Span<double> row)
    {
        row[0] = Risk();
        var next = 1;
        if (model == QuadraticModel.Signed)
            row[next++] = State[0] * State[padded] / shared.Problem.StartSlope;
        for (var i = 0; i < shared.Weights; i++)
            row[next + i] = Slope(i);
    }

    private double[] Seen => shared.Misalignment is null ? sample : rotated;

    private static double[] Start(Shared shared)
    {
        // Padding stays zero: its inputs are.
        var (problem, padded) = (shared.Problem, shared.Roots.Length);
        var state = new double[problem.Model == QuadraticModel.Signed ? 2 * padded : padded];
        var root = Math.Sqrt(problem.StartSlope);
        for (var first = 0; first < state.Length; first += padded)
            state.AsSpan(first, (int)problem.ModelSize).Fill(root);
        return state;
    }

    private double Slope(int i) => model switch
    {
        QuadraticModel.Linear => State[i],
        QuadraticModel.Positive => State[i] * State[i],
        _ => (State[i] * State[i]) - (State[padded + i] * State[padded + i]),
    };

    private double Risk()
    {
        var size = (int)shared.Problem.ModelSize;
        var sum = 0.0;
        if (shared.Misalignment is { } misalignment)
        {
            double[] error = new double[size], slope = new double[size];
            for (var i = 0; i < size; i++)
                error[i] = Slope(i) - shared.Target[i];
            misalignment.Gradient(error, slope);
            for (var i = size - 1; i >= 0; i--)
                sum += error[i] * slope[i];
            return sum + shared.Tail;
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var error = shared.Roots[i] * (Slope(i) - shared.Target[i]);
            sum += error * error;
        }

        return sum + shared.Tail;
    }

    // The residual of a new sample, which stays in its buffer.
    private double Draw(long number)
    {
        GaussianGenerator.FillGroups(address with { Step = number }, 0, sample);
        var noise = shared.NoiseScale * sample[(int)shared.Problem.ModelSize];
        if (shared.Misalignment is not { } misalignment)
            return Residual(sample, scales: true) - noise;
        var size = misalignment.Size;
        rotated.AsSpan().Clear();
        for (var j = 0; j < size; j++)
            ScaledSum.Add(shared.Roots[j] * sample[j], misalignment.Basis.AsSpan(j * size, size), rotated.AsSpan(0, size));
        return Residual(rotated, scales: false) - noise;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Residual(double[] inputs, bool scales)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(inputs);
        ref var root = ref MemoryMarshal.GetArrayDataReference(shared.Roots);
        ref var target = ref MemoryMarshal.GetArrayDataReference(shared.Target);
        ref var w = ref MemoryMarshal.GetArrayDataReference(State);
        ref var second = ref Unsafe.Add(ref w, model == QuadraticModel.Signed ? padded : 0);
        Vector512<double> even = default, odd = default;
        for (nuint i = 0; i < (nuint)padded; i += Group)
        {
            even = Vector512.FusedMultiplyAdd(Input(ref x, ref root, i), Error(ref w, ref second, ref target, i), even);
            odd = Vector512.FusedMultiplyAdd(Input(ref x, ref root, i + 8), Error(ref w, ref second, ref target, i + 8), odd);
        }

        return Vector512.Sum(even + odd);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<double> Input(ref double place, ref double scale, nuint i)
        {
            var value = Vector512.LoadUnsafe(ref place, i);
            if (!scales)
                return value;
            value *= Vector512.LoadUnsafe(ref scale, i);
            value.StoreUnsafe(ref place, i);
            return value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<double> Error(ref double weight, ref double other, ref double wanted, nuint i)
        {
            var v = Vector512.LoadUnsafe(ref weight, i);
            var goal = Vector512.LoadUnsafe(ref wanted, i);
            if (model == QuadraticModel.Linear)
                return v - goal;
            var slope = Vector512.FusedMultiplyAdd(v, v, -goal);
            if (model == QuadraticModel.Positive)
                return slope;
            var u = Vector512.LoadUnsafe(ref other, i);
            return Vector512.FusedMultiplyAdd(-u, u, slope);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(double[] direction, double factor)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(direction);
        ref var w = ref MemoryMarshal.GetArrayDataReference(State);
        ref var second = ref Unsafe.Add(ref w, model == QuadraticModel.Signed ? padded : 0);
        var factors = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)padded; i += 8)
        {
            var move = factors * Vector512.LoadUnsafe(ref x, i);
            var v = Vector512.LoadUnsafe(ref w, i);
            if (model == QuadraticModel.Linear)
            {
                (v + move).StoreUnsafe(ref w, i);
                continue;
            }

            Vector512.FusedMultiplyAdd(v, move, v).StoreUnsafe(ref w, i);
            if (model == QuadraticModel.Positive)
                continue;
            var u = Vector512.LoadUnsafe(ref second, i);
            Vector512.FusedMultiplyAdd(-u, move, u).StoreUnsafe(ref second, i);
        }
    }

    /// <summary>What the replicas of a run share and do not change.</summary>
    internal sealed class Shared
    {
        /// <param name="problem">The problem.</param>
        /// <param name="factor">Gradient factor g.</param>
        /// <param name="batch">B.</param>
        /// <param name="weights">Number of slopes that are observed.</param>
        public Shared(QuadraticProblem problem, double factor, long batch, int weights)
        {
            (Problem, Factor, Batch, Weights) = (problem, factor, batch, weights);
            var (eigenvalues, target) = problem.Modes();
            Misalignment = Misalignment.Of(problem);

            // One place more than modes, for the label noise, in whole groups.
            var padded = (eigenvalues.Length + Group) / Group * Group;
            (Roots, Target) = (new double[padded], new double[padded]);
            for (var i = 0; i < eigenvalues.Length; i++)
                Roots[i] = Math.Sqrt(eigenvalues[i]);
            (Misalignment?.Target ?? target).CopyTo(Target, 0);
            Tail = problem.Tail;
            NoiseScale = Math.Sqrt(problem.Noise + Tail);
            Bound = RuleStart.LargestGrowth * (eigenvalues.Zip(target, (eigenvalue, slope) => eigenvalue * slope * slope).Sum() + problem.Noise + Tail);
        }

        public QuadraticProblem Problem { get; }

        public double Factor { get; }

        public long Batch { get; }

        public int Weights { get; }

        public Misalignment? Misalignment { get; }

        public double[] Roots { get; }

        public double[] Target { get; }

        public double Tail { get; }

        public double NoiseScale { get; }

        public double Bound { get; }
    }
}
