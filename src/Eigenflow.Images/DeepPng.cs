using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Eigenflow.Images;

/// <summary>
/// Decodes PNG images with 16 bits per channel, of which the other decoder keeps 8: grey or colour, with or without opacity (which is not used), interlaced or not.
/// Source: the PNG specification (third edition), W3C 2025.
/// </summary>
internal static class DeepPng
{
    private const int Depth = 16;
    private const int Header = 33;

    // Nothing is packed more tightly by the format's compression.
    private const double LargestRatio = 1040;
    private static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'];
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The values of an image, row by row; null when the file is no PNG image of 16 bits per channel.</summary>
    /// <param name="stream">The file at its first byte, within the budget of an image.</param>
    /// <exception cref="InvalidDataException">It is one, and damaged.</exception>
    public static DeepPixels? Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[Header];
        if (stream.ReadAtLeast(start, Header, throwOnEndOfStream: false) < Header || !start.StartsWith(Signature) || !start[12..16].SequenceEqual("IHDR"u8) || start[24] != Depth)
            return null;
        uint width = BinaryPrimitives.ReadUInt32BigEndian(start[16..]), height = BinaryPrimitives.ReadUInt32BigEndian(start[20..]);
        var channels = start[25] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => throw new InvalidDataException("its kind of colour does not exist") };
        var bytes = 2.0 * width * height * channels;
        if (width == 0 || height == 0 || bytes > LargestRatio * stream.Length || bytes > Array.MaxLength)
            throw new InvalidDataException("its size and its data do not belong together");
        if (start[28] > 1)
            throw new InvalidDataException("its order of rows does not exist");

        // From a pool: a folder of large images would else fill the memory before it is collected.
        var pixels = new DeepPixels((int)width, (int)height, channels, ArrayPool<ushort>.Shared.Rent((int)(width * height * channels)));
        try
        {
            Decode(stream, pixels, start[28] == 1);
            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private static void Decode(Stream stream, DeepPixels pixels, bool isInterlaced)
    {
        using var packed = new PngData(stream);
        var sum = new Adler();
        using (var data = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true))
        {
            foreach (var pass in isInterlaced ? Passes : [(0, 0, 1, 1)])
                Unfilter(data, sum, pixels.Samples, pixels.Width, pixels.Channels, pass, pixels.Height);
        }

        // A stream that breaks off gives no error by itself.
        packed.CopyTo(Stream.Null);
        if (packed.Last != sum.Value)
            throw new InvalidDataException("its data are damaged");
    }

    private static void Unfilter(ZLibStream data, Adler sum, ushort[] samples, int width, int channels, (int X, int Y, int StepX, int StepY) pass, int height)
    {
        var across = (width - pass.X + pass.StepX - 1) / pass.StepX;
        if (across <= 0)
            return;
        var pixel = 2 * channels;
        byte[] line = new byte[across * pixel], above = new byte[across * pixel];
        for (var y = pass.Y; y < height; y += pass.StepY)
        {
            var filter = data.ReadByte();
            data.ReadExactly(line);
            sum.Add((byte)filter);
            foreach (var value in line)
                sum.Add(value);
            Undo(filter, line, above, pixel);
            for (var x = 0; x < across; x++)
            {
                var target = (((long)y * width) + pass.X + ((long)x * pass.StepX)) * channels;
                for (var channel = 0; channel < channels; channel++)
                    samples[target + channel] = BinaryPrimitives.ReadUInt16BigEndian(line.AsSpan((x * pixel) + (2 * channel)));
            }

            (line, above) = (above, line);
        }
    }

    private static void Undo(int filter, byte[] line, byte[] above, int pixel)
    {
        if (filter is < 0 or > 4)
            throw new InvalidDataException("a filter of its rows does not exist");
        for (var k = 0; k < line.Length; k++)
        {
            int left = k < pixel ? 0 : line[k - pixel], up = above[k], corner = k < pixel ? 0 : above[k - pixel];
            line[k] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, corner),
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        int a = Math.Abs(estimate - left), b = Math.Abs(estimate - up), c = Math.Abs(estimate - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    // The checksum at the end of the data: RFC 1950.
    private sealed class Adler
    {
        private const uint Modulus = 65521;
        private uint low = 1;
        private uint high;

        public uint Value => (high << 16) | low;

        public void Add(byte value)
        {
            low += value;
            low -= low >= Modulus ? Modulus : 0;
            high += low;
            high -= high >= Modulus ? Modulus : 0;
        }
    }
}

/// <summary>An image with 16 bits per channel.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Grey; grey and opacity; red, green and blue; or these and opacity.</param>
/// <param name="Samples">Values, pixel by pixel, from the shared pool; more may follow.</param>
internal sealed record DeepPixels(int Width, int Height, int Channels, ushort[] Samples) : IDisposable
{
    public void Dispose() => ArrayPool<ushort>.Shared.Return(Samples);
}
