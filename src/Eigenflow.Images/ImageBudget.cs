using System.Buffers.Binary;
using System.Globalization;

namespace Eigenflow.Images;

/// <summary>What one image may cost, told from its first bytes: a file of a hundred bytes can promise 65535² pixels, and one of a megabyte a thousand passes over all of them.</summary>
internal static class ImageBudget
{
    private const double LargestBytes = 1 << 28;
    private const double LargestWork = 4e9;
    private const int PngHeader = 33;
    private static readonly byte[] PngMark = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'];

    /// <summary>What is wrong with a PNG or JPEG image before it is decoded; null when nothing is. Other files are not looked at.</summary>
    /// <param name="stream">Stands at the first byte, and does so again afterwards.</param>
    public static string? Problem(Stream stream)
    {
        Span<byte> head = stackalloc byte[PngHeader];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        string? problem = null;
        if (read == PngHeader && head.StartsWith(PngMark))
        {
            // Of 16 bits the stored channels are kept, of fewer four bytes.
            var channels = head[25] switch { 0 => 1, 4 => 2, 2 => 3, _ => 4 };
            problem = Size(BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]), head[24] == 16 ? 2 * channels : 4);
        }
        else if (read > 3 && head[0] == 0xFF && head[1] == 0xD8)
        {
            problem = OfJpeg(stream);
        }

        stream.Position = 0;
        return problem;
    }

    /// <summary>What is wrong with a number of pixels; null when nothing is.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bytes">Bytes of a decoded pixel.</param>
    public static string? Size(uint width, uint height, int bytes)
    {
        var needed = (double)width * height * bytes;
        return needed <= LargestBytes
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"its {width} × {height} pixels need {needed / 1e6:0} MB, and an image may need {LargestBytes / 1e6:0} MB: cut it into parts, or make it smaller");
    }

    // The frame says how large it is; every scan passes over it. Within the data of a scan 0xFF is followed by 0, so that marks are marks.
    private static string? OfJpeg(Stream stream)
    {
        const int Chunk = 1 << 16;
        stream.Position = 2;
        Span<byte> segment = stackalloc byte[9];
        uint width = 0, height = 0;
        while (stream.ReadAtLeast(segment[..4], 4, throwOnEndOfStream: false) == 4 && segment[0] == 0xFF)
        {
            var (mark, length) = (segment[1], BinaryPrimitives.ReadUInt16BigEndian(segment[2..]));
            if (mark == 0xFF)
            {
                // Filling between segments.
                stream.Position -= 3;
                continue;
            }

            if (mark is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && stream.ReadAtLeast(segment[4..], 5, throwOnEndOfStream: false) == 5)
            {
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
                stream.Position -= 5;
            }

            if (mark == 0xDA || length < 2)
                break;
            stream.Position += length - 2;
        }

        if (Size(width, height, 4) is { } problem)
            return problem;
        var (scans, last) = (1L, (byte)0);
        var buffer = new byte[Chunk];
        for (int read; (read = stream.Read(buffer)) > 0; last = buffer[read - 1])
        {
            scans += last == 0xFF && buffer[0] == 0xDA ? 1 : 0;
            scans += buffer.AsSpan(0, read).Count((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        }

        return (double)scans * width * height <= LargestWork
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"its {width} × {height} pixels are passed over {scans} times, and an image may need {LargestWork:0e0} steps: save it as PNG, or as JPEG that is not progressive");
    }
}
