using System.Text.RegularExpressions;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class ImageGridTests
{
    // Two columns on a logarithmic axis, three rows, pictures of 3 × 2 pixels; every value is its own place.
    private static readonly ImageGrid Grid = new()
    {
        Label = "samples",
        X = [1, 100],
        Y = [1, 2, 3],
        Width = 3,
        Height = 2,
        Maximum = 35,
        Values = [.. Enumerable.Range(0, 36).Select(i => (double)i)],
    };

    [Theory]
    [InlineData(ThemeKind.Light)]
    [InlineData(ThemeKind.Dark)]
    public void PicturesHoldTheirPixels(ThemeKind theme)
    {
        var pictures = Pictures(FigureRenderer.Svg(Drawn(Grid), new RenderOptions { Theme = theme }));
        pictures.Count.ShouldBe(6);
        for (var index = 0; index < 6; index++)
        {
            using var picture = SKBitmap.Decode(pictures[index].Png);
            for (var pixel = 0; pixel < 6; pixel++)
            {
                var level = (byte)Math.Round(255 * ((6 * index) + pixel) / 35.0);
                picture.GetPixel(pixel % 3, pixel / 3).ShouldBe(new SKColor(level, level, level));
            }
        }
    }

    [Fact]
    public void PixelsAreSquareAndPicturesKeepApart()
    {
        var pictures = Pictures(FigureRenderer.Svg(Drawn(Grid)));
        pictures.ShouldAllBe(picture => Math.Abs((picture.Width / 3) - (picture.Height / 2)) < 0.02);
        var bottom = pictures[0];

        // The first row is the lowest; columns lie side by side.
        pictures[2].Top.ShouldBeLessThan(bottom.Top - bottom.Height);
        pictures[1].Left.ShouldBeGreaterThan(bottom.Left + bottom.Width);
        pictures[1].Top.ShouldBe(bottom.Top);
    }

    [Fact]
    public void ColoursAndEmptyPixels()
    {
        var picture = Pictures(FigureRenderer.Svg(Drawn(new ImageGrid { Label = "colour", X = [1], Y = [1], Width = 2, Height = 1, Channels = 3, Values = [1, 0.5, 2, double.NaN, 0, 0] }))).Single();
        using var pixels = SKBitmap.Decode(picture.Png, new SKImageInfo(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        pixels.GetPixel(0, 0).ShouldBe(new SKColor(255, 128, 255));
        pixels.GetPixel(1, 0).Alpha.ShouldBe((byte)0);
    }

    [Fact]
    public void PngShowsThem()
    {
        var white = Grid with { Values = [.. Enumerable.Repeat(35.0, 36)] };
        var options = new RenderOptions { Theme = ThemeKind.Dark };
        using var drawn = SKBitmap.Decode(FigureRenderer.Png(Drawn(white), options));
        drawn.Pixels.Count(pixel => pixel == SKColors.White).ShouldBeGreaterThan(drawn.Pixels.Length / 10);
        FigureRenderer.Png(Drawn(Grid), options).ShouldBe(FigureRenderer.Png(Drawn(Grid), options));
    }

    [Fact]
    public void TerminalShowsShades()
    {
        var text = TerminalPlot.Render(Drawn(Grid), 60, 20, colour: false);
        text.ShouldContain("samples: 0 (black) to 35 (white)");
        "░▒▓█".ShouldAllBe(shade => text.Contains(shade));
    }

    [Fact]
    public void TableHoldsEveryPixel()
    {
        var lines = FigureCsv.Render(Drawn(Grid)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("panel,series,x,y,lower,upper,value,pixel,style");
        lines.Length.ShouldBe(37);
        lines.ShouldContain("1,samples,100,2,,,20,2,pixel");
    }

    [Fact]
    public void ContradictionsAreRefused()
    {
        Refusal(Grid with { Width = 2 }).ShouldContain("one value per pixel and channel, 24");
        Refusal(Grid with { Channels = 2 }).ShouldContain("1 (grey) or 3");
        Refusal(Grid with { Height = 0 }).ShouldContain("at least one pixel");
        Refusal(Grid with { X = [2, 1] }).ShouldContain("that ascend");
        Refusal(Grid with { Maximum = 0 }).ShouldContain("less than the maximum");
    }

    private static string Refusal(ImageGrid grid) => Should.Throw<ParameterException>(() => FigureRenderer.Svg(Drawn(grid))).Message;

    private static Figure Drawn(ImageGrid grid) => new()
    {
        Id = "sample",
        Title = "Sample",
        Panels = [new Panel { X = new Axis("training time t", IsLogarithmic: true), Y = new Axis("random draw"), Series = [], Images = grid }],
    };

    private static List<Picture> Pictures(string svg) =>
    [
        .. Regex.Matches(svg, "<image x=\"([^\"]+)\" y=\"([^\"]+)\" width=\"([^\"]+)\" height=\"([^\"]+)\"[^>]*base64,([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(match => new Picture(Number(match, 1), Number(match, 2), Number(match, 3), Number(match, 4), Convert.FromBase64String(match.Groups[5].Value))),
    ];

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Picture(double Left, double Top, double Width, double Height, byte[] Png);
}
