using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Ode;

/// <summary>
/// The stages for a coupled system, one pass over the entries each. With E = (1/(γh) − r g)⁻¹ and x the solution of stage i at the point y_i with
/// drift (g_i, h_i), x = E Σ_j (C_ij/h) U_j + E r (g_i y_i + α y + (h_i + β) w), where α and β come from the 2×2 capacitance system. Its right-hand side needs
/// Vᵀ E b, which is linear in the two vectors that the pass forms, so that the pass gathers those sums beside q and p of y_i; x itself is completed when
/// the next pass reads it.
/// Work per attempt and entry: about 190 fused operations; memory 15 doubles, interleaved in groups of eight so that a pass is one stream and the
/// vectors do not evict each other. Sums run in eight fixed lanes, so results do not depend on the vector width of the machine.
/// </summary>
internal sealed partial class CoupledStages : StageKernel
{
    // Places of the vectors within a group: U_1 … U_7, then these.
    private const int Partial = 7, Point = 8, State = 9, Direction = 10, Weight = 11, Inverse = 12, ScaledInverse = 13, Fields = 15;
    private const int Group = 8 * Fields;

    private readonly ICoupledSystem system;
    private readonly int size;
    private readonly int padded;
    private readonly AlignedStore store;
    private readonly double[] error;
    private readonly double[] points = new double[7];
    private readonly double[] sums = new double[7];
    private readonly double[] small = new double[2];
    private readonly SmallLinearSystem capacitance = new(2);
    private double[] rates = [];
    private CoupledSlopes slopes;
    private (double Linear, double Quadratic) overlaps;
    private (double Linear, double Quadratic) reached;
    private double g;
    private double h;

    public CoupledStages(ICoupledSystem system)
    {
        this.system = system;
        size = system.Size;
        padded = VectorLoops.PaddedLength(size);
        error = VectorLoops.Padded(size);
        store = new AlignedStore(padded * Fields);
    }

    public override bool HasFollowers => system.HasFollowers;

    public override void Restart(double[] state)
    {
        var vectors = system.Vectors;
        rates = vectors.Rates;
        ref var block = ref store.Origin;
        for (var i = 0; i < padded; i += 8, block = ref Unsafe.Add(ref block, Group))
        {
            Write(ref block, Direction, Vector512.LoadUnsafe(ref vectors.Direction[i]));
            Write(ref block, Weight, Vector512.LoadUnsafe(ref vectors.Weights[i]));
        }

        overlaps = Overlaps(state);
    }

    private (double Linear, double Quadratic) Overlaps(double[] state)
    {
        var (linear, quadratic) = (Vector512<double>.Zero, Vector512<double>.Zero);
        ref var block = ref store.Origin;
        for (var i = 0; i < padded; i += 8, block = ref Unsafe.Add(ref block, Group))
        {
            var (weight, value) = (Read(ref block, Weight), Vector512.LoadUnsafe(ref state[i]));
            linear = Vector512.FusedMultiplyAdd(weight * Read(ref block, Direction), value, linear);
            quadratic = Vector512.FusedMultiplyAdd(weight * value, value, quadratic);
        }

        return (Vector512.Sum(linear), Vector512.Sum(quadratic));
    }

    public override void Linearize(double time, double[] state)
    {
        (g, h) = system.Drift(overlaps.Linear, overlaps.Quadratic);
        slopes = system.Slopes(overlaps.Linear, overlaps.Quadratic);
    }

    public override bool Attempt(double time, double step, double[] state, double[] trial)
    {
        // With a = wᵀρEr w, b = wᵀρEr y, c = yᵀρEr y and U₁ = r (g_q y + h_q w), V₁ = ρw, U₂ = 2r (g_p y + h_p w), V₂ = ρy.
        var (a, b, c) = Prepare(1 / (Rodas5P.Gamma * step), state);
        capacitance[0, 0] = 1 - ((slopes.GLinear * b) + (slopes.HLinear * a));
        capacitance[0, 1] = -2 * ((slopes.GQuadratic * b) + (slopes.HQuadratic * a));
        capacitance[1, 0] = -((slopes.GLinear * c) + (slopes.HLinear * b));
        capacitance[1, 1] = 1 - (2 * ((slopes.GQuadratic * c) + (slopes.HQuadratic * b)));
        if (!capacitance.Factor())
            return false;

        // The first stage is at the state itself, with nothing before it.
        var correction = Correct(g, h, (g * b) + (h * a), (g * c) + (h * b));
        for (var stage = 1; stage < Rodas5P.Stages; stage++)
        {
            for (var j = 0; j < stage; j++)
            {
                points[j] = stage < Rodas5P.A.Length ? Rodas5P.A[stage][j] : 0;
                sums[j] = Rodas5P.C[stage][j] / step;
            }

            var pass = stage switch
            {
                1 => Pass<Stage2>(correction),
                2 => Pass<Stage3>(correction),
                3 => Pass<Stage4>(correction),
                4 => Pass<Stage5>(correction),
                5 => Pass<Stage6>(correction),
                6 => Pass<Stage7>(correction),
                _ => Pass<Stage8>(correction),
            };
            var (stageG, stageH) = system.Drift(pass.Linear, pass.Quadratic);
            correction = Correct(
                stageG, stageH,
                pass.PartialDirection + (stageG * pass.PointDirection) + (stageH * a),
                pass.PartialState + (stageG * pass.PointState) + (stageH * b));
        }

        reached = Finish(correction, trial);
        return true;
    }

    public override bool AttemptAside(double time, double step, double[] state, double[] trial)
    {
        var kept = overlaps;
        overlaps = Overlaps(state);
        Linearize(time, state);
        var isDone = Attempt(time, step, state, trial);
        overlaps = kept;
        return isDone;
    }

    public override double ErrorNorm(double[] before, double[] after, double relativeTolerance) => system.ErrorNorm(
        before.AsSpan(0, size), after.AsSpan(0, size), error.AsSpan(0, size), relativeTolerance, reached.Linear, reached.Quadratic);

    public override void Accept() => overlaps = reached;

    public override void Dense(double[][] polynomials)
    {
        ref var block = ref store.Origin;
        for (var i = 0; i < padded; i += 8, block = ref Unsafe.Add(ref block, Group))
        {
            var last = Vector512.LoadUnsafe(ref error[i]);
            for (var k = 0; k < polynomials.Length; k++)
            {
                var weights = Rodas5P.Dense[k];
                var sum = last * weights[^1];
                for (var j = 0; j < Rodas5P.Stages - 1; j++)
                    sum = Vector512.FusedMultiplyAdd(Read(ref block, j), Vector512.Create(weights[j]), sum);
                sum.StoreUnsafe(ref polynomials[k][i]);
            }
        }
    }

    // The coefficients of y_i, y and w in the solution of a stage, from the two entries of Vᵀ E b.
    private Correction Correct(double stageG, double stageH, double first, double second)
    {
        small[0] = first;
        small[1] = second;
        capacitance.Solve(small);
        return new Correction(
            stageG,
            (small[0] * slopes.GLinear) + (2 * small[1] * slopes.GQuadratic),
            stageH + (small[0] * slopes.HLinear) + (2 * small[1] * slopes.HQuadratic));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Read(ref double block, int field) => Vector512.LoadUnsafe(ref block, (nuint)(8 * field));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref double block, int field, Vector512<double> value) => value.StoreUnsafe(ref block, (nuint)(8 * field));

    private readonly record struct Correction(double Point, double State, double Direction);

    private readonly record struct PassSums(
        double Linear, double Quadratic, double PartialDirection, double PartialState, double PointDirection, double PointState);
}
