using System.Buffers.Binary;
using Eigenflow.Images;
using Eigenflow.Rendering;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Images that promise more pixels, passes or data than an image may have.</summary>
public sealed class HostileImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(8, 0, 65535, "its 65535 × 65535 pixels need 17179 MB, and an image may need 268 MB")]
    [InlineData(8, 3, 30000, "its 30000 × 30000 pixels need 3600 MB")]
    [InlineData(1, 0, 65535, "its 65535 × 65535 pixels need 17179 MB")]
    [InlineData(16, 6, 65535, "its 65535 × 65535 pixels need 34359 MB")]
    [InlineData(16, 0, 2_000_000_000, "its 2000000000 × 2000000000 pixels need")]
    public async Task HeadersOfLargePngImagesAreRefused(byte depth, byte colour, uint edge, string named)
    {
        var path = folder.Write("a.png", Png(depth, colour, edge));
        (await Attack.Refused(path, Read)).ShouldContain(named);
    }

    [Theory]
    [InlineData(30000, 1, "its 30000 × 30000 pixels need 3600 MB")]
    [InlineData(65535, 1, "its 65535 × 65535 pixels need 17179 MB")]
    [InlineData(4000, 600, "its 4000 × 4000 pixels are passed over 600 times")]
    public async Task LargeJpegImagesAreRefused(ushort edge, int scans, string named)
    {
        var path = folder.Write("a.jpg", Jpeg(edge, scans));
        (await Attack.Refused(path, Read)).ShouldContain(named);
    }

    // Half a gigabyte of nothing behind a header is no list of parts.
    [Fact]
    public async Task AnEndlessListOfPartsIsRefused()
    {
        var path = folder.Write("a.png", Png(16, 0, 100));
        using (var stream = File.OpenWrite(path))
            stream.SetLength(1L << 29);
        (await Attack.Refused(path, Read)).ShouldContain("cannot be decoded");
    }

    // Other formats by the name of one that is read: their decoders have no budget.
    [Theory]
    [InlineData("GIF89a")]
    [InlineData("BM")]
    [InlineData("RIFF\u0010\0\0\0WEBPVP8L")]
    [InlineData("\0\0\u0001\0\u0001\0")]
    public async Task OtherFormatsAreNotDecoded(string start)
    {
        var path = folder.Write("a.png", [.. start.Select(letter => (byte)letter), .. Enumerable.Repeat((byte)255, 100)]);
        (await Attack.Refused(path, Read)).ShouldContain("it is ");
    }

    // Beside a good image the others are left out; many are counted.
    [Fact]
    public void LargeImagesAreLeftOutOfAFolder()
    {
        using (var bitmap = new SKBitmap(50, 50))
        {
            using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
            File.WriteAllBytes(folder.Path("good.jpg"), data.ToArray());
        }

        for (var k = 0; k < 200; k++)
            folder.Write($"large-{k:000}.png", Png(8, 2, 65535));
        var patches = ImagePatches.Read(folder.Path("."), new ImagePatchOptions { Size = 8, Count = 200 }, null, CancellationToken.None);
        patches.Images.ShouldBe(1);
        patches.Warnings.Count.ShouldBe(21);
        patches.Warnings[20].ShouldBe("180 more files were left out");
    }

    public void Dispose() => folder.Dispose();

    private void Read() => ImagePatches.Read(folder.Path("."), new ImagePatchOptions { Size = 4, Count = 100 }, null, CancellationToken.None);

    private static byte[] Png(byte depth, byte colour, uint edge)
    {
        var size = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(size, edge);
        BinaryPrimitives.WriteUInt32BigEndian(size.AsSpan(4), edge);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. "IHDR"u8, .. size, depth, colour, 0, 0, 0, 0, 0, 0, 0];
    }

    // A frame, and scans of one byte each.
    private static byte[] Jpeg(ushort edge, int scans)
    {
        byte high = (byte)(edge >> 8), low = (byte)edge;
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0];
        return [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xC2, 0, 11, 8, high, low, high, low, 1, 1, 0x11, 0, .. Enumerable.Repeat(scan, scans).SelectMany(one => one), 0xFF, 0xD9];
    }
}
