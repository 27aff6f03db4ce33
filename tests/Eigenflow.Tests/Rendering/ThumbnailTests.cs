using System.Xml.Linq;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>A small picture has the curves of a panel, in either theme, and no word but the title for readers.</summary>
public sealed class ThumbnailTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Figures => [.. SampleFigures.All.Keys];

    [Theory]
    [MemberData(nameof(Figures))]
    public void ItHasCurvesAndNoWords(string id)
    {
        var figure = SampleFigures.All[id];
        var document = XDocument.Parse(FigureRenderer.Thumbnail(figure, 280, 168, ThemeKind.Light));
        document.Root!.Element(Svg + "title")!.Value.ShouldBe(figure.Title);
        document.Root.Attribute("viewBox")!.Value.ShouldBe("0 0 280 168");
        document.Descendants(Svg + "use").ShouldBeEmpty("letters are drawn by reference");
        document.Descendants(Svg + "text").ShouldBeEmpty();
        document.Descendants(Svg + "path").Count().ShouldBeGreaterThan(1);
        FigureRenderer.Thumbnail(figure, 280, 168, ThemeKind.Dark).ShouldNotBe(FigureRenderer.Thumbnail(figure, 280, 168, ThemeKind.Light));
    }

    [Theory]
    [InlineData(100, 168, "width")]
    [InlineData(5000, 168, "width")]
    [InlineData(280, 10, "height")]
    public void SizesHaveBounds(int width, int height, string name) =>
        Should.Throw<ParameterException>(() => FigureRenderer.Thumbnail(SampleFigures.All.Values.First(), width, height, ThemeKind.Light)).Parameter.ShouldBe(name);
}
