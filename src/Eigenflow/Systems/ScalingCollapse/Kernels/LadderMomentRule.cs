using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Dynamics;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// Exact second moments of SGD on the regression (derived), m_j ← m_j[(1 − ηλ_j)² + η²λ_j²/B] + (η²/B) λ_j (2E + σ²), and the products Π(1 − ηλ_j) since the last mark, by which the mean iterate shrinks and seed noise forgets.
/// The state is m and then the products. Work 9 fused operations per mode and step in two passes of eight lanes that do not depend on the machine; nothing is allocated.
/// </summary>
internal sealed class LadderMomentRule : StateRule
{
    private const int Group = 16;
    private const double LargestGrowth = 1e9;

    // Below this a mode has forgotten; subnormal numbers would take a hundred times as long.
    private const double Negligible = 1e-280;

    private readonly LadderModel model;
    private readonly double[] eigenvalues;
    private readonly double inverseBatch;
    private readonly int padded;
    private double learned;

    public LadderMomentRule(LadderModel model)
        : base(Start(model))
    {
        this.model = model;
        padded = State.Length / 2;
        eigenvalues = new double[padded];
        model.Eigenvalues.CopyTo(eigenvalues, 0);
        inverseBatch = 1.0 / model.Problem.Batch;
        learned = Weighted(isSquare: false);
        Bound = LargestGrowth * (Loss + model.Problem.Noise);
    }

    public override double Bound { get; }

    /// <summary>Excess risk E = D_M + ½ Σ λ m.</summary>
    public double Loss => model.Tail + (learned / 2);

    /// <summary>Trace of the covariance of mini-batch gradients, (1/B)[Σ λ² m + (2E + σ²) Tr H].</summary>
    public double GradientTrace => inverseBatch * (Weighted(isSquare: true) + (((2 * Loss) + model.Problem.Noise) * model.Trace));

    /// <summary>m of the modes that the model sees.</summary>
    public ReadOnlySpan<double> Moments => State.AsSpan(0, model.Eigenvalues.Length);

    /// <summary>The products since the last mark.</summary>
    public ReadOnlySpan<double> Products => State.AsSpan(padded, model.Eigenvalues.Length);

    /// <summary>Begins new products.</summary>
    public void Mark() => State.AsSpan(padded).Fill(1);

    public override void Observe(Span<double> row)
    {
        row[0] = Loss;
        row[1] = GradientTrace;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(long step, double rate)
    {
        ref var eigenvalue = ref MemoryMarshal.GetArrayDataReference(eigenvalues);
        ref var moment = ref MemoryMarshal.GetArrayDataReference(State);
        ref var product = ref Unsafe.Add(ref moment, padded);
        var (rates, inverse, drive) = (Vector512.Create(rate), Vector512.Create(inverseBatch), Vector512.Create(rate * rate * inverseBatch * ((2 * Loss) + model.Problem.Noise)));
        var negligible = Vector512.Create(Negligible);
        Vector512<double> even = default, odd = default;
        for (nuint i = 0; i < (nuint)padded; i += Group)
        {
            even = Step(ref eigenvalue, ref moment, ref product, i, even);
            odd = Step(ref eigenvalue, ref moment, ref product, i + 8, odd);
        }

        learned = Vector512.Sum(even + odd);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<double> Step(ref double values, ref double moments, ref double products, nuint i, Vector512<double> sum)
        {
            var value = Vector512.LoadUnsafe(ref values, i);
            var move = rates * value;
            var left = Vector512<double>.One - move;
            var growth = Vector512.FusedMultiplyAdd(left, left, move * move * inverse);
            var next = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref moments, i), growth, drive * value);
            next.StoreUnsafe(ref moments, i);
            left *= Vector512.LoadUnsafe(ref products, i);
            Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(left), negligible), left, Vector512<double>.Zero).StoreUnsafe(ref products, i);
            return Vector512.FusedMultiplyAdd(value, next, sum);
        }
    }

    private static double[] Start(LadderModel model)
    {
        var padded = (model.Targets.Length + Group - 1) / Group * Group;
        var state = new double[2 * padded];
        model.Targets.CopyTo(state, 0);
        state.AsSpan(padded).Fill(1);
        return state;
    }

    private double Weighted(bool isSquare)
    {
        var sum = 0.0;
        for (var j = model.Eigenvalues.Length - 1; j >= 0; j--)
            sum += (isSquare ? eigenvalues[j] * eigenvalues[j] : eigenvalues[j]) * State[j];
        return sum;
    }
}
