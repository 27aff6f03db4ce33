using Eigenflow.Images;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace Eigenflow.Tests.Images;

/// <summary>Patches of images: their pixels, their places, and what is left out.</summary>
public sealed class ImagePatchesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void PixelsAreThoseOfTheImage()
    {
        // Red counts columns, green rows: a patch says where it comes from.
        Write("a.png", 60, 40, (x, y) => new SKColor((byte)(4 * x), (byte)(6 * y), 100));
        var patches = Read(new ImagePatchOptions { Size = 8, Count = 2000, IsColour = true });
        patches.Images.ShouldBe(1);
        patches.Data.Columns.ShouldBe(192);
        var places = new HashSet<(int X, int Y)>();
        for (var row = 0; row < patches.Data.Rows; row++)
        {
            var values = patches.Data.Row(row);
            int x = (int)Math.Round(values[0] * 255 / 4), y = (int)Math.Round(values[1] * 255 / 6);
            places.Add((x, y));
            x.ShouldBeInRange(0, 52);
            y.ShouldBeInRange(0, 32);
            values[(7 * 24) + 21].ShouldBe(4 * (x + 7) / 255.0, 1e-12);
            values[(7 * 24) + 22].ShouldBe(6 * (y + 7) / 255.0, 1e-12);
            values[2].ShouldBe(100 / 255.0, 1e-12);
        }

        // 53 · 33 places, each taken once.
        places.Count.ShouldBe(53 * 33);
        patches.Data.Rows.ShouldBe(53 * 33);
        var grey = Read(new ImagePatchOptions { Size = 8, Count = 2000 });
        grey.Data.Columns.ShouldBe(64);
        grey.Data.Row(5)[0].ShouldBe((0.2126 * patches.Data.Row(5)[0]) + (0.7152 * patches.Data.Row(5)[1]) + (0.0722 * patches.Data.Row(5)[2]), 1e-12);
        Read(new ImagePatchOptions { Size = 8, Count = 2000 }).Data.Values.ShouldBe(grey.Data.Values);
        Read(new ImagePatchOptions { Size = 8, Count = 2000, Seed = 2 }).Data.Values.ShouldNotBe(grey.Data.Values);
    }

    [Fact]
    public void LargerImagesGiveMorePatches()
    {
        Write("a.png", 20, 20, (_, _) => SKColors.Black);
        Write("b.jpg", 100, 100, (_, _) => SKColors.White);
        var patches = Read(new ImagePatchOptions { Size = 10, Count = 5000 });

        // 121 of 121 + 8281 places are black; none is drawn twice.
        Enumerable.Range(0, 5000).Count(row => patches.Data.Row(row)[0] < 0.5).ShouldBeInRange(55, 90);
        var all = Read(new ImagePatchOptions { Size = 10, Count = 8402 });
        Enumerable.Range(0, 8402).Count(row => all.Data.Row(row)[0] < 0.5).ShouldBe(121);
    }

    [Fact]
    public void WhatIsNoImageOrTooSmallIsLeftOutWithAWarning()
    {
        Should.Throw<InputFileException>(() => Read(new ImagePatchOptions())).Message.ShouldContain("no images");
        File.WriteAllText(folder.Path("broken.png"), "no image");
        Write("small.png", 10, 10, (_, _) => SKColors.Red);
        Should.Throw<InputFileException>(() => Read(new ImagePatchOptions())).Message.ShouldContain("none of its 2 images can be used");
        Write("good.png", 50, 50, (x, y) => new SKColor((byte)x, (byte)y, 0));
        var patches = Read(new ImagePatchOptions { Count = 200 });
        patches.Images.ShouldBe(1);
        var whole = File.ReadAllBytes(folder.Path("good.png"));
        File.WriteAllBytes(folder.Path("cut.png"), whole[..(whole.Length / 2)]);
        patches = Read(new ImagePatchOptions { Count = 200 });
        patches.Warnings.Count.ShouldBe(3);
        patches.Warnings[1].ShouldStartWith("cut.png was left out");
        patches.Warnings[2].ShouldBe("small.png was left out: 10 × 10 pixels are fewer than a patch has");
        Should.Throw<ParameterException>(() => Read(new ImagePatchOptions { Size = 1 })).Parameter.ShouldBe("patch");
        Should.Throw<ParameterException>(() => Read(new ImagePatchOptions { Count = 1 })).Parameter.ShouldBe("patches");
    }

    // Neighbouring values differ in the last of 16 bits, which 8 bits do not show.
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(3, true)]
    [InlineData(1, true)]
    public void SixteenBitsAreKept(int channels, bool isInterlaced)
    {
        DeepPngWriter.Write(folder.Path("deep.png"), 21, 19, channels, isInterlaced, (x, y, channel) => (ushort)(30_000 + (300 * channel) + (y * 21) + x));
        var patches = Read(new ImagePatchOptions { Size = 4, Count = 500, IsColour = true });
        patches.Warnings.ShouldBeEmpty();
        var places = new HashSet<int>();
        for (var row = 0; row < patches.Data.Rows; row++)
        {
            var values = patches.Data.Row(row);
            var first = (int)Math.Round(values[0] * 65535) - 30_000;
            places.Add(first);
            for (var k = 0; k < 16; k++)
            {
                for (var channel = 0; channel < 3; channel++)
                    values[(3 * k) + channel].ShouldBe((30_000 + (channels < 3 ? 0 : 300 * channel) + first + (k / 4 * 21) + (k % 4)) / 65535.0, 1e-15);
            }
        }

        places.Count.ShouldBe(288);
        var bytes = File.ReadAllBytes(folder.Path("deep.png"));
        for (var k = 30; k < 50; k++)
            bytes[^k] ^= 0x5A;
        File.WriteAllBytes(folder.Path("deep.png"), bytes);
        Should.Throw<InputFileException>(() => Read(new ImagePatchOptions { Size = 4, Count = 500 })).Message.ShouldContain("a PNG image that cannot be decoded to its end");
    }

    // A header that promises four thousand million pixels, and no data.
    [Fact]
    public void HostileSizesAreRefused()
    {
        DeepPngWriter.Write(folder.Path("deep.png"), 20, 20, 1, false, (_, _, _) => 7);
        var bytes = File.ReadAllBytes(folder.Path("deep.png"));
        foreach (var place in (int[])[16, 17, 20, 21])
            bytes[place] = 0x7F;
        File.WriteAllBytes(folder.Path("deep.png"), bytes);
        Should.Throw<InputFileException>(() => Read(new ImagePatchOptions { Size = 4, Count = 500 })).Message.ShouldContain("pixels need");
    }

    [Fact]
    public void FoldersOfClassesAreReadWhereTheFolderItselfHoldsNoImages()
    {
        Directory.CreateDirectory(folder.Path("cat"));
        Directory.CreateDirectory(folder.Path("dog/small"));
        Directory.CreateDirectory(folder.Path(".hidden"));
        Write("cat/1.png", 20, 20, (_, _) => SKColors.Black);
        Write("cat/2.png", 20, 20, (_, _) => SKColors.Black);
        Write("dog/small/1.png", 20, 20, (_, _) => SKColors.White);
        Write(".hidden/1.png", 20, 20, (_, _) => SKColors.White);
        File.WriteAllText(folder.Path("dog/scan.tif"), "II*");
        var patches = Read(new ImagePatchOptions { Size = 4, Count = 3000 });
        patches.Images.ShouldBe(3);
        patches.Data.Values.Average().ShouldBe(1.0 / 3, 0.04);
        patches.Warnings.ShouldBe(["images of 2 folders below were read (cat 2, dog/small 1)", "images of other kinds were not read (.tif 1): write them as PNG, with 8 or 16 bits"]);
        patches.Data.Notes.ShouldBe(patches.Warnings);
        Write("own.png", 20, 20, (_, _) => SKColors.White);
        patches = Read(new ImagePatchOptions { Size = 4, Count = 500 });
        patches.Images.ShouldBe(1);
        patches.Warnings[0].ShouldBe("3 images in folders below were not read (cat 2, dog/small 1), because the folder itself holds 1");
    }

    [Theory]
    [InlineData("words, no image", "it is text, not an image")]
    [InlineData("PK\u0003\u0004\u0001\u0002", "it is a zip archive")]
    [InlineData("II*\0\u0001", "it is a TIFF image, not the image that its name promises")]
    [InlineData("", "the file is empty")]
    [InlineData("\u0001\u0002\u0003", "it is no image of a known kind")]
    public void WhatIsNoImageIsNamed(string content, string name)
    {
        folder.Write("wrong.png", content);
        Should.Throw<InputFileException>(() => Read(new ImagePatchOptions())).Message.ShouldContain($"wrong.png was left out: {name}");
    }

    [Fact]
    public void SmoothImagesHaveSteepSpectra()
    {
        // Sums of waves whose power falls as the inverse square of the frequency, as in photographs.
        var random = new System.Random(1);
        var waves = Enumerable.Range(0, 300).Select(_ => (Size: Math.Pow(64, random.NextDouble()), Angle: random.NextDouble() * Math.Tau, Phase: random.NextDouble() * Math.Tau)).ToArray();
        Write("waves.png", 200, 200, (x, y) =>
        {
            var sum = waves.Sum(wave => Math.Cos((Math.Tau * ((x * Math.Cos(wave.Angle)) + (y * Math.Sin(wave.Angle))) * wave.Size / 200) + wave.Phase) / wave.Size);
            var level = (byte)Math.Clamp(128 + (8 * sum), 0, 255);
            return new SKColor(level, level, level);
        });
        var estimate = SpectrumEstimate.FromData(Read(new ImagePatchOptions { Size = 8, Count = 4000 }).Data);
        estimate.Eigenvalues[0].ShouldBeGreaterThan(30 * estimate.Eigenvalues[9]);
        estimate.Verdict.ShouldNotContain("white noise");
    }

    public void Dispose() => folder.Dispose();

    private ImagePatches Read(ImagePatchOptions options) => ImagePatches.Read(Path.GetDirectoryName(folder.Path("x"))!, options, null, TestContext.Current.CancellationToken);

    private void Write(string name, int width, int height, Func<int, int, SKColor> color)
    {
        using var bitmap = new SKBitmap(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                bitmap.SetPixel(x, y, color(x, y));
        }

        using var data = bitmap.Encode(name.EndsWith("png", StringComparison.Ordinal) ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 95);
        File.WriteAllBytes(folder.Path(name), data.ToArray());
    }
}
