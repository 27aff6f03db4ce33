using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <content>The sums, which are compiled for rows of one vector, of two and of more: the first two stay in registers.</content>
internal sealed partial class RowKernel
{
    // Samples between residuals and sums.
    private const int Part = 64;

    private interface IVectors
    {
        static abstract bool HasSecond { get; }

        static abstract bool HasMore { get; }
    }

    // Σ (x·δ + r)(x, r) over the batches of the eight chains.
    private void Sum(ref int offsets, int count, ref double states, ref double sums)
    {
        if (Width == Lanes)
            Sum<OneVector>(ref offsets, count, ref states, ref sums);
        else if (Width == 2 * Lanes)
            Sum<TwoVectors>(ref offsets, count, ref states, ref sums);
        else
            Sum<ManyVectors>(ref offsets, count, ref states, ref sums);
    }

    // Residuals first and sums after them: a sum of rows at once would wait for its residuals, and they for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum<T>(ref int offsets, int count, ref double states, ref double sums)
        where T : struct, IVectors
    {
        ref var rows = ref table.Origin;
        ref var residuals = ref Residuals;
        var width = T.HasMore ? Width : T.HasSecond ? 2 * Lanes : Lanes;
        for (var first = 0; first < count; first += Part)
        {
            var size = Math.Min(Part, count - first);
            var whole = size & -Lanes;
            ref var chosen = ref Unsafe.Add(ref offsets, first * Lanes);

            // Eight samples of a chain at once, and what is left one sample of all eight chains at once.
            for (var chain = 0; chain < Lanes; chain++)
            {
                for (var sample = 0; sample < whole; sample += Lanes)
                    EightSamples<T>(ref rows, ref Unsafe.Add(ref chosen, (sample * Lanes) + chain), ref Unsafe.Add(ref states, chain * width), width).StoreUnsafe(ref residuals, (nuint)((sample + chain) * Lanes));
            }

            for (var sample = whole; sample < size; sample++)
                EightChains<T>(ref rows, ref Unsafe.Add(ref chosen, sample * Lanes), ref states, width).StoreUnsafe(ref residuals, (nuint)(sample * Lanes));
            for (var chain = 0; chain < Lanes; chain++)
                Add<T>(ref rows, ref Unsafe.Add(ref chosen, chain), whole, size, ref Unsafe.Add(ref residuals, chain * Lanes), ref Unsafe.Add(ref residuals, chain), ref Unsafe.Add(ref sums, chain * width), width, first > 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> EightChains<T>(ref double rows, ref int chosen, ref double states, int width)
        where T : struct, IVectors => EightRows.Sums(
            Product<T>(ref rows, ref chosen, ref states, 0, width), Product<T>(ref rows, ref chosen, ref states, 1, width), Product<T>(ref rows, ref chosen, ref states, 2, width), Product<T>(ref rows, ref chosen, ref states, 3, width),
            Product<T>(ref rows, ref chosen, ref states, 4, width), Product<T>(ref rows, ref chosen, ref states, 5, width), Product<T>(ref rows, ref chosen, ref states, 6, width), Product<T>(ref rows, ref chosen, ref states, 7, width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> EightSamples<T>(ref double rows, ref int chosen, ref double state, int width)
        where T : struct, IVectors => EightRows.Sums(
            Product<T>(ref Row(ref rows, ref chosen, 0), ref state, width), Product<T>(ref Row(ref rows, ref chosen, 1), ref state, width), Product<T>(ref Row(ref rows, ref chosen, 2), ref state, width), Product<T>(ref Row(ref rows, ref chosen, 3), ref state, width),
            Product<T>(ref Row(ref rows, ref chosen, 4), ref state, width), Product<T>(ref Row(ref rows, ref chosen, 5), ref state, width), Product<T>(ref Row(ref rows, ref chosen, 6), ref state, width), Product<T>(ref Row(ref rows, ref chosen, 7), ref state, width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Product<T>(ref double rows, ref int chosen, ref double states, int chain, int width)
        where T : struct, IVectors => Product<T>(ref Unsafe.Add(ref rows, Unsafe.Add(ref chosen, chain)), ref Unsafe.Add(ref states, chain * width), width);

    // The products of a row and a state, eight sums of which are still to be added up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Product<T>(ref double row, ref double state, int width)
        where T : struct, IVectors
    {
        var sum = Vector512.LoadUnsafe(ref state) * Vector512.LoadUnsafe(ref row);
        if (T.HasSecond)
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref state, Lanes), Vector512.LoadUnsafe(ref row, Lanes), sum);
        if (T.HasMore)
        {
            for (nuint at = 2 * Lanes; at < (nuint)width; at += Lanes)
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref state, at), Vector512.LoadUnsafe(ref row, at), sum);
        }

        return sum;
    }

    // Rows times residuals of a chain: eight samples at a time with residuals side by side, and the rest with residuals of the same sample side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(ref double rows, ref int chosen, int whole, int size, ref double residuals, ref double rest, ref double sum, int width, bool isAdded)
        where T : struct, IVectors
    {
        Vector512<double> s0 = default, s1 = default, t0 = default, t1 = default;
        if (isAdded)
        {
            s0 = Vector512.LoadUnsafe(ref sum);
            if (T.HasSecond)
                t0 = Vector512.LoadUnsafe(ref sum, Lanes);
        }

        for (var sample = 0; sample < whole; sample += Lanes)
        {
            ref var own = ref Unsafe.Add(ref chosen, sample * Lanes);
            ref var error = ref Unsafe.Add(ref residuals, sample * Lanes);
            Add<T>(ref Row(ref rows, ref own, 0), Unsafe.Add(ref error, 0), ref s0, ref t0);
            Add<T>(ref Row(ref rows, ref own, 1), Unsafe.Add(ref error, 1), ref s1, ref t1);
            Add<T>(ref Row(ref rows, ref own, 2), Unsafe.Add(ref error, 2), ref s0, ref t0);
            Add<T>(ref Row(ref rows, ref own, 3), Unsafe.Add(ref error, 3), ref s1, ref t1);
            Add<T>(ref Row(ref rows, ref own, 4), Unsafe.Add(ref error, 4), ref s0, ref t0);
            Add<T>(ref Row(ref rows, ref own, 5), Unsafe.Add(ref error, 5), ref s1, ref t1);
            Add<T>(ref Row(ref rows, ref own, 6), Unsafe.Add(ref error, 6), ref s0, ref t0);
            Add<T>(ref Row(ref rows, ref own, 7), Unsafe.Add(ref error, 7), ref s1, ref t1);
        }

        for (var sample = whole; sample < size; sample++)
            Add<T>(ref Unsafe.Add(ref rows, Unsafe.Add(ref chosen, sample * Lanes)), Unsafe.Add(ref rest, sample * Lanes), ref s0, ref t0);
        (s0 + s1).StoreUnsafe(ref sum);
        if (T.HasSecond)
            (t0 + t1).StoreUnsafe(ref sum, Lanes);
        if (!T.HasMore)
            return;
        for (nuint at = 2 * Lanes; at < (nuint)width; at += Lanes)
        {
            var even = isAdded ? Vector512.LoadUnsafe(ref sum, at) : Vector512<double>.Zero;
            var odd = Vector512<double>.Zero;
            for (var sample = 0; sample < whole; sample += 2)
            {
                ref var error = ref Unsafe.Add(ref residuals, ((sample & -Lanes) * Lanes) + (sample % Lanes));
                even = Vector512.FusedMultiplyAdd(Vector512.Create(error), Vector512.LoadUnsafe(ref Row(ref rows, ref chosen, sample), at), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref error, 1)), Vector512.LoadUnsafe(ref Row(ref rows, ref chosen, sample + 1), at), odd);
            }

            for (var sample = whole; sample < size; sample++)
                even = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref rest, sample * Lanes)), Vector512.LoadUnsafe(ref Row(ref rows, ref chosen, sample), at), even);
            (even + odd).StoreUnsafe(ref sum, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(ref double row, double residual, ref Vector512<double> first, ref Vector512<double> second)
        where T : struct, IVectors
    {
        var error = Vector512.Create(residual);
        first = Vector512.FusedMultiplyAdd(error, Vector512.LoadUnsafe(ref row), first);
        if (T.HasSecond)
            second = Vector512.FusedMultiplyAdd(error, Vector512.LoadUnsafe(ref row, Lanes), second);
    }

    // Row of the k-th sample of a chain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref double Row(ref double rows, ref int chosen, int k) => ref Unsafe.Add(ref rows, Unsafe.Add(ref chosen, k * Lanes));

    private readonly struct OneVector : IVectors
    {
        public static bool HasSecond => false;

        public static bool HasMore => false;
    }

    private readonly struct TwoVectors : IVectors
    {
        public static bool HasSecond => true;

        public static bool HasMore => false;
    }

    private readonly struct ManyVectors : IVectors
    {
        public static bool HasSecond => true;

        public static bool HasMore => true;
    }
}
