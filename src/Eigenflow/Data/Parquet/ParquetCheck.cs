using System.Buffers.Binary;

namespace Eigenflow.Data;

/// <summary>
/// Looks through a Parquet file before a reader of the format is let at it: footer, places of columns and heads of pages must agree with each other and with the length of the file, so that no damaged
/// or hostile number decides how much is read or allocated. Work: one pass over heads, no page is decoded.
/// </summary>
internal static class ParquetCheck
{
    // Heads of pages hold two statistics at most, which writers cut.
    private const int LargestHead = 1 << 20;
    private const long SmallPage = 1 << 16, LargePage = 1 << 24;

    /// <summary>Checks a file; its position is where it was afterwards.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="FormatException">What does not agree.</exception>
    public static void Run(Stream stream)
    {
        var position = stream.Position;
        Span<byte> ends = stackalloc byte[12];
        if (stream.Length < ends.Length)
            throw new FormatException($"it has {stream.Length} bytes: no Parquet file is so short");
        stream.Position = 0;
        stream.ReadExactly(ends[..4]);
        stream.Position = stream.Length - 8;
        stream.ReadExactly(ends[4..]);
        if (ends[8..].SequenceEqual("PARE"u8))
            throw new FormatException("its footer is encrypted");
        if (!ends[..4].SequenceEqual("PAR1"u8) || !ends[8..].SequenceEqual("PAR1"u8))
            throw new FormatException("it does not begin and end as a Parquet file does: it is cut off or no Parquet file");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(ends[4..8]);
        if (length == 0 || length > stream.Length - ends.Length)
            throw new FormatException($"it states a footer of {length} bytes, and has {stream.Length} in all");
        var footer = new byte[length];
        var end = stream.Length - 8 - length;
        stream.Position = end;
        stream.ReadExactly(footer);
        var buffer = new byte[256];
        foreach (var chunk in ParquetFooter.Read(footer, end))
            CheckPages(stream, chunk, ref buffer);
        stream.Position = position;
    }

    private static void CheckPages(Stream stream, ParquetChunk chunk, ref byte[] buffer)
    {
        var (place, end, values) = (chunk.Start, chunk.Start + chunk.Length, 0L);
        while (values < chunk.Values)
        {
            var (page, size) = ReadHead(stream, chunk, place, end, ref buffer);
            place += size;
            if (page.Size < 0 || page.Size > end - place)
                throw Wrong(chunk, $"a page of {page.Size} bytes, and {end - place} are left of it");
            if (page.Values < 0 || page.Values > Math.Max(chunk.Values, chunk.Length))
                throw Wrong(chunk, $"a page of {page.Values} values, and {chunk.Values} in all");
            if (page.Unpacked < 0 || page.Unpacked > LargestUnpacked(chunk, page))
                throw Wrong(chunk, $"a page of {page.Size} bytes that becomes {page.Unpacked}");
            place += page.Size;
            if (page.IsData)
                values += page.Values;
        }

        if (values > chunk.Values)
            throw Wrong(chunk, $"pages of {values} values, and {chunk.Values} in all");
    }

    // Plain values, their levels, and what an encoding adds; texts, whose lengths are free, by the bytes that they come from.
    private static long LargestUnpacked(ParquetChunk chunk, ParquetPage page) =>
        !chunk.IsCompressed ? page.Size
        : chunk.Leaf.Width > 0 ? SmallPage + (page.Values * (chunk.Leaf.Width + 8))
        : Math.Max(LargePage, 256 * page.Size);

    private static (ParquetPage Page, int Size) ReadHead(Stream stream, ParquetChunk chunk, long place, long end, ref byte[] buffer)
    {
        while (true)
        {
            var size = (int)Math.Min(buffer.Length, end - place);
            stream.Position = place;
            stream.ReadExactly(buffer, 0, size);
            try
            {
                return ParquetPage.Read(buffer.AsSpan(0, size));
            }
            catch (FormatException) when (size == buffer.Length && size < LargestHead)
            {
                // Longer than most: the next try has all of it.
                buffer = new byte[buffer.Length * 8];
            }
            catch (FormatException exception)
            {
                throw Wrong(chunk, $"a page at byte {place} whose head cannot be read ({exception.Message})");
            }
        }
    }

    private static FormatException Wrong(ParquetChunk chunk, string what) => new($"column '{chunk.Leaf.Path}' has {what}");
}
