using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Gradients of linear regression in their rank-one form g_i = (N/s²) x_i (x_i·δ + r_i) + λ(δ + θ*). A row holds x_i and r_i, so that the residual comes with the row.
/// Work per sample and vector of chains: d + 1 columns of eight rows brought together (four columns by 16 moves), and 2d + 1 fused operations.
/// </summary>
internal sealed class RankOneKernel : GradientKernel
{
    private readonly double[] table;
    private readonly int width;
    private readonly double weight;
    private readonly double prior;
    private readonly double[] minimum;
    private readonly double[] columns;

    public RankOneKernel(double[] rows, double[] residuals, double weight, double prior, double[] minimum)
        : base(minimum.Length)
    {
        (table, width) = Padded(rows, minimum.Length, residuals);
        (this.weight, this.prior, this.minimum) = (weight, prior, minimum);
        columns = new double[width * Lanes];
    }

    private RankOneKernel(RankOneKernel other)
        : base(other.Dimension) => (table, width, weight, prior, minimum, columns) = (other.table, other.width, other.weight, other.prior, other.minimum, new double[other.columns.Length]);

    public override GradientKernel Clone() => new RankOneKernel(this);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Mean(ref int indices, int count, ref double state, ref double gradient)
    {
        var d = Dimension;
        ref var rows = ref MemoryMarshal.GetArrayDataReference(table);
        ref var x = ref MemoryMarshal.GetArrayDataReference(columns);
        for (var k = 0; k < d; k++)
            Vector512<double>.Zero.StoreUnsafe(ref gradient, (nuint)(k * Lanes));
        for (var sample = 0; sample < count; sample++)
        {
            ref var chosen = ref Unsafe.Add(ref indices, sample * Lanes);
            var even = Vector512<double>.Zero;
            var odd = Vector512<double>.Zero;
            var column = 0;
            for (; column + 4 <= d; column += 4)
            {
                Gather(ref Unsafe.Add(ref rows, column), ref chosen, width, out var c0, out var c1, out var c2, out var c3);
                ref var delta = ref Unsafe.Add(ref state, column * Lanes);
                ref var kept = ref Unsafe.Add(ref x, column * Lanes);
                even = Vector512.FusedMultiplyAdd(c0, Vector512.LoadUnsafe(ref delta), even);
                odd = Vector512.FusedMultiplyAdd(c1, Vector512.LoadUnsafe(ref delta, Lanes), odd);
                even = Vector512.FusedMultiplyAdd(c2, Vector512.LoadUnsafe(ref delta, 2 * Lanes), even);
                odd = Vector512.FusedMultiplyAdd(c3, Vector512.LoadUnsafe(ref delta, 3 * Lanes), odd);
                c0.StoreUnsafe(ref kept);
                c1.StoreUnsafe(ref kept, Lanes);
                c2.StoreUnsafe(ref kept, 2 * Lanes);
                c3.StoreUnsafe(ref kept, 3 * Lanes);
            }

            Tail(ref Unsafe.Add(ref rows, column), ref chosen, d - column, ref Unsafe.Add(ref state, column * Lanes), ref Unsafe.Add(ref x, column * Lanes), ref even, ref odd);
            var residual = even + odd;
            for (var k = 0; k < d; k++)
            {
                var sum = Vector512.FusedMultiplyAdd(residual, Vector512.LoadUnsafe(ref x, (nuint)(k * Lanes)), Vector512.LoadUnsafe(ref gradient, (nuint)(k * Lanes)));
                sum.StoreUnsafe(ref gradient, (nuint)(k * Lanes));
            }
        }

        var (scale, precision) = (Vector512.Create(weight / count), Vector512.Create(prior));
        for (var k = 0; k < d; k++)
        {
            var offset = (nuint)(k * Lanes);
            var pull = precision * (Vector512.LoadUnsafe(ref state, offset) + Vector512.Create(minimum[k]));
            Vector512.FusedMultiplyAdd(scale, Vector512.LoadUnsafe(ref gradient, offset), pull).StoreUnsafe(ref gradient, offset);
        }
    }

    // The last columns and the residual, which stands right behind them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tail(ref double rows, ref int chosen, int left, ref double delta, ref double kept, ref Vector512<double> even, ref Vector512<double> odd)
    {
        Gather(ref rows, ref chosen, width, out var c0, out var c1, out var c2, out var c3);
        switch (left)
        {
            case 0:
                even += c0;
                break;
            case 1:
                even = Vector512.FusedMultiplyAdd(c0, Vector512.LoadUnsafe(ref delta), even);
                odd += c1;
                c0.StoreUnsafe(ref kept);
                break;
            case 2:
                even = Vector512.FusedMultiplyAdd(c0, Vector512.LoadUnsafe(ref delta), even + c2);
                odd = Vector512.FusedMultiplyAdd(c1, Vector512.LoadUnsafe(ref delta, Lanes), odd);
                c0.StoreUnsafe(ref kept);
                c1.StoreUnsafe(ref kept, Lanes);
                break;
            default:
                even = Vector512.FusedMultiplyAdd(c0, Vector512.LoadUnsafe(ref delta), even);
                odd = Vector512.FusedMultiplyAdd(c1, Vector512.LoadUnsafe(ref delta, Lanes), odd + c3);
                even = Vector512.FusedMultiplyAdd(c2, Vector512.LoadUnsafe(ref delta, 2 * Lanes), even);
                c0.StoreUnsafe(ref kept);
                c1.StoreUnsafe(ref kept, Lanes);
                c2.StoreUnsafe(ref kept, 2 * Lanes);
                break;
        }
    }
}
