using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Gradients of the network of seven weights, without an approximation: two hyperbolic tangents per sample and chain.</summary>
internal sealed class NetworkKernel(double[] inputs, double[] targets, double weight, double prior, double[] minimum) : GradientKernel(NetworkLoss.Weights)
{
    private readonly double[] pairs = [.. Enumerable.Range(0, 2 * inputs.Length).Select(k => k % 2 == 0 ? inputs[k / 2] : targets[k / 2])];

    public override int Stride => 2;

    public override GradientKernel Clone() => this;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Mean(ref int indices, int count, ref double state, ref double gradient)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(pairs);
        var w0 = Weight(ref state, 0);
        var w1 = Weight(ref state, 1);
        var w2 = Weight(ref state, 2);
        var w3 = Weight(ref state, 3);
        var w4 = Weight(ref state, 4);
        var w5 = Weight(ref state, 5);
        var w6 = Weight(ref state, 6);
        Vector512<double> g0 = default, g1 = default, g2 = default, g3 = default, g4 = default, g5 = default, g6 = default;
        for (var sample = 0; sample < count; sample++)
        {
            ref var chosen = ref Unsafe.Add(ref indices, sample * Lanes);
            var (x, y) = (Column(ref rows, ref chosen, 0), Column(ref rows, ref chosen, 1));
            var first = Tangent(Vector512.FusedMultiplyAdd(w0, x, w2));
            var second = Tangent(Vector512.FusedMultiplyAdd(w1, x, w3));
            var error = Vector512.FusedMultiplyAdd(w4, first, Vector512.FusedMultiplyAdd(w5, second, w6 - y));
            var slope = error * w4 * (Vector512<double>.One - (first * first));
            var other = error * w5 * (Vector512<double>.One - (second * second));
            g0 = Vector512.FusedMultiplyAdd(slope, x, g0);
            g1 = Vector512.FusedMultiplyAdd(other, x, g1);
            g2 += slope;
            g3 += other;
            g4 = Vector512.FusedMultiplyAdd(error, first, g4);
            g5 = Vector512.FusedMultiplyAdd(error, second, g5);
            g6 += error;
        }

        var (scale, precision) = (Vector512.Create(weight / count), Vector512.Create(prior));
        (scale * g0 + (precision * w0)).StoreUnsafe(ref gradient);
        (scale * g1 + (precision * w1)).StoreUnsafe(ref gradient, Lanes);
        (scale * g2 + (precision * w2)).StoreUnsafe(ref gradient, 2 * Lanes);
        (scale * g3 + (precision * w3)).StoreUnsafe(ref gradient, 3 * Lanes);
        (scale * g4 + (precision * w4)).StoreUnsafe(ref gradient, 4 * Lanes);
        (scale * g5 + (precision * w5)).StoreUnsafe(ref gradient, 5 * Lanes);
        (scale * g6 + (precision * w6)).StoreUnsafe(ref gradient, 6 * Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Weight(ref double state, int number) => Vector512.LoadUnsafe(ref state, (nuint)(number * Lanes)) + Vector512.Create(minimum[number]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Column(ref double rows, ref int chosen, int column) => Vector512.Create(
        Unsafe.Add(ref rows, chosen + column), Unsafe.Add(ref rows, Unsafe.Add(ref chosen, 1) + column), Unsafe.Add(ref rows, Unsafe.Add(ref chosen, 2) + column), Unsafe.Add(ref rows, Unsafe.Add(ref chosen, 3) + column),
        Unsafe.Add(ref rows, Unsafe.Add(ref chosen, 4) + column), Unsafe.Add(ref rows, Unsafe.Add(ref chosen, 5) + column), Unsafe.Add(ref rows, Unsafe.Add(ref chosen, 6) + column), Unsafe.Add(ref rows, Unsafe.Add(ref chosen, 7) + column));

    // tanh z = e/(e + 2) with e = exp(2z) − 1: without cancellation at small z.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Tangent(Vector512<double> z)
    {
        var e = VectorExponential.MinusOne(z + z);
        return e / (e + Vector512.Create(2.0));
    }
}
