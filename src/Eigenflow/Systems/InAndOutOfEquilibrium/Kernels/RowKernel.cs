using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Gradients of linear regression in their rank-one form g_i = (N/s²) x_i (x_i·δ + r_i) + λ(δ + θ*), chain after chain: a row (x_i, r_i, 0 …) meets (δ, 1, 0 …) of one chain in whole vectors from a cache line's beginning,
/// and eight sums over a vector are made at once. Nothing is brought together from eight places, which costs more than the multiplications where there are more than a few columns.
/// </summary>
internal sealed partial class RowKernel : GradientKernel
{
    private readonly AlignedStore table;
    private readonly AlignedStore buffer;
    private readonly double weight;
    private readonly double prior;
    private readonly double[] minimum;

    public RowKernel(double[] rows, double[] residuals, double weight, double prior, double[] minimum)
        : base(minimum.Length)
    {
        (this.weight, this.prior, this.minimum) = (weight, prior, minimum);
        Width = (Dimension + Lanes) / Lanes * Lanes;
        table = new AlignedStore(residuals.Length * Width);
        for (var i = 0; i < residuals.Length; i++)
        {
            rows.AsSpan(i * Dimension, Dimension).CopyTo(table.Span[(i * Width)..]);
            table.Span[(i * Width) + Dimension] = residuals[i];
        }

        buffer = Buffer();
    }

    private RowKernel(RowKernel other)
        : base(other.Dimension)
    {
        (table, Width, weight, prior, minimum) = (other.table, other.Width, other.weight, other.prior, other.minimum);
        buffer = Buffer();
    }

    /// <summary>Numbers of a chain in a state of rows, whose first d are δ: a multiple of eight.</summary>
    public int Width { get; }

    public override int Stride => Width;

    public override GradientKernel Clone() => new RowKernel(this);

    /// <summary>The state of rows in which eight chains are at the minimum.</summary>
    public void Begin(Span<double> rows)
    {
        rows.Clear();
        for (var chain = 0; chain < Lanes; chain++)
            rows[(chain * Width) + Dimension] = 1;
    }

    /// <summary>The state of eight chains as vectors over the chains.</summary>
    /// <param name="rows">The state of rows.</param>
    /// <param name="lanes">Receives d vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ToLanes(ref double rows, ref double lanes)
    {
        ref var turned = ref buffer.Origin;
        for (var column = 0; column < Width; column += Lanes)
            EightRows.Transpose(ref Unsafe.Add(ref rows, column), Width, ref Unsafe.Add(ref turned, column * Lanes), Lanes);
        for (var k = 0; k < Dimension; k++)
            Vector512.LoadUnsafe(ref turned, (nuint)(k * Lanes)).StoreUnsafe(ref lanes, (nuint)(k * Lanes));
    }

    /// <summary>A step of gradient descent on a state of rows: the bits that <see cref="Mean"/> and a step on lanes give.</summary>
    /// <param name="indices">As of <see cref="Mean"/>.</param>
    /// <param name="count">Samples of a batch.</param>
    /// <param name="rows">The state of rows.</param>
    /// <param name="rate">η.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Descend(ref int indices, int count, ref double rows, double rate)
    {
        ref var sums = ref buffer.Origin;
        Sum(ref indices, count, ref rows, ref sums);
        var (scale, step) = (Vector512.Create(weight / count), Vector512.Create(-rate));
        for (nuint at = 0; at < (nuint)Width; at += Lanes)
        {
            // Where no parameter stands all factors are zero.
            ref var own = ref Unsafe.Add(ref Factors, 3 * at);
            Vector512<double> precision = Vector512.LoadUnsafe(ref own), centre = Vector512.LoadUnsafe(ref own, Lanes), factor = scale * Vector512.LoadUnsafe(ref own, 2 * Lanes);
            for (var chain = 0; chain < Lanes; chain++)
            {
                var place = at + (nuint)(chain * Width);
                var delta = Vector512.LoadUnsafe(ref rows, place);
                var gradient = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref sums, place), precision * (delta + centre));
                Vector512.FusedMultiplyAdd(step, gradient, delta).StoreUnsafe(ref rows, place);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Mean(ref int indices, int count, ref double state, ref double gradient)
    {
        ref var lanes = ref buffer.Origin;
        ref var rows = ref Unsafe.Add(ref lanes, Width * Lanes);
        for (var k = 0; k < Dimension; k++)
            Vector512.LoadUnsafe(ref state, (nuint)(k * Lanes)).StoreUnsafe(ref lanes, (nuint)(k * Lanes));
        Vector512<double>.One.StoreUnsafe(ref lanes, (nuint)(Dimension * Lanes));
        for (var k = Dimension + 1; k < Width; k++)
            Vector512<double>.Zero.StoreUnsafe(ref lanes, (nuint)(k * Lanes));
        for (var column = 0; column < Width; column += Lanes)
            EightRows.Transpose(ref Unsafe.Add(ref lanes, column * Lanes), Lanes, ref Unsafe.Add(ref rows, column), Width);
        Sum(ref indices, count, ref rows, ref lanes);
        for (var column = 0; column < Width; column += Lanes)
            EightRows.Transpose(ref Unsafe.Add(ref lanes, column), Width, ref Unsafe.Add(ref rows, column * Lanes), Lanes);
        var (scale, precision) = (Vector512.Create(weight / count), Vector512.Create(prior));
        for (var k = 0; k < Dimension; k++)
        {
            var offset = (nuint)(k * Lanes);
            var pull = precision * (Vector512.LoadUnsafe(ref state, offset) + Vector512.Create(minimum[k]));
            Vector512.FusedMultiplyAdd(scale, Vector512.LoadUnsafe(ref rows, offset), pull).StoreUnsafe(ref gradient, offset);
        }
    }

    // The places of the buffer: two states, the factors of a step, and residuals.
    private ref double Factors => ref Unsafe.Add(ref buffer.Origin, 2 * Width * Lanes);

    private ref double Residuals => ref Unsafe.Add(ref Factors, 3 * Width);

    private AlignedStore Buffer()
    {
        var store = new AlignedStore((2 * Width * Lanes) + (3 * Width) + (Part * Lanes));
        for (var k = 0; k < Dimension; k++)
        {
            var factors = store.Span[((2 * Width * Lanes) + (k / Lanes * 3 * Lanes) + (k % Lanes))..];
            (factors[0], factors[Lanes], factors[2 * Lanes]) = (prior, minimum[k], 1);
        }

        return store;
    }
}
