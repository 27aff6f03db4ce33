using System.Text;

namespace Eigenflow.Data;

/// <summary>A column of values in the schema of a Parquet file.</summary>
/// <param name="Path">Its name, with those of the groups around it.</param>
/// <param name="Type">Physical type: 0 truth values, 1 and 2 integers of 4 and 8 bytes, 3 of 12, 4 and 5 floating-point numbers, 6 bytes, 7 bytes of fixed length.</param>
/// <param name="Width">Bytes of one value; 0 where they differ.</param>
/// <param name="IsRepeated">Whether a row may hold any number of values.</param>
internal sealed record ParquetLeaf(string Path, int Type, int Width, bool IsRepeated);

/// <summary>Where the values of a column in a row group lie.</summary>
/// <param name="Leaf">The column.</param>
/// <param name="Start">First byte of its pages.</param>
/// <param name="Length">Bytes of its pages.</param>
/// <param name="Values">Number of values, missing ones included.</param>
/// <param name="IsCompressed">Whether pages are compressed.</param>
internal sealed record ParquetChunk(ParquetLeaf Leaf, long Start, long Length, long Values, bool IsCompressed);

/// <summary>What the footer of a Parquet file states, as far as it decides how much a reader reads (Apache Parquet, parquet.thrift).</summary>
internal static class ParquetFooter
{
    private static readonly int[] Widths = [1, 4, 8, 12, 4, 8, 0, 0];

    /// <summary>The chunks of all columns of all row groups.</summary>
    /// <param name="footer">The bytes of the footer.</param>
    /// <param name="end">Bytes of the file before it.</param>
    /// <exception cref="FormatException">Damaged, or not consistent with itself or with the length of the file.</exception>
    public static IReadOnlyList<ParquetChunk> Read(ReadOnlySpan<byte> footer, long end)
    {
        var reader = new CompactReader(footer);
        List<ParquetLeaf>? leaves = null;
        var chunks = new List<ParquetChunk>();
        var (rows, stated) = (0L, 0L);
        for (var (id, type) = reader.ReadField(0, ThriftShape.Footer); type != CompactReader.Stop; (id, type) = reader.ReadField(id, ThriftShape.Footer))
        {
            switch (id, type)
            {
                case (2, CompactReader.List):
                    leaves = ReadSchema(ref reader);
                    break;
                case (3, CompactReader.Integer64):
                    stated = reader.ReadInteger();
                    break;
                case (4, CompactReader.List):
                    var (count, element) = reader.ReadList();
                    Check(element == CompactReader.Struct || count == 0, "its row groups are none");
                    for (var k = 0; k < count; k++)
                        rows = checked(rows + ReadGroup(ref reader, leaves ?? throw new FormatException("it has no schema before its row groups"), end, chunks));
                    break;
                default:
                    reader.Skip(type, ThriftShape.Footer.Find(id));
                    break;
            }
        }

        Check(reader.Left == 0, $"its footer ends {reader.Left} bytes before it is said to");
        Check(leaves is not null, "it has no schema");
        Check(rows == stated, $"it states {stated} rows, and its row groups hold {rows}");
        return chunks;
    }

    private static List<ParquetLeaf> ReadSchema(ref CompactReader reader)
    {
        var (count, element) = reader.ReadList();
        Check(element == CompactReader.Struct && count > 0, "its schema is empty");
        var leaves = new List<ParquetLeaf>();

        // Groups that are open: how many children are still to come, their path, and whether they repeat.
        var open = new Stack<(long Children, string Path, bool IsRepeated)>();
        for (var k = 0; k < count; k++)
        {
            var (type, length, repetition, name, children) = ReadElement(ref reader);
            var (left, path, isRepeated) = k == 0 ? (1L, "", false) : open.Count > 0 ? open.Pop() : throw new FormatException("its schema has more elements than its groups hold");
            if (k > 0)
            {
                open.Push((left - 1, path, isRepeated));
                path = path.Length == 0 ? name : $"{path}.{name}";
                isRepeated |= repetition == 2;
            }

            Check(open.Count <= 64, "its schema is nested too deep");
            if (children > 0 || k == 0)
            {
                open.Push((children, path, isRepeated));
            }
            else
            {
                Check(type is >= 0 and <= 7, $"column '{path}' has the unknown type {type}");
                Check(type != 7 || length is > 0 and <= 1 << 20, $"column '{path}' has values of {length} bytes");
                leaves.Add(new ParquetLeaf(path, (int)type, type == 7 ? (int)length : Widths[type], isRepeated));
            }

            while (open.Count > 0 && open.Peek().Children == 0)
                open.Pop();
        }

        Check(open.Count == 0, "its schema has fewer elements than its groups state");
        return leaves;
    }

    private static (long Type, long Length, long Repetition, string Name, long Children) ReadElement(ref CompactReader reader)
    {
        var (kind, length, repetition, name, children) = (-1L, 0L, 0L, "", 0L);
        for (var (id, type) = reader.ReadField(0, ThriftShape.Element); type != CompactReader.Stop; (id, type) = reader.ReadField(id, ThriftShape.Element))
        {
            switch (id, type)
            {
                case (1, CompactReader.Integer32):
                    kind = reader.ReadInteger();
                    break;
                case (2, CompactReader.Integer32):
                    length = reader.ReadInteger();
                    break;
                case (3, CompactReader.Integer32):
                    repetition = reader.ReadInteger();
                    break;
                case (4, CompactReader.Binary):
                    name = Encoding.UTF8.GetString(reader.ReadBinary());
                    break;
                case (5, CompactReader.Integer32):
                    children = reader.ReadInteger();
                    break;
                default:
                    reader.Skip(type, ThriftShape.Element.Find(id));
                    break;
            }
        }

        Check(repetition is >= 0 and <= 2 && children >= 0, $"column '{name}' is declared in no valid way");
        return (kind, length, repetition, name, children);
    }

    private static long ReadGroup(ref CompactReader reader, List<ParquetLeaf> leaves, long end, List<ParquetChunk> chunks)
    {
        var (rows, first) = (-1L, chunks.Count);
        for (var (id, type) = reader.ReadField(0, ThriftShape.Group); type != CompactReader.Stop; (id, type) = reader.ReadField(id, ThriftShape.Group))
        {
            switch (id, type)
            {
                case (1, CompactReader.List):
                    var (count, element) = reader.ReadList();
                    Check(element == CompactReader.Struct && count == leaves.Count, $"a row group has {count} columns, and the schema {leaves.Count}");
                    for (var k = 0; k < count; k++)
                        chunks.Add(ReadChunk(ref reader, leaves[k], end));
                    break;
                case (3, CompactReader.Integer64):
                    rows = reader.ReadInteger();
                    break;
                default:
                    reader.Skip(type, ThriftShape.Group.Find(id));
                    break;
            }
        }

        Check(rows >= 0, $"a row group states {rows} rows");
        foreach (var chunk in chunks[first..])
            Check(chunk.Leaf.IsRepeated ? chunk.Values >= rows : chunk.Values == rows, $"column '{chunk.Leaf.Path}' states {chunk.Values} values in a row group of {rows} rows");
        return rows;
    }

    private static ParquetChunk ReadChunk(ref CompactReader reader, ParquetLeaf leaf, long end)
    {
        ParquetChunk? chunk = null;
        for (var (id, type) = reader.ReadField(0, ThriftShape.Chunk); type != CompactReader.Stop; (id, type) = reader.ReadField(id, ThriftShape.Chunk))
        {
            Check(id != 1, $"column '{leaf.Path}' lies in another file");
            if ((id, type) == (3, CompactReader.Struct))
                chunk = ReadPlace(ref reader, leaf, end);
            else
                reader.Skip(type, ThriftShape.Chunk.Find(id));
        }

        return chunk ?? throw new FormatException($"column '{leaf.Path}' has no place in a row group");
    }

    private static ParquetChunk ReadPlace(ref CompactReader reader, ParquetLeaf leaf, long end)
    {
        var (kind, codec, values, length, data, dictionary) = (-1L, 0L, -1L, -1L, -1L, 0L);
        for (var (id, type) = reader.ReadField(0, ThriftShape.Place); type != CompactReader.Stop; (id, type) = reader.ReadField(id, ThriftShape.Place))
        {
            if (type is not (CompactReader.Integer32 or CompactReader.Integer64) || id is not (1 or 4 or 5 or 7 or 9 or 11))
            {
                reader.Skip(type, ThriftShape.Place.Find(id));
                continue;
            }

            var value = reader.ReadInteger();
            (kind, codec, values, length, data, dictionary) = id switch
            {
                1 => (value, codec, values, length, data, dictionary),
                4 => (kind, value, values, length, data, dictionary),
                5 => (kind, codec, value, length, data, dictionary),
                7 => (kind, codec, values, value, data, dictionary),
                9 => (kind, codec, values, length, value, dictionary),
                _ => (kind, codec, values, length, data, value),
            };
        }

        Check(kind == leaf.Type, $"column '{leaf.Path}' has the type {kind} in a row group and {leaf.Type} in the schema");
        Check(codec is >= 0 and <= 7, $"column '{leaf.Path}' is compressed in the unknown way {codec}");
        var start = dictionary > 0 && dictionary < data ? dictionary : data;
        Check(values >= 0, $"column '{leaf.Path}' states {values} values");
        Check(start >= 4 && length >= 0 && start <= end && length <= end - start, $"column '{leaf.Path}' is said to lie at bytes {start} to {start + (decimal)length} of {end}");
        return new ParquetChunk(leaf, start, length, values, codec != 0);
    }

    private static void Check(bool isSo, string otherwise)
    {
        if (!isSo)
            throw new FormatException(otherwise);
    }
}
