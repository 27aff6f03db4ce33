using System.Text;
using System.Text.Unicode;

namespace Eigenflow.Data;

/// <summary>
/// Lines of a text file without blank lines and comments (their first letter is # or %), ended by a line feed, a carriage return or both. The encoding is that of the byte order mark, else UTF-16 where every other byte is zero,
/// else UTF-8, else Latin-1. A line is at most 2^25 letters, so that a file without line ends needs no more.
/// </summary>
internal sealed class LineReader : IDisposable
{
    private const int LongestLine = 1 << 25;
    private const int Looked = 1 << 16;
    private const int Smallest = 1 << 10;
    private readonly string path;
    private readonly StreamReader reader;
    private char[] buffer;
    private int start;
    private int end;
    private bool isSkippingFeed;

    public LineReader(string path)
    {
        this.path = path;
        var stream = InputFile.Open(path, "text: rows of numbers");
        try
        {
            // Small files need no large memory; those of the system that tell no length do.
            var size = stream.Length > 0 ? (int)Math.Clamp(stream.Length, Smallest, Looked) : Looked;
            buffer = new char[size];
            var bytes = new byte[size];
            var head = bytes.AsSpan(0, stream.ReadAtLeast(bytes, size, throwOnEndOfStream: false));
            if (FileSignature.Name(head) is { } name)
                throw new InputFileException(path, $"it is {name}", "text: rows of numbers");
            var encoding = Guess(head);
            if (encoding is null)
                throw new InputFileException(path, "it holds zero bytes and is no text", "text: rows of numbers");
            stream.Position = 0;
            reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, size);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>1-based number of the last line that was read.</summary>
    public long Number { get; private set; }

    /// <summary>Blank lines that were skipped.</summary>
    public long Blanks { get; private set; }

    /// <summary>The next line; the memory is valid until the next call. False at the end.</summary>
    public bool Next(out ReadOnlySpan<char> line)
    {
        while (NextOfAny(out line))
        {
            var trimmed = line.TrimStart();
            if (!trimmed.IsEmpty && (trimmed[0] is not ('#' or '%') || IsMissing(trimmed)))
                return true;
            Blanks += trimmed.IsEmpty ? 1 : 0;
        }

        return false;
    }

    public void Dispose() => reader.Dispose();

    // A row that begins with a missing value as spreadsheets write it, and no comment.
    private static bool IsMissing(ReadOnlySpan<char> line) =>
        line.StartsWith("#N/A", StringComparison.OrdinalIgnoreCase) || (line.StartsWith("#NA", StringComparison.OrdinalIgnoreCase) && (line.Length == 3 || line[3] is ',' or ';' or '\t' or '|' or ' '));

    private static Encoding? Guess(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.Unicode;
        if (head.Contains((byte)0))
        {
            int even = 0, odd = 0;
            for (var k = 0; k < head.Length; k++)
            {
                even += head[k] == 0 && k % 2 == 0 ? 1 : 0;
                odd += head[k] == 0 && k % 2 == 1 ? 1 : 0;
            }

            return odd > 0.4 * head.Length && even == 0 ? Encoding.Unicode : even > 0.4 * head.Length && odd == 0 ? Encoding.BigEndianUnicode : null;
        }

        // The last letter may be cut off.
        for (var cut = 0; cut <= (head.Length == Looked ? 3 : 0); cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
                return Encoding.UTF8;
        }

        return Encoding.Latin1;
    }

    private bool NextOfAny(out ReadOnlySpan<char> line)
    {
        var searched = start;
        while (true)
        {
            if (isSkippingFeed && start < end)
            {
                if (buffer[start] == '\n')
                    start++;
                searched = Math.Max(searched, start);
                isSkippingFeed = false;
            }

            var found = buffer.AsSpan(searched, end - searched).IndexOfAny('\n', '\r');
            if (found >= 0)
            {
                var stop = searched + found;
                line = buffer.AsSpan(start, stop - start);
                isSkippingFeed = buffer[stop] == '\r';
                start = stop + 1;
                Number++;
                return true;
            }

            searched = end;
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (end, searched, start) = (end - start, searched - start, 0);
            }

            if (end == buffer.Length)
            {
                if (buffer.Length >= LongestLine)
                    throw new InputFileException(path, FormattableString.Invariant($"the line is longer than {LongestLine} letters"), "one row per line; rows that are so long as .npy or .parquet", Number + 1);
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = reader.Read(buffer, end, buffer.Length - end);
            end += read;
            if (read > 0)
                continue;
            line = buffer.AsSpan(start, end - start);
            var isLine = end > start;
            start = end;
            Number += isLine ? 1 : 0;
            return isLine;
        }
    }
}
