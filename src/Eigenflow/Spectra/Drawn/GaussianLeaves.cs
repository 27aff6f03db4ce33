using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Random;

namespace Eigenflow.Spectra;

/// <summary>
/// The squares and the products of one or two vectors of standard normal numbers in leaves. They depend on the addresses alone, and neither on a spectrum nor on a dimension: the leaves of the
/// vectors that were used last are kept, so that another exponent or dimension costs O(d / 4096) in place of a pass over all modes. What is kept changes no number.
/// Work of the first use: about 10 ns per mode and thread. Memory: 8 · 48 bytes per 4096 modes.
/// </summary>
internal sealed class GaussianLeaves
{
    /// <summary>Columns: the square of the first vector, the product, the square of the second.</summary>
    public const int ColumnCount = 3;

    private const int LargeCount = ModeLeaves.LargeSize / ModeLeaves.Size;
    private const int Values = ColumnCount * ModeLeaves.NodeCount;

    // Leaves that one thread makes between two looks at the cancellation.
    private const int Piece = 16;
    private const int MostKept = 6;

    // T_k at the modes of a leaf, k after k.
    private static readonly Lazy<double[]> Polynomials = new(MakePolynomials);
    private static readonly double[] CosineTable = MakeCosines();
    private static readonly Lock Gate = new();
    private static readonly LinkedList<GaussianLeaves> Kept = [];

    private readonly GaussianAddress? first;
    private readonly GaussianAddress? second;
    private readonly Lock growing = new();
    private double[] small = [];
    private double[] large = [];
    private int smallCount;

    private GaussianLeaves(GaussianAddress? first, GaussianAddress? second)
    {
        this.first = first;
        this.second = second;
    }

    /// <summary>The leaves of two vectors; null in place of an address is a vector of ones.</summary>
    public static GaussianLeaves Of(GaussianAddress? first, GaussianAddress? second)
    {
        lock (Gate)
        {
            var found = Kept.FirstOrDefault(leaves => leaves.first == first && leaves.second == second);
            if (found is not null)
                Kept.Remove(found);
            else if (Kept.Count == MostKept)
                Kept.RemoveLast();
            return Kept.AddFirst(found ?? new GaussianLeaves(first, second)).Value;
        }
    }

    /// <summary>Makes the leaves of the first modes, as far as they are missing; what was made before a cancellation is kept.</summary>
    public void Prepare(long modes, CancellationToken cancellation)
    {
        var wanted = (int)(modes / ModeLeaves.Size);
        if (Volatile.Read(ref smallCount) >= wanted)
            return;
        lock (growing)
        {
            var count = smallCount;
            if (count >= wanted)
                return;

            // Whole large leaves; readers hold the arrays that they began with.
            var capacity = ((wanted + LargeCount - 1) / LargeCount) * LargeCount;
            if (small.Length < (long)capacity * Values)
            {
                Array.Resize(ref small, capacity * Values);
                Array.Resize(ref large, capacity / LargeCount * Values);
            }

            var chunk = Piece * Environment.ProcessorCount * 8;
            while (count < wanted)
            {
                cancellation.ThrowIfCancellationRequested();
                var (from, to) = (count, Math.Min(wanted, count + chunk));
                Parallel.For(0, ((to - from) + Piece - 1) / Piece, piece => Make(from + (piece * Piece), Math.Min(to, from + ((piece + 1) * Piece))));
                for (var leaf = from / LargeCount; leaf < to / LargeCount; leaf++)
                    Join(leaf);
                count = to;
                Volatile.Write(ref smallCount, count);
            }
        }
    }

    /// <summary>The weights of the nodes of a leaf: column after column.</summary>
    /// <param name="leaf">Its number among those of its size.</param>
    /// <param name="isLarge">Whether it is a large leaf.</param>
    public ReadOnlySpan<double> Weights(long leaf, bool isLarge) => (isLarge ? large : small).AsSpan((int)leaf * Values, Values);

    private void Make(int from, int to)
    {
        var one = new double[ModeLeaves.Size];
        var other = new double[ModeLeaves.Size];
        var columns = new double[ColumnCount * ModeLeaves.Size];
        var moments = new double[ModeLeaves.NodeCount];
        for (var leaf = from; leaf < to; leaf++)
        {
            Fill(first, leaf, one);
            Fill(second, leaf, other);
            for (var k = 0; k < ModeLeaves.Size; k++)
            {
                columns[k] = one[k] * one[k];
                columns[ModeLeaves.Size + k] = one[k] * other[k];
                columns[(2 * ModeLeaves.Size) + k] = other[k] * other[k];
            }

            for (var q = 0; q < ColumnCount; q++)
            {
                for (var k = 0; k < ModeLeaves.NodeCount; k++)
                    moments[k] = Dot(columns, q * ModeLeaves.Size, Polynomials.Value, k * ModeLeaves.Size);
                ToWeights(moments, small.AsSpan(((leaf * ColumnCount) + q) * ModeLeaves.NodeCount, ModeLeaves.NodeCount));
            }
        }
    }

    private static void Fill(GaussianAddress? address, int leaf, double[] values)
    {
        if (address is { } given)
            GaussianGenerator.Fill(given, (long)leaf * ModeLeaves.Size, values);
        else
            Array.Fill(values, 1);
    }

    // The nodes of the small leaves stand for their modes.
    private void Join(int leaf)
    {
        Span<double> moments = stackalloc double[ModeLeaves.NodeCount];
        for (var q = 0; q < ColumnCount; q++)
        {
            moments.Clear();
            for (var part = 0; part < LargeCount; part++)
            {
                var weights = small.AsSpan(((((leaf * LargeCount) + part) * ColumnCount) + q) * ModeLeaves.NodeCount, ModeLeaves.NodeCount);
                for (var j = 0; j < ModeLeaves.NodeCount; j++)
                {
                    var x = ((2 * (part + (0.5 * (1 + Cosine(1, j))))) / LargeCount) - 1;
                    var (older, old) = (0.0, weights[j]);
                    for (var k = 0; k < ModeLeaves.NodeCount; k++)
                    {
                        moments[k] += old;
                        (older, old) = (old, k == 0 ? x * old : (2 * x * old) - older);
                    }
                }
            }

            ToWeights(moments, large.AsSpan(((leaf * ColumnCount) + q) * ModeLeaves.NodeCount, ModeLeaves.NodeCount));
        }
    }

    // W_j = (1/K) (M₀ + 2 Σ_{k ≥ 1} T_k(x_j) M_k): see SpectralCompression.
    private static void ToWeights(ReadOnlySpan<double> moments, Span<double> weights)
    {
        for (var j = 0; j < ModeLeaves.NodeCount; j++)
        {
            var sum = 0.0;
            for (var k = ModeLeaves.NodeCount - 1; k >= 1; k--)
                sum += moments[k] * Cosine(k, j);
            weights[j] = (moments[0] + (2 * sum)) / ModeLeaves.NodeCount;
        }
    }

    // T_k at node j.
    private static double Cosine(int k, int j) => CosineTable[(k * ModeLeaves.NodeCount) + j];

    private static double[] MakeCosines()
    {
        var table = new double[ModeLeaves.NodeCount * ModeLeaves.NodeCount];
        for (var k = 0; k < ModeLeaves.NodeCount; k++)
        {
            for (var j = 0; j < ModeLeaves.NodeCount; j++)
                table[(k * ModeLeaves.NodeCount) + j] = Math.Cos(k * Math.PI * (j + 0.5) / ModeLeaves.NodeCount);
        }

        return table;
    }

    private static double[] MakePolynomials()
    {
        var values = new double[ModeLeaves.NodeCount * ModeLeaves.Size];
        for (var i = 0; i < ModeLeaves.Size; i++)
        {
            var x = (i - (0.5 * (ModeLeaves.Size - 1))) / (0.5 * ModeLeaves.Size);
            var (older, old) = (0.0, 1.0);
            for (var k = 0; k < ModeLeaves.NodeCount; k++)
            {
                values[(k * ModeLeaves.Size) + i] = old;
                (older, old) = (old, k == 0 ? x : (2 * x * old) - older);
            }
        }

        return values;
    }

    // In eight fixed lanes, four sums each: the same on every machine.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double[] left, int leftAt, double[] right, int rightAt)
    {
        ref var a = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(left), leftAt);
        ref var b = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(right), rightAt);
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (nuint i = 0; i < ModeLeaves.Size; i += 32)
        {
            s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i + 8), Vector512.LoadUnsafe(ref b, i + 8), s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i + 16), Vector512.LoadUnsafe(ref b, i + 16), s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i + 24), Vector512.LoadUnsafe(ref b, i + 24), s3);
        }

        return Vector512.Sum((s0 + s1) + (s2 + s3));
    }
}
