using Eigenflow.Data;
using Eigenflow.Images;
using Eigenflow.Solutions;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>A folder of images as inputs.</summary>
public sealed class ImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ISystem system = SystemCatalog.Find("diffusion-spectral-bias");

    public ImageTests() => ImagePatches.Register();

    [Fact]
    public void PatchesOfAFolderAreThoseThatAreSaved()
    {
        Write("a.png", 40, 30);
        Write("b.png", 24, 24);
        var saved = folder.Path("patches.npy");
        NpyWriter.Write(saved, ImagePatches.Read(folder.Path("photos"), new ImagePatchOptions { Size = 4, Count = 500 }, null, TestContext.Current.CancellationToken).Data);
        var (images, rows) = (Complete("theory", folder.Path("photos"), ("patch", 4L), ("patches", 500L)), Complete("theory", saved));
        images.Values["dimension"].ShouldBe(rows.Values["dimension"]);
        system.Solve(images)["variance1"].ShouldBe(system.Solve(rows)["variance1"]);
        system.Solve(images)["kl"].ShouldBe(system.Solve(rows)["kl"]);
        var other = Complete("theory", folder.Path("photos"), ("patch", 4L), ("patches", 500L), ("seed", 2L));
        system.Solve(other)["kl"].ShouldNotBe(system.Solve(rows)["kl"]);
        Complete("theory", folder.Path("photos")).Values["patch"].ShouldBe(16L);
    }

    [Fact]
    public void WhatIsNoFolderOfImagesIsRefused()
    {
        Write("a.png", 40, 30);
        Directory.CreateDirectory(folder.Path("empty"));
        Should.Throw<InputFileException>(() => Complete("theory", folder.Path("photos"), ("patch", 64L))).Message.ShouldContain("at least 64 × 64 pixels");
        Should.Throw<InputFileException>(() => Complete("theory", folder.Path("empty"))).Message.ShouldContain("it holds no images");
        Should.Throw<ParameterException>(() => Complete("theory", folder.Write("rows.csv", "1,2\n2,1\n3,5\n"), ("patch", 8L))).Message.ShouldContain("left out without a folder of images");
        Should.Throw<ParameterException>(() => Complete("theory", folder.Path("photos/a.png"), ("patch", 8L))).Message.ShouldContain("give the folder that holds the image");
        Should.Throw<ParameterException>(() => system.Complete("theory", Setting.Empty.With("patches", 500L))).Parameter.ShouldBe("patches");
    }

    [Fact]
    public void SamplesAreDrawnBesideOtherMethods()
    {
        var spectrum = Setting.Empty.With("dimension", 16L);
        Solution Of(string method) => system.Solve(system.Complete(method, spectrum));
        var alone = system.Draw([Of("samples")]).Panels.Single(panel => panel.Images is not null);
        var figure = system.Draw([Of("samples"), Of("emergence"), Of("theory")]);
        figure.Panels.Single(panel => panel.Images is not null).Images!.Values.ShouldBe(alone.Images!.Values);
        figure.Panels.Single(panel => panel.Title.StartsWith("emergence", StringComparison.Ordinal)).Series.ShouldContain(series => series.Label.StartsWith("fit, ", StringComparison.Ordinal));
        system.Draw([Of("samples"), system.Solve(system.Complete("samples", spectrum.With("gain", 0.2)))]).Panels.Count(panel => panel.Images is not null).ShouldBe(2);
    }

    [Fact]
    public void TitlesTellTheDepartureOfWhatTheyName()
    {
        var setting = Setting.Empty.With("dimension", 6L).With("sigma-min", 0.01).With("sigma-max", 20.0).With("sampler-steps", 20L).With("weighting", "inverse").With("learning-rate", 0.02);
        var stepped = setting.With("steps", 100L).With("at-steps", "10,30,100");
        Solution heun = system.Solve(system.Complete("heun", setting)), gd = system.Solve(system.Complete("gd", stepped)), sgd = system.Solve(system.Complete("sgd", stepped.With("batch", 256L)));
        system.Draw([heun, gd, sgd]).Title.ShouldBe(system.Draw([heun, sgd]).Title);
        system.Draw([heun, sgd]).Title.ShouldContain("KL divergence of sgd within");
    }

    public void Dispose() => folder.Dispose();

    private CompletedSetting Complete(string method, string path, params (string Name, object Value)[] more) =>
        system.Complete(method, more.Aggregate(Setting.Empty.With("inputs", "file:" + path), (setting, pair) => setting.With(pair.Name, pair.Value)));

    private void Write(string name, int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = (byte)(127 + (60 * Math.Sin(0.3 * x * x)) + (50 * Math.Cos(0.7 * y * (x + 1))));
                bitmap.SetPixel(x, y, new SKColor(value, value, value));
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 95);
        Directory.CreateDirectory(folder.Path("photos"));
        File.WriteAllBytes(Path.Combine(folder.Path("photos"), name), data.ToArray());
    }
}
