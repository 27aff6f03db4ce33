using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Gradients of the mean: g_i = (N/s²)(δ − (x_i − θ*)) + λ(δ + θ*).</summary>
internal sealed class MeanKernel : GradientKernel
{
    private readonly double[] table;
    private readonly int width;
    private readonly double weight;
    private readonly double prior;
    private readonly double[] minimum;

    public MeanKernel(double[] deviations, int samples, double weight, double prior, double[] minimum)
        : base(deviations.Length / samples)
    {
        (table, width) = Padded(deviations, Dimension, []);
        (this.weight, this.prior, this.minimum) = (weight, prior, minimum);
    }

    public override int Stride => width;

    public override GradientKernel Clone() => this;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Mean(ref int indices, int count, ref double state, ref double gradient)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(table);
        var d = Dimension;
        var (scale, precision, total) = (Vector512.Create(-weight / count), Vector512.Create(prior), Vector512.Create(weight));
        for (var column = 0; column < d; column += 4)
        {
            Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (var sample = 0; sample < count; sample++)
            {
                Gather(ref Unsafe.Add(ref rows, column), ref Unsafe.Add(ref indices, sample * Lanes), out var c0, out var c1, out var c2, out var c3);
                s0 += c0;
                s1 += c1;
                s2 += c2;
                s3 += c3;
            }

            for (var k = column; k < Math.Min(column + 4, d); k++)
            {
                var sum = (k - column) switch { 0 => s0, 1 => s1, 2 => s2, _ => s3 };
                var delta = Vector512.LoadUnsafe(ref state, (nuint)(k * Lanes));
                var pull = precision * (delta + Vector512.Create(minimum[k]));
                Vector512.FusedMultiplyAdd(scale, sum, Vector512.FusedMultiplyAdd(total, delta, pull)).StoreUnsafe(ref gradient, (nuint)(k * Lanes));
            }
        }
    }
}
