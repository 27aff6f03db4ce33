using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Eight consecutive numbers of a vector of any length; the last may be fewer.</summary>
internal static class SpanLanes
{
    /// <summary>Numbers in a register.</summary>
    public const int Count = 8;

    /// <summary>The numbers from a place on.</summary>
    /// <param name="numbers">The vector.</param>
    /// <param name="place">First of them.</param>
    /// <param name="beyond">What stands for numbers beyond the end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ReadOnlySpan<double> numbers, int place, double beyond = 0) =>
        numbers.Length - place >= Count ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(numbers), (nuint)place) : LoadLast(numbers[place..], beyond);

    /// <summary>Writes the numbers from a place on; those beyond the end are left out.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="numbers">The vector.</param>
    /// <param name="place">First of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> values, Span<double> numbers, int place)
    {
        if (numbers.Length - place >= Count)
            values.StoreUnsafe(ref MemoryMarshal.GetReference(numbers), (nuint)place);
        else
            StoreLast(values, numbers[place..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> LoadLast(ReadOnlySpan<double> numbers, double beyond)
    {
        Span<double> whole = stackalloc double[Count];
        whole.Fill(beyond);
        numbers.CopyTo(whole);
        return Vector512.Create<double>(whole);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreLast(Vector512<double> values, Span<double> numbers)
    {
        Span<double> whole = stackalloc double[Count];
        values.CopyTo(whole);
        whole[..numbers.Length].CopyTo(numbers);
    }
}
