using System.Buffers.Binary;
using System.Globalization;

namespace Eigenflow.Data;

/// <summary>Decodes one number.</summary>
internal delegate double DecodeNumber(ReadOnlySpan<byte> bytes);

/// <summary>One number in an item of an array.</summary>
/// <param name="Name">Its name in a record; empty in a plain array.</param>
/// <param name="Offset">Its place in the item in bytes.</param>
/// <param name="Width">Its bytes.</param>
/// <param name="Decode">Decodes it.</param>
internal sealed record NpyField(string Name, int Offset, int Width, DecodeNumber Decode);

/// <summary>What an item of a NumPy array consists of: one number, or a record of numbers.</summary>
/// <param name="Size">Bytes of an item.</param>
/// <param name="Fields">Its numbers.</param>
internal sealed record NpyType(int Size, IReadOnlyList<NpyField> Fields)
{
    private const string Readable = "floating-point numbers of 2, 4 or 8 bytes, whole numbers of 1 to 8 bytes, booleans, or records of these: convert it with .astype('float64')";
    private const int MostFields = 1 << 20;
    private const int LettersOfPart = 32;
    private const int LargestItem = 1 << 26;

    /// <summary>Reads the value of 'descr'.</summary>
    /// <exception cref="InputFileException">Values that are no numbers, by their true name.</exception>
    public static NpyType Of(string path, object? description)
    {
        var fields = new List<NpyField>();
        var parts = 0;
        var size = Add(path, description, "", 0, fields, ref parts);
        return fields.Count > 0 ? new NpyType(size, fields) : throw new InputFileException(path, "its records have no fields of numbers", Readable);
    }

    // Adds the numbers of one value and returns its size.
    private static int Add(string path, object? description, string name, int offset, List<NpyField> fields, ref int visited)
    {
        if (description is string code)
            return AddScalar(path, code, name, offset, fields);
        if (description is not List<object?> members)
            throw Malformed(path);

        // A pair of a type and a shape has no fields of its own.
        var size = 0L;
        foreach (var member in members)
        {
            if (member is not List<object?> { Count: 2 or 3 } parts || Name(parts[0]) is not { } own)
                throw Malformed(path);
            var count = parts.Count == 3 ? Count(path, parts[2]) : 1;
            var full = name.Length == 0 ? own : $"{name}.{own}";
            for (var k = 0; k < count; k++)
            {
                size += Add(path, parts[1], parts.Count == 3 ? FormattableString.Invariant($"{full}[{k}]") : full, (int)(offset + size), fields, ref visited);

                // Parts without numbers count too, and so do long names: they could be repeated without an end.
                visited += 1 + (full.Length / LettersOfPart);
                if (visited > MostFields || offset + size > LargestItem)
                    throw new InputFileException(path, "its records have too many fields", FormattableString.Invariant($"at most {MostFields} parts and {LargestItem} bytes in a record"));
            }
        }

        return (int)size;
    }

    // A name, or a title and a name.
    private static string? Name(object? part) => part is List<object?> { Count: 2 } pair ? pair[1] as string : part as string;

    private static long Count(string path, object? shape)
    {
        var sizes = shape is List<object?> list ? list : [shape];
        var count = 1L;
        foreach (var size in sizes)
        {
            if (size is not PythonLiteral.Whole whole || !int.TryParse(whole.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || (count *= value) > MostFields)
                throw Malformed(path);
        }

        return count;
    }

    private static int AddScalar(string path, string code, string name, int offset, List<NpyField> fields)
    {
        var isBig = code.StartsWith('>');
        var kind = code.TrimStart('<', '>', '|', '=');

        // Gaps between aligned fields.
        if (name.Length == 0 || name.EndsWith('.'))
        {
            if (kind.StartsWith('V') && fields.Count + offset > 0 && int.TryParse(kind[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var gap))
                return gap;
        }

        var width = kind.Length == 2 && char.IsAsciiDigit(kind[1]) ? kind[1] - '0' : 0;
        DecodeNumber decode = kind switch
        {
            "f8" => isBig ? BinaryPrimitives.ReadDoubleBigEndian : BinaryPrimitives.ReadDoubleLittleEndian,
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
            _ => throw new InputFileException(path, $"{(name.Length == 0 ? "" : $"the field '{name}' of its records: ")}values of type '{code}' cannot be read: {Describe(kind)}", Readable),
        };
        fields.Add(new NpyField(name, offset, width, decode));
        return width;
    }

    private static string Describe(string kind) => (kind.Length > 0 ? kind[0] : ' ') switch
    {
        'c' => "they are complex numbers",
        'O' => "they are Python objects, stored as a pickle, which could run code",
        'U' or 'S' or 'a' => "they are texts",
        'M' => "they are dates",
        'm' => "they are durations",
        'f' => "they are long doubles, whose bytes depend on the machine",
        'V' => "they are raw bytes, as bfloat16 and other types that NumPy does not know are saved",
        _ => "this type is not known",
    };

    private static InputFileException Malformed(string path) => new(path, "the type of its values ('descr' in the header) cannot be understood", Readable);
}
