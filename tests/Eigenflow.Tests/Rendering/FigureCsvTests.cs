using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class FigureCsvTests
{
    [Fact]
    public void NumbersComeBackAsTheyWere()
    {
        double[] x = [-0.0, 1.0 / 3, double.Epsilon, 1e300, Math.PI * 1e7];
        var series = SampleFigures.Curve("f", 0, x, value => Math.Sqrt(Math.Abs(value)) / 7) with { Lower = [.. x.Select(value => value / 3)] };
        var rows = Rows(FigureCsv.Render(SampleFigures.Of(series)));
        rows.Length.ShouldBe(x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            Number(rows[i][2]).ShouldBe(series.X[i]);
            Number(rows[i][3]).ShouldBe(series.Y[i]);
            Number(rows[i][4]).ShouldBe(series.Lower[i]);
            rows[i][5].ShouldBeEmpty();
        }
    }

    [Fact]
    public void HasOneRowPerPointOfEveryPanel()
    {
        var figure = SampleFigures.FourPanels();
        var rows = Rows(FigureCsv.Render(figure));
        rows.Count(row => row[6] is not "guide").ShouldBe(figure.Panels.Sum(panel => panel.Series.Sum(series => series.X.Length)));
        rows.Select(row => row[0]).Distinct().ShouldBe(figure.Panels.Select(panel => panel.Title));
    }

    [Fact]
    public void CommasAndQuotesInLabelsAreQuoted()
    {
        var text = FigureCsv.Render(SampleFigures.Of(SampleFigures.Curve("a = 1, \"b\"", 0, [1], x => x)));
        text.ShouldContain("1,\"a = 1, \"\"b\"\"\",1,1,,,theory\n");
    }

    [Fact]
    public void GuidesHaveNamesAndAreNoData()
    {
        var panel = SampleFigures.Of(SampleFigures.Curve("", 0, [1], x => x)).Panels[0] with
        {
            Slopes = [new SlopeGuide(1, 100, 2, -0.5, "t^{−1/2}")],
            Lines = [new ReferenceLine(3, "T₁"), new ReferenceLine(4, "", IsVertical: false)],
        };
        var text = FigureCsv.Render(new Figure { Id = "f", Title = "", Panels = [panel] });
        text.Split('\n')[1..6].ShouldBe(["1,theory,1,1,,,theory", "1,slope t^{−1/2},1,2,,,guide", "1,slope t^{−1/2},100,0.2,,,guide", "1,T₁,3,,,,guide", "1,line,,4,,,guide"]);
    }

    [Fact]
    public void AGapIsNotANumber() =>
        FigureCsv.Render(SampleFigures.Of(SampleFigures.Curve("f", 0, [1], _ => double.NaN))).ShouldContain("1,f,1,NaN,,,theory");

    private static string[][] Rows(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
