using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>The kernel at the lags of all edges before one target, and its means over cells in blocks of eight. Blocks end at the target; the first block may overlap the second, and its lanes must then be masked (<see cref="Mask"/>).</summary>
internal sealed class EdgeKernels(ScheduleCells cells) : IDisposable
{
    private const int Width = VectorKernel.Width;

    private readonly int stride = cells.Times.Length;
    private readonly double[] buffer = ArrayPool<double>.Shared.Rent(VectorKernel.Numbers * cells.Times.Length);
    private double time;
    private double tau;
    private double p;

    /// <summary>Whether a target has enough cells before it.</summary>
    /// <param name="edge">Index of the edge of the target.</param>
    public static bool Holds(int edge) => edge >= Width;

    /// <summary>Computes.</summary>
    /// <param name="edge">Index of the edge of the target, at least eight.</param>
    /// <param name="tau">τ.</param>
    /// <param name="p">p.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int edge, double tau, double p)
    {
        (time, this.tau, this.p) = (cells.Times[edge], tau, p);
        var times = cells.Times;
        var at = Vector512.Create(time);
        var scale = Vector512.Create(tau);
        for (var last = edge + 1; last > 0; last -= Width)
        {
            var first = Math.Max(0, last - Width);
            new VectorKernel(at - Vector512.Create(times.AsSpan(first, Width)), scale, p).Store(buffer, stride, first);
        }
    }

    /// <summary>Ones for the lanes of a block that begins at a cell and counts up to another.</summary>
    /// <param name="first">First cell of the block.</param>
    /// <param name="end">Cell after the last that counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Mask(int first, int end) =>
        Vector512.LessThan(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)(end - first))) & Vector512<double>.One;

    /// <summary>The means over eight cells.</summary>
    /// <param name="first">The first of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorCellMean Mean(int first)
    {
        var spacing = Vector512.Create(cells.Spacings.AsSpan(first, Width));
        var count = Vector512.Create(cells.Counts.AsSpan(first, Width));
        var lag = Vector512.Create(time) - Vector512.Create(cells.Times.AsSpan(first + 1, Width));
        var isSharp = Vector512.GreaterThan(spacing * p, (lag + Vector512.Create(tau)) * PowerKernel.Sharp) & Vector512.GreaterThan(count, Vector512<double>.One);
        return isSharp == Vector512<double>.Zero
            ? VectorKernel.Mean(VectorKernel.Load(buffer, stride, first + 1), VectorKernel.Load(buffer, stride, first), spacing, count)
            : OneByOne(first);
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(buffer);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private VectorCellMean OneByOne(int first)
    {
        Span<double> lanes = stackalloc double[6 * Width];
        for (var lane = 0; lane < Width; lane++)
        {
            var c = first + lane;
            var mean = PowerKernel.Mean(new PowerKernel(time - cells.Times[c + 1], tau, p), new PowerKernel(time - cells.Times[c], tau, p), cells.Spacings[c], cells.Counts[c]);
            (lanes[lane], lanes[Width + lane], lanes[(2 * Width) + lane]) = (mean.Even, mean.Odd, mean.EvenByP);
            (lanes[(3 * Width) + lane], lanes[(4 * Width) + lane], lanes[(5 * Width) + lane]) = (mean.OddByP, mean.EvenByTau, mean.OddByTau);
        }

        return new VectorCellMean(
            Vector512.Create(lanes[..Width]), Vector512.Create(lanes.Slice(Width, Width)), Vector512.Create(lanes.Slice(2 * Width, Width)),
            Vector512.Create(lanes.Slice(3 * Width, Width)), Vector512.Create(lanes.Slice(4 * Width, Width)), Vector512.Create(lanes.Slice(5 * Width, Width)));
    }
}
