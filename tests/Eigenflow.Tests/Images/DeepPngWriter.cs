using System.Buffers.Binary;
using System.IO.Compression;

namespace Eigenflow.Tests.Images;

/// <summary>Writes PNG images with 16 bits per channel; every row has another filter.</summary>
internal static class DeepPngWriter
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static void Write(string path, int width, int height, int channels, bool isInterlaced, Func<int, int, int, ushort> value)
    {
        using var stream = File.Create(path);
        stream.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Chunk(stream, "IHDR"u8, [.. Big((uint)width), .. Big((uint)height), 16, channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 }, 0, 0, isInterlaced ? (byte)1 : (byte)0]);
        Chunk(stream, "tEXt"u8, "Title\0a"u8.ToArray());
        using var packed = new MemoryStream();
        using (var data = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (startX, startY, stepX, stepY) in isInterlaced ? Passes : [(0, 0, 1, 1)])
            {
                int[] columns = [.. Enumerable.Range(0, width).Where(x => x >= startX && (x - startX) % stepX == 0)];
                var above = new byte[2 * channels * columns.Length];
                for (var y = startY; y < height && columns.Length > 0; y += stepY)
                {
                    byte[] line = [.. columns.SelectMany(x => Enumerable.Range(0, channels).SelectMany(channel => new[] { (byte)(value(x, y, channel) >> 8), (byte)value(x, y, channel) }))];
                    data.WriteByte((byte)(y % 5));
                    data.Write(Filter(y % 5, line, above, 2 * channels));
                    above = line;
                }
            }
        }

        // In two parts, as encoders do.
        var bytes = packed.ToArray();
        Chunk(stream, "IDAT"u8, bytes[..(bytes.Length / 2)]);
        Chunk(stream, "IDAT"u8, bytes[(bytes.Length / 2)..]);
        Chunk(stream, "IEND"u8, []);
    }

    private static byte[] Filter(int filter, byte[] line, byte[] above, int pixel)
    {
        var result = new byte[line.Length];
        for (var k = 0; k < line.Length; k++)
        {
            int left = k < pixel ? 0 : line[k - pixel], up = above[k], corner = k < pixel ? 0 : above[k - pixel];
            var estimate = left + up - corner;
            var nearest = new[] { left, up, corner }.MinBy(one => Math.Abs(estimate - one));
            result[k] = (byte)(line[k] - filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => nearest });
        }

        return result;
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> name, byte[] data)
    {
        stream.Write(Big((uint)data.Length));
        stream.Write(name);
        stream.Write(data);

        // The checksum of a chunk is not looked at: that of the data is.
        stream.Write(Big(0));
    }

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
