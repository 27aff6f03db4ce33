using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Sums over the recorded time units of a block: moments, circulation, and the entropy production of windows. All are numbers of one array, which is the state to keep.</summary>
internal sealed class ChainMeasure
{
    private const int Lanes = GradientKernel.Lanes;

    private readonly ChainPlan plan;
    private readonly ChainRow shape;
    private readonly double[] pair;
    private readonly double[] boundary;
    private readonly double[] mean;
    private readonly double[] centred;
    private readonly double[] widths;
    private readonly bool hasEntropy;
    private readonly int d;
    private readonly int entropySum;
    private readonly int chainNumbers;
    private readonly int tallies;
    private readonly int tallyLength = (3 * Lanes) + 1 + ChainRow.Bins;

    public ChainMeasure(ChainPlan plan)
    {
        (this.plan, shape, d) = (plan, plan.Row, plan.Dimension);
        var weights = plan.Theory.Weights;
        hasEntropy = weights is not null;
        pair = weights?.Pair.ToRowMajorArray() ?? [];
        boundary = weights?.Boundary.ToRowMajorArray() ?? [];
        mean = plan.Theory.Exact.Mean.ToArray();
        centred = new double[2 * d * Lanes];
        widths = [.. plan.Windows.Select(window => plan.Spread(window) / ChainRow.BinsPerDeviation)];
        entropySum = 1 + ((shape.Columns + shape.Pairs + shape.Planes) * Lanes);
        chainNumbers = entropySum + Lanes;
        tallies = chainNumbers + (plan.Chains * (1 + (2 * plan.Windows.Count)));
        Numbers = new double[tallies + (plan.Windows.Count * tallyLength)];
    }

    /// <summary>All sums; the first is the number of recorded time units.</summary>
    public double[] Numbers { get; }

    /// <summary>Begins again.</summary>
    public void Clear() => Array.Clear(Numbers);

    /// <summary>Counts a time unit, after all groups were added.</summary>
    public void Count() => Numbers[0]++;

    /// <summary>Adds a time unit of eight chains.</summary>
    /// <param name="group">Number of the group.</param>
    /// <param name="before">δ at the beginning: d vectors.</param>
    /// <param name="after">δ at the end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int group, ref double before, ref double after)
    {
        ref var sums = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Numbers), 1);
        var c = shape.Columns;
        ref var moments = ref Unsafe.Add(ref sums, c * Lanes);
        ref var areas = ref Unsafe.Add(ref moments, shape.Pairs * Lanes);
        int moment = 0, area = 0;
        for (var i = 0; i < c; i++)
        {
            var a = Vector512.LoadUnsafe(ref after, (nuint)(i * Lanes));
            var b = Vector512.LoadUnsafe(ref before, (nuint)(i * Lanes)) * 0.5;
            var half = a * 0.5;
            AddTo(ref sums, i, a);
            AddTo(ref moments, moment++, a * a);
            for (var j = i + 1; j < c; j++)
            {
                var other = Vector512.LoadUnsafe(ref after, (nuint)(j * Lanes));
                AddTo(ref moments, moment++, a * other);
                AddTo(ref areas, area++, Vector512.FusedMultiplyAdd(b, other, -(half * Vector512.LoadUnsafe(ref before, (nuint)(j * Lanes)))));
            }
        }

        if (hasEntropy)
            AddEntropy(group, ref before, ref after);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEntropy(int group, ref double before, ref double after)
    {
        ref var from = ref MemoryMarshal.GetArrayDataReference(centred);
        ref var to = ref Unsafe.Add(ref from, d * Lanes);
        for (var i = 0; i < d; i++)
        {
            var centre = Vector512.Create(mean[i]);
            (Vector512.LoadUnsafe(ref before, (nuint)(i * Lanes)) - centre).StoreUnsafe(ref from, (nuint)(i * Lanes));
            (Vector512.LoadUnsafe(ref after, (nuint)(i * Lanes)) - centre).StoreUnsafe(ref to, (nuint)(i * Lanes));
        }

        var step = Vector512<double>.Zero;
        for (var i = 0; i < d; i++)
        {
            var row = Vector512<double>.Zero;
            for (var j = 0; j < d; j++)
                row = Vector512.FusedMultiplyAdd(Vector512.Create(pair[(i * d) + j]), Vector512.LoadUnsafe(ref to, (nuint)(j * Lanes)), row);
            step = Vector512.FusedMultiplyAdd(row, Vector512.LoadUnsafe(ref from, (nuint)(i * Lanes)), step);
        }

        ref var all = ref MemoryMarshal.GetArrayDataReference(Numbers);
        AddTo(ref Unsafe.Add(ref all, entropySum), 0, step);
        var end = Boundary(ref to);
        ref var own = ref Unsafe.Add(ref all, chainNumbers + (group * Lanes * (1 + (2 * plan.Windows.Count))));
        var isFirst = Numbers[0] == 0;
        var start = isFirst ? Boundary(ref from) : Vector512.LoadUnsafe(ref own);
        end.StoreUnsafe(ref own);
        var units = (long)Numbers[0];
        for (var w = 0; w < plan.Windows.Count; w++)
        {
            ref var sum = ref Unsafe.Add(ref own, (1 + (2 * w)) * Lanes);
            ref var origin = ref Unsafe.Add(ref sum, Lanes);
            if (units % plan.Windows[w] == 0)
            {
                start.StoreUnsafe(ref origin);
                Vector512<double>.Zero.StoreUnsafe(ref sum);
            }

            var running = Vector512.LoadUnsafe(ref sum) + step;
            running.StoreUnsafe(ref sum);
            if ((units + 1) % plan.Windows[w] == 0)
                Tally(ref Unsafe.Add(ref all, tallies + (w * tallyLength)), running + end - Vector512.LoadUnsafe(ref origin), widths[w]);
        }
    }

    private static void Tally(ref double sums, Vector512<double> entropy, double width)
    {
        AddTo(ref sums, 0, VectorExponential.Of(-entropy));
        AddTo(ref sums, 1, entropy);
        AddTo(ref sums, 2, entropy * entropy);
        Unsafe.Add(ref sums, 3 * Lanes) += Lanes;
        ref var bins = ref Unsafe.Add(ref sums, (3 * Lanes) + 1);
        var places = entropy / width;
        for (var lane = 0; lane < Lanes; lane++)
        {
            // What lies beyond the last bins is counted in none.
            var place = Math.Floor(places.GetElement(lane)) + (ChainRow.Bins / 2);
            if (place >= 0 && place < ChainRow.Bins)
                Unsafe.Add(ref bins, (int)place)++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Boundary(ref double x)
    {
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < d; i++)
        {
            var row = Vector512<double>.Zero;
            for (var j = 0; j < d; j++)
                row = Vector512.FusedMultiplyAdd(Vector512.Create(boundary[(i * d) + j]), Vector512.LoadUnsafe(ref x, (nuint)(j * Lanes)), row);
            sum = Vector512.FusedMultiplyAdd(row, Vector512.LoadUnsafe(ref x, (nuint)(i * Lanes)), sum);
        }

        return sum * 0.5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(ref double sums, int number, Vector512<double> value) =>
        (Vector512.LoadUnsafe(ref sums, (nuint)(number * Lanes)) + value).StoreUnsafe(ref sums, (nuint)(number * Lanes));

    /// <summary>Writes the means over the recorded time units into a row; before the first, circulation and entropy production are not numbers.</summary>
    public void Observe(Span<double> row)
    {
        var (units, c) = (Numbers[0], shape.Columns);
        double Mean(int number) => units == 0 ? 0 : Sum(1 + (number * Lanes)) / (units * plan.Chains);
        for (var k = 0; k < c + shape.Pairs; k++)
            row[shape.StationaryMean + k] = Mean(k);
        for (var k = 0; k < shape.Planes; k++)
            row[shape.Circulation + k] = units == 0 ? double.NaN : Mean(c + shape.Pairs + k);
        row[shape.Entropy] = units == 0 ? double.NaN : Sum(entropySum) / (units * plan.Chains);
        for (var w = 0; w < plan.Windows.Count; w++)
        {
            var first = tallies + (w * tallyLength);
            var count = Numbers[first + (3 * Lanes)];
            for (var k = 0; k < 3; k++)
                row[shape.Window(w) + k] = count == 0 ? 0 : Sum(first + (k * Lanes)) / count;
            row[shape.Window(w) + 3] = count;
            for (var k = 0; k < ChainRow.Bins; k++)
                row[shape.Histogram(w) + k] = Numbers[first + (3 * Lanes) + 1 + k];
        }
    }

    private double Sum(int first)
    {
        var sum = 0.0;
        for (var lane = 0; lane < Lanes; lane++)
            sum += Numbers[first + lane];
        return sum;
    }
}
