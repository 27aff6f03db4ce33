using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw.Kernels;

/// <summary>
/// The second moments of all modes as m = θ*² (A + D) + C: A is the square of the mean iterate, D the scatter that sampling has made of the signal (the terms η²λ²m/B), C what label noise
/// and the other modes have put in. One fused pass per step, together with the two sums that the next step needs. Work per node and step: 16 fused operations (discrete), 35
/// (exponential) or 60 (exponential with its square); memory 48 bytes, interleaved in groups of eight that begin at cache lines. Sums run in sixteen fixed lanes, so results do not depend on the vector width of the machine.
/// </summary>
internal sealed class MomentKernel
{
    // Places within a group of eight nodes.
    private const int Rate = 0, SignalWeight = 8, NoiseWeight = 16, Start = 24, Injected = 32, Spread = 40, Group = 48;

    // Below this A and D are nothing; subnormal numbers would take a hundred times as long.
    private const double Negligible = 1e-280;

    private readonly AlignedStore store;

    public MomentKernel(ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> signalWeights, ReadOnlySpan<double> noiseWeights)
    {
        store = new AlignedStore((eigenvalues.Length + 15) / 16 * 2 * Group);
        for (var j = 0; j < eigenvalues.Length; j++)
        {
            var entry = store.Span[((j / 8 * Group) + (j % 8))..];
            entry[Rate] = eigenvalues[j];
            entry[SignalWeight] = signalWeights[j];
            entry[NoiseWeight] = noiseWeights[j];
            entry[Start] = 1;
        }

        Exponential(0, 0, 0, false);
    }

    /// <summary>Σ λ θ*² A: what the mean iterate has not learned.</summary>
    public double Signal { get; private set; }

    /// <summary>Σ λ (θ*² D + C): the variance of the iterate.</summary>
    public double Noise { get; private set; }

    /// <summary>The exact step of SGD: A times (1 − ηλ)²; D and C times (1 − ηλ)² + η²λ²/B, with η²λ²/B of A more in D and (η²/B) λ · intensity more of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Discrete(double rate, double batch, double intensity)
    {
        ref var block = ref store.Origin;
        var rates = Vector512.Create(rate);
        var inverse = Vector512.Create(1 / batch);
        var drive = Vector512.Create(rate * rate / batch * intensity);
        var negligible = Vector512.Create(Negligible);
        Vector512<double> signal0 = default, signal1 = default, noise0 = default, noise1 = default;
        for (var i = 0; i < store.Length; i += 2 * Group, block = ref Unsafe.Add(ref block, 2 * Group))
        {
            Step(ref block, ref signal0, ref noise0);
            Step(ref Unsafe.Add(ref block, Group), ref signal1, ref noise1);
        }

        Signal = Vector512.Sum(signal0 + signal1);
        Noise = Vector512.Sum(noise0 + noise1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Step(ref double group, ref Vector512<double> signal, ref Vector512<double> noise)
        {
            var eigenvalue = Vector512.LoadUnsafe(ref group, Rate);
            var move = rates * eigenvalue;
            var left = Vector512<double>.One - move;
            var extra = move * move * inverse;
            var growth = Vector512.FusedMultiplyAdd(left, left, extra);
            var start = Vector512.LoadUnsafe(ref group, Start);
            var spread = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref group, Spread), growth, start * extra);
            start *= left * left;
            start = Vector512.ConditionalSelect(Vector512.GreaterThan(start, negligible), start, Vector512<double>.Zero);
            spread = Vector512.ConditionalSelect(Vector512.GreaterThan(spread, negligible), spread, Vector512<double>.Zero);
            spread.StoreUnsafe(ref group, Spread);
            var injected = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref group, Injected), growth, drive * eigenvalue);
            start.StoreUnsafe(ref group, Start);
            injected.StoreUnsafe(ref group, Injected);
            var weight = Vector512.LoadUnsafe(ref group, SignalWeight);
            signal = Vector512.FusedMultiplyAdd(weight, start, signal);
            noise = Vector512.FusedMultiplyAdd(weight, spread, Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref group, NoiseWeight), injected, noise));
        }
    }

    /// <summary>
    /// A step of intrinsic time η with frozen intensity: D and C times e^(−cη), and γλ · intensity (1 − e^(−cη))/c more of C, with c = 2λ − γλ² or, without its square, c = 2λ;
    /// A times e^(−2λη), and the difference to A e^(−cη) more of D.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Exponential(double time, double gamma, double intensity, bool keepsSquare)
    {
        ref var block = ref store.Origin;
        var times = Vector512.Create(-time);
        var square = Vector512.Create(keepsSquare ? -gamma : 0);
        var drive = Vector512.Create(gamma * intensity);
        var negligible = Vector512.Create(Negligible);
        var two = Vector512.Create(2.0);
        var growing = Vector512.Create(gamma * time);
        Vector512<double> signal0 = default, signal1 = default, noise0 = default, noise1 = default;
        for (var i = 0; i < store.Length; i += 2 * Group, block = ref Unsafe.Add(ref block, 2 * Group))
        {
            Step(ref block, ref signal0, ref noise0);
            Step(ref Unsafe.Add(ref block, Group), ref signal1, ref noise1);
        }

        Signal = Vector512.Sum(signal0 + signal1);
        Noise = Vector512.Sum(noise0 + noise1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Step(ref double group, ref Vector512<double> signal, ref Vector512<double> noise)
        {
            var eigenvalue = Vector512.LoadUnsafe(ref group, Rate);

            // λ cancels between γλ and c: the places that fill the last group, with λ = 0, stay finite.
            var relative = Vector512.FusedMultiplyAdd(square, eigenvalue, two);
            var change = VectorExponential.MinusOne(relative * eigenvalue * times);
            var share = Vector512.ConditionalSelect(
                Vector512.Equals(relative, Vector512<double>.Zero), -times * eigenvalue, -change / relative);
            var start = Vector512.LoadUnsafe(ref group, Start);
            start = Vector512.FusedMultiplyAdd(start, change, start);
            var weight = Vector512.LoadUnsafe(ref group, SignalWeight);
            if (keepsSquare)
            {
                // e^(−cη) = e^(−2λη) e^(γλ²η).
                var extra = VectorExponential.MinusOne(growing * eigenvalue * eigenvalue);
                start /= Vector512<double>.One + extra;
                var spread = Vector512.LoadUnsafe(ref group, Spread);
                spread = Vector512.FusedMultiplyAdd(spread, change, Vector512.FusedMultiplyAdd(start, extra, spread));
                spread = Vector512.ConditionalSelect(Vector512.GreaterThan(spread, negligible), spread, Vector512<double>.Zero);
                spread.StoreUnsafe(ref group, Spread);
                noise = Vector512.FusedMultiplyAdd(weight, spread, noise);
            }

            start = Vector512.ConditionalSelect(Vector512.GreaterThan(start, negligible), start, Vector512<double>.Zero);
            var injected = Vector512.LoadUnsafe(ref group, Injected);
            injected = Vector512.FusedMultiplyAdd(injected, change, Vector512.FusedMultiplyAdd(drive, share, injected));
            start.StoreUnsafe(ref group, Start);
            injected.StoreUnsafe(ref group, Injected);
            signal = Vector512.FusedMultiplyAdd(weight, start, signal);
            noise = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref group, NoiseWeight), injected, noise);
        }
    }
}
