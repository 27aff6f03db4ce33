using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Eigenflow.Data;

/// <summary>Reads the headers of arrays of numbers in the .npy format, versions 1 to 3, as Python 2 and 3 write them.</summary>
internal static class NpyReader
{
    private const string Expected = "a .npy file with an array of numbers";
    private const int LargestHeader = 1 << 20;

    // NumPy's own limit.
    private const int MostAxes = 64;

    /// <summary>Reads the header and checks that the file holds as many numbers as it promises.</summary>
    /// <param name="path">Name for messages.</param>
    /// <param name="stream">Stands at the first byte.</param>
    /// <param name="length">Bytes of the stream.</param>
    public static NpyHeader Open(string path, Stream stream, long length)
    {
        var (description, isFortran, shape, start) = ReadHeader(path, stream, length);
        var type = NpyType.Of(path, description);
        var sizes = Array.ConvertAll(shape, size => Size(path, size));
        if (sizes.Length == 0)
            throw new InputFileException(path, "the array has 0 dimensions: it is a single number", "an array with at least one axis");
        if (sizes.Length > MostAxes)
            throw new InputFileException(path, FormattableString.Invariant($"the array has {sizes.Length} dimensions"), FormattableString.Invariant($"an array with at most {MostAxes} axes"));
        var promised = sizes.Aggregate(BigInteger.One, (product, size) => product * size);
        var available = (length - start) / type.Size;
        if (promised != available)
            throw new InputFileException(path, $"the header promises {promised} {(type.Fields.Count > 1 ? "records" : "numbers")}, the file holds {available}", "as many as the shape in the header says");
        if (promised == 0)
            throw new InputFileException(path, "it holds no numbers", Expected);
        var columns = promised / sizes[0] * type.Fields.Count;
        if (columns > Array.MaxLength)
            throw new InputFileException(path, $"a row of the array has {columns} numbers", FormattableString.Invariant($"at most {Array.MaxLength}"));
        return new NpyHeader(sizes[0], (int)columns, isFortran, start, type, sizes[1..]);
    }

    private static (object? Description, bool IsFortran, PythonLiteral.Whole[] Shape, long Start) ReadHeader(string path, Stream stream, long fileLength)
    {
        Span<byte> start = stackalloc byte[8];
        var read = stream.ReadAtLeast(start, 8, throwOnEndOfStream: false);
        if (read < 8 || start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
            throw new InputFileException(path, $"it does not begin with the mark of the .npy format{(FileSignature.Name(start[..read]) is { } name ? $": it is {name}" : "")}", Expected);
        Span<byte> length = stackalloc byte[4];
        length.Clear();
        var lengthBytes = start[6] == 1 ? 2 : 4;
        if (start[6] is < 1 or > 3 || stream.ReadAtLeast(length[..lengthBytes], lengthBytes, throwOnEndOfStream: false) < lengthBytes)
            throw new InputFileException(path, $"the header of version {start[6]} cannot be read", "version 1, 2 or 3 of the .npy format");
        var headerLength = BinaryPrimitives.ReadUInt32LittleEndian(length);
        var first = 8 + lengthBytes + (long)headerLength;
        if (first > fileLength)
            throw new InputFileException(path, "the file ends within its header", Expected);
        if (headerLength > LargestHeader)
            throw new InputFileException(path, FormattableString.Invariant($"the header has {headerLength} bytes"), FormattableString.Invariant($"a header of at most {LargestHeader} bytes"));
        var bytes = new byte[headerLength];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InputFileException(path, "the file ends within its header", Expected);
        try
        {
            if (PythonLiteral.Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes)) is Dictionary<string, object?> header
                && header.TryGetValue("descr", out var description) && header.TryGetValue("fortran_order", out var order) && order is bool isFortran
                && header.TryGetValue("shape", out var shape) && shape is List<object?> sizes && sizes.TrueForAll(size => size is PythonLiteral.Whole))
            {
                return (description, isFortran, [.. sizes.Cast<PythonLiteral.Whole>()], first);
            }
        }
        catch (FormatException exception)
        {
            throw new InputFileException(path, $"the header cannot be understood ({exception.Message})", Expected, inner: exception);
        }

        throw new InputFileException(path, "the header lacks 'descr', 'fortran_order' or 'shape'", Expected);
    }

    private static int Size(string path, PythonLiteral.Whole size) => int.TryParse(size.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InputFileException(path, $"the size '{NumberText.Shorten(size.Digits)}' in the header is not a whole number below 2^31", Expected);
}

/// <summary>What the header of a .npy file says: the first axis counts rows, the numbers of all others (in C order, and of records) are columns.</summary>
/// <param name="Rows">Rows ≥ 1.</param>
/// <param name="Columns">Columns ≥ 1; one for a one-dimensional array of numbers.</param>
/// <param name="IsFortran">Whether the first axis runs fastest in the file.</param>
/// <param name="Start">Place of the first number in bytes.</param>
/// <param name="Type">What an item consists of.</param>
/// <param name="Inner">Sizes of the axes after the first.</param>
internal sealed record NpyHeader(int Rows, int Columns, bool IsFortran, long Start, NpyType Type, int[] Inner)
{
    /// <summary>Items of a row.</summary>
    public int Items => Columns / Type.Fields.Count;

    /// <summary>In Fortran order the place of an item of a row among the columns of items in the file.</summary>
    public long FortranColumn(int item)
    {
        long place = 0, stride = 1;
        long rest = item;
        var index = new long[Inner.Length];
        for (var axis = Inner.Length - 1; axis >= 0; axis--)
            (rest, index[axis]) = Math.DivRem(rest, Inner[axis]);
        for (var axis = 0; axis < Inner.Length; axis++)
        {
            place += index[axis] * stride;
            stride *= Inner[axis];
        }

        return place;
    }
}
