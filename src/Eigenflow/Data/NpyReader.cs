using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Eigenflow.Data;

/// <summary>Reads the headers of one- and two-dimensional arrays of numbers in the .npy format, versions 1 to 3, and decodes their numbers, of either byte order.</summary>
internal static partial class NpyReader
{
    private const string Expected = "a .npy file with a one- or two-dimensional array of numbers";
    private const int LargestHeader = 1 << 20;

    /// <summary>Reads the header and checks that the file holds as many numbers as it promises; the stream stands at the first number then.</summary>
    public static NpyHeader Open(string path, FileStream stream)
    {
        var (descriptor, isFortran, rows, columns) = ReadHeader(path, stream);
        var decode = Decoder(path, descriptor, out var width);
        var available = (stream.Length - stream.Position) / width;
        if (available != (long)rows * columns)
            throw new InputFileException(path, $"the header promises {(long)rows * columns} numbers, the file holds {available}", "as many numbers as the shape in the header says");
        if (rows == 0 || columns == 0)
            throw new InputFileException(path, "it holds no numbers", Expected);
        return new NpyHeader(rows, columns, isFortran, stream.Position, width, decode);
    }

    private static (string Descriptor, bool IsFortran, int Rows, int Columns) ReadHeader(string path, FileStream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !IsMagic(start))
            throw new InputFileException(path, "it does not begin with the mark of the .npy format", Expected);
        Span<byte> length = stackalloc byte[4];
        length.Clear();
        var lengthBytes = start[6] == 1 ? 2 : 4;
        if (start[6] is < 1 or > 3 || stream.ReadAtLeast(length[..lengthBytes], lengthBytes, throwOnEndOfStream: false) < lengthBytes)
            throw new InputFileException(path, $"the header of version {start[6]} cannot be read", "version 1, 2 or 3 of the .npy format");
        var headerLength = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (headerLength > LargestHeader || headerLength > stream.Length - stream.Position)
            throw new InputFileException(path, "the file ends within its header", Expected);
        var bytes = new byte[headerLength];
        stream.ReadExactly(bytes);
        var header = Encoding.UTF8.GetString(bytes);
        var descriptor = DescriptorPattern().Match(header);
        var order = OrderPattern().Match(header);
        var shape = ShapePattern().Match(header);
        if (!descriptor.Success || !order.Success || !shape.Success)
            throw new InputFileException(path, "the header lacks 'descr', 'fortran_order' or 'shape'", Expected);
        var sizes = shape.Groups["value"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (sizes.Length is < 1 or > 2)
            throw new InputFileException(path, $"the array has {sizes.Length} dimensions", Expected);
        var counts = new int[2] { 1, 1 };
        for (var k = 0; k < sizes.Length; k++)
        {
            if (!int.TryParse(sizes[k], NumberStyles.None, CultureInfo.InvariantCulture, out counts[k]))
                throw new InputFileException(path, $"the size '{sizes[k]}' in the header is not a whole number below 2^31", Expected);
        }

        return (descriptor.Groups["value"].Value, string.Equals(order.Groups["value"].Value, "True", StringComparison.Ordinal), counts[0], counts[1]);
    }

    private static bool IsMagic(ReadOnlySpan<byte> start) => start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8);

    private static DecodeNumber Decoder(string path, string descriptor, out int width)
    {
        var isBig = descriptor.StartsWith('>');
        var kind = descriptor.TrimStart('<', '>', '|', '=');
        width = kind.Length == 2 && char.IsAsciiDigit(kind[1]) ? kind[1] - '0' : 0;
        return kind switch
        {
            "f8" => isBig ? bytes => BinaryPrimitives.ReadDoubleBigEndian(bytes) : bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            "f4" => isBig ? bytes => BinaryPrimitives.ReadSingleBigEndian(bytes) : bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            "f2" => isBig ? bytes => (double)BinaryPrimitives.ReadHalfBigEndian(bytes) : bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            "i8" => isBig ? bytes => BinaryPrimitives.ReadInt64BigEndian(bytes) : bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            "i4" => isBig ? bytes => BinaryPrimitives.ReadInt32BigEndian(bytes) : bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            "i2" => isBig ? bytes => BinaryPrimitives.ReadInt16BigEndian(bytes) : bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            "u8" => isBig ? bytes => BinaryPrimitives.ReadUInt64BigEndian(bytes) : bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            "u4" => isBig ? bytes => BinaryPrimitives.ReadUInt32BigEndian(bytes) : bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            "u2" => isBig ? bytes => BinaryPrimitives.ReadUInt16BigEndian(bytes) : bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            "i1" => bytes => (sbyte)bytes[0],
            "u1" or "b1" => bytes => bytes[0],
            _ => throw new InputFileException(path, $"numbers of type '{descriptor}' cannot be read", "floating-point numbers of 2, 4 or 8 bytes, whole numbers of 1 to 8 bytes, or booleans"),
        };
    }

    [GeneratedRegex("'descr'\\s*:\\s*'(?<value>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DescriptorPattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(?<value>True|False)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\((?<value>[^)]*)\\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShapePattern();
}

/// <summary>Decodes one number.</summary>
internal delegate double DecodeNumber(ReadOnlySpan<byte> bytes);

/// <summary>What the header of a .npy file says.</summary>
/// <param name="Rows">Rows ≥ 1.</param>
/// <param name="Columns">Columns ≥ 1; one for a one-dimensional array.</param>
/// <param name="IsFortran">Whether numbers stand column by column.</param>
/// <param name="Start">Place of the first number in bytes.</param>
/// <param name="Width">Bytes of a number.</param>
/// <param name="Decode">Decodes a number.</param>
internal sealed record NpyHeader(int Rows, int Columns, bool IsFortran, long Start, int Width, DecodeNumber Decode);
