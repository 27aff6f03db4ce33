namespace Eigenflow.Data;

/// <summary>
/// Reads the compact protocol of Thrift, in which the headers of Parquet are written, from bytes that may be anything: no length is believed that the bytes behind it cannot hold,
/// so that work and memory are bounded by the number of bytes.
/// </summary>
/// <param name="bytes">What is read.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Types of fields and elements.</summary>
    public const int Stop = 0, True = 1, False = 2, Byte = 3, Integer16 = 4, Integer32 = 5, Integer64 = 6, Double = 7, Binary = 8, List = 9, Set = 10, Map = 11, Struct = 12, Uuid = 13;

    // Headers of Parquet are nested a dozen deep at most.
    private const int MaximumDepth = 32;
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Left => bytes.Length - Position;

    /// <summary>Next field of a structure: its number and type, <see cref="Stop"/> at its end.</summary>
    /// <param name="last">Number of the field before; 0 at the first.</param>
    /// <param name="shape">The structure, whose fields have the types that they have there; null for one that is not known.</param>
    public (int Id, int Type) ReadField(int last, ThriftShape? shape)
    {
        var head = ReadByte();
        if (head == Stop)
            return (0, Stop);
        var step = head >> 4;
        var id = step > 0 ? last + step : checked((int)ReadInteger());
        var type = head & 15;
        if (type is Stop or > Uuid)
            throw new FormatException($"it has a field of the unknown type {type}");
        if (shape?.Find(id) is { } known && (type == False ? True : type) != known.Type)
            throw new FormatException($"its field {id} has the type {type} in place of {known.Type}");
        return (id, type);
    }

    /// <summary>Head of a list or set: how many elements of which type.</summary>
    public (int Count, int Type) ReadList()
    {
        var head = ReadByte();
        var count = head >> 4 == 15 ? ReadVarint() : (ulong)(head >> 4);
        return count <= (ulong)Left ? ((int)count, head & 15) : throw new FormatException($"it states a list of {count} elements, and {Left} bytes are left");
    }

    /// <summary>An integer of any width.</summary>
    public long ReadInteger()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A text or bytes.</summary>
    public ReadOnlySpan<byte> ReadBinary()
    {
        var length = ReadVarint();
        return length <= (ulong)Left ? Take((int)length) : throw new FormatException($"it states {length} bytes, and {Left} are left");
    }

    /// <summary>Passes over a value.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="field">What it must be; null where that is not known.</param>
    /// <param name="depth">How deep it lies.</param>
    public void Skip(int type, ThriftField? field = null, int depth = 0)
    {
        if (depth > MaximumDepth)
            throw new FormatException("its header is nested too deep");
        switch (type)
        {
            case True or False:
                break;
            case Byte:
                Take(1);
                break;
            case Integer16 or Integer32 or Integer64:
                ReadVarint();
                break;
            case Double:
                Take(sizeof(double));
                break;
            case Uuid:
                Take(16);
                break;
            case Binary:
                ReadBinary();
                break;
            case List or Set:
                var (count, element) = ReadList();
                if (count > 0 && field is { Type: List } && element != field.Element)
                    throw new FormatException($"its list {field.Id} has elements of the type {element} in place of {field.Element}");
                for (var k = 0; k < count; k++)
                    SkipElement(element, field, depth);
                break;
            case Map:
                SkipMap(depth);
                break;
            case Struct:
                for (var (id, inner) = ReadField(0, field?.Inner); inner != Stop; (id, inner) = ReadField(id, field?.Inner))
                    Skip(inner, field?.Inner?.Find(id), depth + 1);
                break;
            default:
                throw new FormatException($"it has a value of the unknown type {type}");
        }
    }

    // Truth values take a byte in lists, and none in structures.
    private void SkipElement(int type, ThriftField? field, int depth)
    {
        if (type is True or False)
            Take(1);
        else
            Skip(type, type == Struct ? field : null, depth + 1);
    }

    private void SkipMap(int depth)
    {
        var count = ReadVarint();
        if (count == 0)
            return;
        var types = ReadByte();
        if (count > (ulong)Left)
            throw new FormatException($"it states a map of {count} entries, and {Left} bytes are left");
        for (ulong k = 0; k < count; k++)
        {
            SkipElement(types >> 4, null, depth);
            SkipElement(types & 15, null, depth);
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new FormatException("it has a number of more than 64 bits");
    }

    private int ReadByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
            throw new FormatException("its header ends in the middle");
        var part = bytes.Slice(Position, count);
        Position += count;
        return part;
    }
}
