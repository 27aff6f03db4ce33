using Eigenflow.Rendering;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace Eigenflow.Tests.Rendering;

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
        for (var row = 0; row < 2000; row++)
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

        // 53 · 33 places, each drawn about once.
        places.Count.ShouldBeInRange(1000, 1400);
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

        // 121 of 121 + 8281 places are black.
        Enumerable.Range(0, 5000).Count(row => patches.Data.Row(row)[0] < 0.5).ShouldBeInRange(45, 105);
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
