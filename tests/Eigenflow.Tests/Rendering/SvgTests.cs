using System.Xml.Linq;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Figures => ["power-laws", "four-panels", "many-curves"];

    [Theory]
    [MemberData(nameof(Figures))]
    public void IsWellFormedAndNamesEverySeriesTitleAndAxis(string id)
    {
        var figure = Named(id);
        var labels = Labels(figure);
        foreach (var series in figure.Panels.SelectMany(panel => panel.Series))
            labels.ShouldContain(series.Label);
        foreach (var panel in figure.Panels)
        {
            labels.ShouldContain(panel.X.Label);
            labels.ShouldContain(panel.Y.Label);
        }

        Document(figure).Root!.Element(Svg + "title")!.Value.ShouldBe(figure.Title);
    }

    [Fact]
    public void TextsAreEscaped()
    {
        var figure = SampleFigures.Of(SampleFigures.Curve("a < b & \"c\"", 0, [1, 2, 3], x => x)) with { Title = "</svg><script>alert(1)</script>" };
        var document = Document(figure);
        document.Descendants(Svg + "script").ShouldBeEmpty();
        Labels(figure).ShouldContain("a < b & \"c\"");
    }

    [Fact]
    public void CurvesOnEachOtherTakeTurns()
    {
        double[] x = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        var three = Document(SampleFigures.Of(SampleFigures.Curve("f", 0, x, value => value), SampleFigures.Curve("g", 1, x, value => value + 1e-4), SampleFigures.Curve("h", 2, x, value => value + 10)));
        three.Descendants(Svg + "path").Select(path => (path.Attribute("stroke-dasharray")?.Value, path.Attribute("stroke-dashoffset")?.Value)).Where(pair => pair.Item2 is not null)
            .ShouldBe([("11 11", "0"), ("11 11", "11")]);
    }

    [Fact]
    public void AGapSplitsACurve()
    {
        double[] x = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        var whole = SampleFigures.Of(SampleFigures.Curve("f", 3, x, value => value));
        var split = SampleFigures.Of(SampleFigures.Curve("f", 3, x, value => value is 9 or 10 ? double.NaN : value));
        Curves(split, "#b8508c").ShouldBe(Curves(whole, "#b8508c") + 1);
    }

    [Fact]
    public void PointsThatALogarithmicAxisCannotShowAreGapsAndDoNotStretchIt()
    {
        double[] x = [-1, 0, 1, 10, 100, 1000, 1e4, 1e5];
        var figure = SampleFigures.Logarithmic(SampleFigures.Curve("f", 3, x, value => value == 100 ? 0 : Math.Abs(value) + 1));
        Curves(figure, "#b8508c").ShouldBe(2 + 2, "two pieces of the curve, its name, and the mark of the zero that has no place");
        Labels(figure).ShouldContain("10^{5}");
        Labels(figure).ShouldNotContain("10^{−1}");
    }

    [Fact]
    public void ASeriesWithoutPointsIsALegendEntryAlone()
    {
        var curve = SampleFigures.Curve("curve", 0, [1, 2, 3], x => x);
        var key = new Series { Label = "theory", X = [], Y = [], Color = -1, Style = SeriesStyle.Dashed };
        Labels(SampleFigures.Of(curve, key)).ShouldContain("theory");
        Document(SampleFigures.Of(key)).Root.ShouldNotBeNull();
    }

    [Fact]
    public void PanelsWithCommonEntriesShareOneLegend()
    {
        Panel Panel(params string[] labels) => new()
        {
            X = new Axis("x"),
            Y = new Axis("y"),
            Series = [.. labels.Select(label => SampleFigures.Curve(label, label[0] - 'p', [1, 2, 3], x => x))],
        };
        var figure = new Figure { Id = "shared", Title = "Shared", Columns = 2, Panels = [Panel("p", "q"), Panel("q", "r")] };
        var labels = Labels(figure);
        foreach (var label in new[] { "p", "q", "r" })
            labels.Count(other => other == label).ShouldBe(1);
    }

    [Fact]
    public void ALoneCurveThatItsAxisNamesHasNoLegend()
    {
        var figure = SampleFigures.Of(SampleFigures.Curve("y", 0, [1, 2, 3], x => x));
        Labels(figure).Count(label => label == "y").ShouldBe(1);
    }

    private static Figure Named(string id) => id switch
    {
        "power-laws" => SampleFigures.PowerLaws(),
        "four-panels" => SampleFigures.FourPanels(),
        _ => SampleFigures.ManyCurves(),
    };

    private static XDocument Document(Figure figure) => XDocument.Parse(FigureRenderer.Svg(figure));

    private static List<string> Labels(Figure figure) =>
        [.. Document(figure).Descendants().Attributes("aria-label").Select(attribute => attribute.Value.Replace('\u00A0', ' '))];

    private static int Curves(Figure figure, string colour) =>
        Document(figure).Descendants(Svg + "path").Count(path => (string?)path.Attribute("stroke") == colour);
}
