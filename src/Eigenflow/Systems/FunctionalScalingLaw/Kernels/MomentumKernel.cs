using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw.Kernels;

/// <summary>
/// Exact second moments of SGD with momentum, per mode and in units of the risk: the mean iterate A and its last move B (both relative to the start, with the weight λθ*²), and the scatter
/// U = λ Var δ, Q = λ Cov(δ, w), Z = λ Var w around it, w the last move. With x = ηλ, r = ρ (Polyak) or ρ(1 − x) (Nesterov), v = λ E p² of the point p at which gradients are taken, and ℓ = Σ v:
/// Z′ = r²Z − 2rxQ + x²U + (x²/B)(v + ℓ + σ² + 2D_M), Q′ = rQ − xU + Z′, U′ = U + 2(rQ − xU) + Z′ (derived). In these variables nothing cancels as ρ → 1. Exact for every η_k, ρ_k, B_k.
/// Work per mode and step about 30 operations, no allocation; memory 56 bytes, interleaved in groups of eight. Sums run in eight fixed lanes.
/// </summary>
internal sealed class MomentumKernel
{
    // Places within a group of eight modes.
    private const int Rate = 0, Weight = 8, Mean = 16, Move = 24, Scatter = 32, Cross = 40, MoveScatter = 48, Group = 56;

    // Below these means and moments are nothing; subnormal numbers would take a hundred times as long.
    private const double NegligibleMean = 1e-140, NegligibleMoment = 1e-280;

    private readonly AlignedStore store;
    private readonly bool isAhead;

    // Σ of A², AB, B² with their weights, and of U, Q, Z.
    private double meanSquare, meanCross, moveSquare, scatter, cross, moveScatter;

    public MomentumKernel(ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> signalWeights, MomentumKind kind)
    {
        isAhead = kind == MomentumKind.Nesterov;
        store = new AlignedStore((eigenvalues.Length + 7) / 8 * Group);
        for (var j = 0; j < eigenvalues.Length; j++)
        {
            var entry = store.Span[((j / 8 * Group) + (j % 8))..];
            entry[Rate] = eigenvalues[j];
            entry[Weight] = signalWeights[j];
            entry[Mean] = 1;
        }

        Advance(0, 0, 1, 0);
    }

    /// <summary>Σ λθ*² A²: what the mean iterate has not learned.</summary>
    public double Signal => meanSquare;

    /// <summary>Σ λ Var δ.</summary>
    public double Noise => scatter;

    /// <summary>One step.</summary>
    /// <param name="rate">η_k.</param>
    /// <param name="strength">ρ_k.</param>
    /// <param name="batch">B_k.</param>
    /// <param name="noise">σ² + 2D_M.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Advance(double rate, double strength, double batch, double noise)
    {
        var ahead = isAhead ? strength : 0;
        var risk = meanSquare + (ahead * ((2 * meanCross) + (ahead * moveSquare))) + scatter + (ahead * ((2 * cross) + (ahead * moveScatter)));
        ref var group = ref store.Origin;
        Vector512<double> rates = Vector512.Create(rate), inverse = Vector512.Create(1 / batch), drive = Vector512.Create(risk + noise), strengths = Vector512.Create(strength);
        Vector512<double> aheads = Vector512.Create(ahead), smallMean = Vector512.Create(NegligibleMean), smallMoment = Vector512.Create(NegligibleMoment), two = Vector512.Create(2.0);
        Vector512<double> sumA = default, sumAB = default, sumB = default, sumU = default, sumQ = default, sumZ = default;
        for (var i = 0; i < store.Length; i += Group, group = ref Unsafe.Add(ref group, Group))
        {
            var x = rates * Vector512.LoadUnsafe(ref group, Rate);
            var r = Vector512.FusedMultiplyAdd(-aheads, x, strengths);
            var weight = Vector512.LoadUnsafe(ref group, Weight);
            var a = Vector512.LoadUnsafe(ref group, Mean);
            var b = Vector512.LoadUnsafe(ref group, Move);
            var u = Vector512.LoadUnsafe(ref group, Scatter);
            var q = Vector512.LoadUnsafe(ref group, Cross);
            var z = Vector512.LoadUnsafe(ref group, MoveScatter);
            var place = Vector512.FusedMultiplyAdd(aheads, b, a);
            var here = Vector512.FusedMultiplyAdd(weight * place, place, Vector512.FusedMultiplyAdd(aheads, Vector512.FusedMultiplyAdd(aheads, z, two * q), u));
            b = (r * b) - (x * a);
            a += b;
            var linear = (r * q) - (x * u);
            var injected = x * x * inverse * (here + drive);
            z = (r * ((r * z) - (x * q))) - (x * linear) + injected;
            q = linear + z;
            u += linear + q;
            a = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(a), smallMean), a, Vector512<double>.Zero);
            b = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(b), smallMean), b, Vector512<double>.Zero);
            u = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(u), smallMoment), u, Vector512<double>.Zero);
            q = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(q), smallMoment), q, Vector512<double>.Zero);
            z = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(z), smallMoment), z, Vector512<double>.Zero);
            a.StoreUnsafe(ref group, Mean);
            b.StoreUnsafe(ref group, Move);
            u.StoreUnsafe(ref group, Scatter);
            q.StoreUnsafe(ref group, Cross);
            z.StoreUnsafe(ref group, MoveScatter);
            var weighted = weight * a;
            sumA = Vector512.FusedMultiplyAdd(weighted, a, sumA);
            sumU += u;
            if (isAhead)
            {
                sumAB = Vector512.FusedMultiplyAdd(weighted, b, sumAB);
                sumB = Vector512.FusedMultiplyAdd(weight * b, b, sumB);
                sumQ += q;
                sumZ += z;
            }
        }

        (meanSquare, meanCross, moveSquare) = (Vector512.Sum(sumA), Vector512.Sum(sumAB), Vector512.Sum(sumB));
        (scatter, cross, moveScatter) = (Vector512.Sum(sumU), Vector512.Sum(sumQ), Vector512.Sum(sumZ));
    }
}
