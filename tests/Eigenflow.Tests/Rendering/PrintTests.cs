using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>Pictures for print: sizes that the files themselves state, and text that can be edited.</summary>
public sealed partial class PrintTests
{
    [Theory]
    [InlineData(PictureSize.Screen, 192)]
    [InlineData(PictureSize.Column, 300)]
    [InlineData(PictureSize.Double, 300)]
    [InlineData(PictureSize.Slide, 146)]
    public void APngSaysHowManyDotsItHasPerInch(PictureSize size, double expected)
    {
        var png = FigureRenderer.Png(SampleFigures.Compared(), new RenderOptions { Size = size });
        var at = png.AsSpan().IndexOf("pHYs"u8);
        var perInch = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 4)) * 0.0254;
        perInch.ShouldBe(expected, 0.01 * expected);
        png[at + 12].ShouldBe((byte)1, "the unit is the metre");
    }

    [Theory]
    [InlineData(PictureSize.Column, 85)]
    [InlineData(PictureSize.Double, 180)]
    public void APdfHasTheWidthOfItsPage(PictureSize size, double millimetres)
    {
        var options = new RenderOptions { Size = size };
        var pdf = FigureRenderer.Pdf(SampleFigures.Compared(), options);
        var text = Encoding.Latin1.GetString(pdf);
        text.ShouldStartWith("%PDF-");
        var box = MediaBox().Match(text);
        box.Success.ShouldBeTrue();
        double.Parse(box.Groups["width"].Value, CultureInfo.InvariantCulture).ShouldBe(millimetres / 25.4 * 72, 0.05, "in points, as the library rounds them");
        FigureRenderer.Pdf(SampleFigures.Compared(), options).ShouldBe(pdf, "equal figures give equal files");
    }

    [Fact]
    public void AnSvgSaysItsWidthInMillimetres() =>
        XDocument.Parse(FigureRenderer.Svg(SampleFigures.Compared(), new RenderOptions { Size = PictureSize.Column })).Root!.Attribute("width")!.Value.ShouldBe("85mm");

    [Fact]
    public void TextIsTextWhereThatIsAskedFor()
    {
        var svg = XDocument.Parse(FigureRenderer.Svg(SampleFigures.Compared(), new RenderOptions { HasRealText = true }));
        XNamespace names = "http://www.w3.org/2000/svg";
        string[] texts = [.. svg.Descendants(names + "text").Select(text => text.Value)];
        texts.ShouldContain("flow time t");
        texts.ShouldContain("measured −0.499 ± 0.002");
        svg.Descendants(names + "use").ShouldBeEmpty();
        svg.Descendants(names + "tspan").Where(span => span.Attribute("font-style")?.Value == "italic").Select(span => span.Value).ShouldContain("t");
    }

    [GeneratedRegex(@"/MediaBox \[0 0 (?<width>[\d.]+) [\d.]+\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MediaBox();
}
