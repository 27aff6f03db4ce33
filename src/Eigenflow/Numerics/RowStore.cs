using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Eigenflow.Numerics;

/// <summary>Rows of numbers in one array that begins at a cache line; rows are padded with zeros to whole groups, so that loops over them need no rest.</summary>
internal sealed class RowStore<T>
    where T : unmanaged
{
    /// <summary>Numbers per group: two vectors of 64 bytes of single precision.</summary>
    public const int Group = 32;

    private readonly T[] array;
    private readonly int offset;

    public RowStore(int count, int columns)
    {
        Count = count;
        Stride = (columns + Group - 1) & ~(Group - 1);
        array = GC.AllocateArray<T>(checked((count * Stride) + (64 / Unsafe.SizeOf<T>())), pinned: true);
        offset = (int)((64 - (Marshal.UnsafeAddrOfPinnedArrayElement(array, 0).ToInt64() & 63)) & 63) / Unsafe.SizeOf<T>();
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Numbers from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>A row with its padding.</summary>
    public Span<T> Row(int index) => array.AsSpan(offset + (index * Stride), Stride);

    /// <summary>The first number of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Origin(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), offset + ((nint)index * Stride));
}
