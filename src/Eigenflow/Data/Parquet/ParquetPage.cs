namespace Eigenflow.Data;

/// <summary>Head of a page of a Parquet file.</summary>
/// <param name="Values">Number of values, missing ones included.</param>
/// <param name="Size">Bytes behind the head.</param>
/// <param name="Unpacked">What they become when they are decompressed.</param>
/// <param name="IsData">Whether it holds values of rows, and not a dictionary or an index.</param>
internal readonly record struct ParquetPage(long Values, long Size, long Unpacked, bool IsData)
{
    /// <summary>Reads a head from the first of some bytes.</summary>
    /// <returns>The head and its length.</returns>
    /// <exception cref="FormatException">No head, or longer than these bytes.</exception>
    public static (ParquetPage Page, int Length) Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CompactReader(bytes);
        var (kind, size, unpacked, values, levels) = (-1L, -1L, -1L, -1L, 0L);
        for (var (id, type) = reader.ReadField(0, ThriftShape.Page); type != CompactReader.Stop; (id, type) = reader.ReadField(id, ThriftShape.Page))
        {
            switch (id, type)
            {
                case (1, CompactReader.Integer32):
                    kind = reader.ReadInteger();
                    break;
                case (2, CompactReader.Integer32):
                    unpacked = reader.ReadInteger();
                    break;
                case (3, CompactReader.Integer32):
                    size = reader.ReadInteger();
                    break;
                case (5 or 7 or 8, CompactReader.Struct):
                    (values, levels) = ReadCounts(ref reader, id);
                    break;
                default:
                    reader.Skip(type, ThriftShape.Page.Find(id));
                    break;
            }
        }

        if (kind is < 0 or > 3)
            throw new FormatException($"a page is of the unknown kind {kind}");
        if (kind != 1 && values < 0)
            throw new FormatException("a page states no number of values");
        if (levels < 0 || levels > size)
            throw new FormatException($"a page of {size} bytes states {levels} bytes of levels");
        return (new ParquetPage(Math.Max(values, 0), size, unpacked, kind is 0 or 3), reader.Position);
    }

    // Version 2 keeps the lengths of its levels in the head.
    private static (long Values, long Levels) ReadCounts(ref CompactReader reader, int structure)
    {
        var shape = ThriftShape.Page.Find(structure)?.Inner;
        var (values, definition, repetition) = (-1L, 0L, 0L);
        for (var (id, type) = reader.ReadField(0, shape); type != CompactReader.Stop; (id, type) = reader.ReadField(id, shape))
        {
            if (type != CompactReader.Integer32 || !(id == 1 || (structure == 8 && id is 5 or 6)))
            {
                reader.Skip(type, shape?.Find(id));
                continue;
            }

            var value = reader.ReadInteger();
            if (id == 1)
                values = value;
            else if (id == 5)
                definition = value;
            else
                repetition = value;
        }

        return (values, definition < 0 || repetition < 0 ? -1 : definition + repetition);
    }
}
