using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Eigenflow.Numerics;

/// <summary>
/// Doubles that begin at a cache line, so that no load of eight of them straddles two lines (which halves the rate of the loops that stream from the
/// first-level cache). The array is pinned because the collector would move it.
/// </summary>
internal sealed class AlignedStore
{
    private readonly double[] array;
    private readonly int offset;

    /// <param name="length">Number of doubles; all zero.</param>
    public AlignedStore(int length)
    {
        Length = length;
        array = GC.AllocateArray<double>(length + 8, pinned: true);
        offset = (int)((64 - (Marshal.UnsafeAddrOfPinnedArrayElement(array, 0).ToInt64() & 63)) & 63) / sizeof(double);
    }

    public int Length { get; }

    /// <summary>The first.</summary>
    public ref double Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), offset);

    public Span<double> Span => array.AsSpan(offset, Length);
}
