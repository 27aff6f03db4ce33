using System.Buffers.Binary;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Layout;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class PngTests
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    [Theory]
    [InlineData(440, 330, 2)]
    [InlineData(300, 220, 1)]
    [InlineData(333, 250, 1.5)]
    public void HasTheSignatureAndTheWidthThatWasAskedFor(int width, int height, double scale)
    {
        var options = new RenderOptions { Width = width, Height = height, Scale = scale };
        var png = FigureRenderer.Png(SampleFigures.FourPanels(), options);
        png.AsSpan(0, 8).ToArray().ShouldBe(Signature);
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).ShouldBe((int)Math.Round(2 * width * scale));

        // Two rows of panels, and the title, the legend and the caption on top of them.
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)).ShouldBeGreaterThan((int)(2 * height * scale));
    }

    [Theory]
    [InlineData(ThemeKind.Light)]
    [InlineData(ThemeKind.Dark)]
    public void ShowsTheBackgroundAndEveryCurve(ThemeKind theme)
    {
        var x = SampleFigures.LogGrid(1, 1e4, 50);
        var figure = SampleFigures.Logarithmic(
            SampleFigures.Curve("first", 0, x, t => 1 / t), SampleFigures.Curve("second", 1, x, t => 1 / Math.Sqrt(t), SeriesStyle.Points));
        using var picture = SKBitmap.Decode(FigureRenderer.Png(figure, new RenderOptions { Theme = theme }));
        var colours = picture.Pixels.GroupBy(pixel => pixel).ToDictionary(group => group.Key, group => group.Count());
        var background = theme == ThemeKind.Light ? new SKColor(0xFF, 0xFF, 0xFF) : new SKColor(0x14, 0x17, 0x1C);
        colours[background].ShouldBeInRange(picture.Pixels.Length / 2, picture.Pixels.Length - 2000);
        var (first, second) = theme == ThemeKind.Light
            ? (new SKColor(0x00, 0x72, 0xB2), new SKColor(0xD9, 0x5D, 0x2D))
            : (new SKColor(0x3B, 0x9B, 0xDC), new SKColor(0xE7, 0x79, 0x2E));
        colours[first].ShouldBeGreaterThan(200);
        colours[second].ShouldBeGreaterThan(200);
    }

    [Fact]
    public void DarkDiffersFromLight()
    {
        var figure = SampleFigures.PowerLaws();
        FigureRenderer.Png(figure, new RenderOptions { Theme = ThemeKind.Dark }).ShouldNotBe(FigureRenderer.Png(figure));
        FigureRenderer.Svg(figure, new RenderOptions { Theme = ThemeKind.Dark }).ShouldNotBe(FigureRenderer.Svg(figure));
    }

    [Fact]
    public void EqualFiguresGiveEqualBytes()
    {
        FigureRenderer.Png(SampleFigures.PowerLaws()).ShouldBe(FigureRenderer.Png(SampleFigures.PowerLaws()));
        FigureRenderer.Svg(SampleFigures.FourPanels()).ShouldBe(FigureRenderer.Svg(SampleFigures.FourPanels()));
    }

    [Fact]
    public void ACurveThatLeavesTheAxesIsCutAtTheFrame()
    {
        // The curve crosses the panel steeply and goes far below it: its colour must not appear below the axis, where the tick labels stand.
        var x = SampleFigures.LogGrid(1, 10, 50);
        var figure = SampleFigures.Logarithmic(SampleFigures.Curve("", 0, x, t => Math.Pow(t, -12)));
        figure = figure with { Panels = [figure.Panels[0] with { Y = new Axis("y", true, 1e-3, 1) }] };
        var options = new RenderOptions { Scale = 1 };
        using var picture = SKBitmap.Decode(FigureRenderer.Png(figure, options));
        var curve = new SKColor(0x00, 0x72, 0xB2);
        var lowest = Enumerable.Range(0, picture.Height).Last(y => Enumerable.Range(0, picture.Width).Any(px => Distance(picture.GetPixel(px, y), curve) < 90));
        var frame = Page.Layout(figure, options).Frames[0].Plot.Bottom;
        ((double)lowest).ShouldBeInRange(frame - 4, frame + 2);
    }

    [Fact]
    public void APictureTooLargeForMemoryIsRefused() =>
        Should.Throw<TooLargeException>(() => FigureRenderer.Png(SampleFigures.FourPanels(), new RenderOptions { Width = 4000, Height = 4000, Scale = 8 }))
            .Message.ShouldContain("lower width, height, scale");

    private static int Distance(SKColor a, SKColor b) => Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue);
}
