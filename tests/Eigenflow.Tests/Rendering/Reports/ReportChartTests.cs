using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Eigenflow.Figures;
using Eigenflow.FrontEnd;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Layout;
using Eigenflow.Rendering.Reports;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>The data of charts in reports: right, small, and no markup.</summary>
public sealed partial class ReportChartTests
{
    [Fact]
    public void AFigureHasItsDataBesideItsPicture()
    {
        Assert.SkipUnless(PageFiles.Exist, "this build has no page");
        using var data = Data(Page(SampleFigures.PowerLaws()));
        var panel = data.RootElement.GetProperty("panels")[0];
        var series = SampleFigures.PowerLaws().Panels[0].Series[0];
        panel.GetProperty("series")[0].GetProperty("label").GetString().ShouldBe(series.Label);
        var numbers = panel.GetProperty("series")[0].GetProperty("y").EnumerateArray().Select(number => number.GetDouble()).ToArray();
        numbers.Length.ShouldBe(series.Y.Length);
        for (var row = 0; row < numbers.Length; row++)
            numbers[row].ShouldBe(series.Y[row], 1e-6 * Math.Abs(series.Y[row]));
    }

    [Fact]
    public void NoTextOfAFigureIsMarkupAndThePageIsXml()
    {
        Assert.SkipUnless(PageFiles.Exist, "this build has no page");
        const string Hostile = "]]></script><script>alert(1)</script><!-- & \" '";
        var figure = SampleFigures.PowerLaws();
        var page = Page(figure with { Title = Hostile, Panels = [figure.Panels[0] with { Title = Hostile, X = new Axis(Hostile), Series = [figure.Panels[0].Series[0] with { Label = Hostile }] }] });
        page.ShouldNotContain("<script>alert");
        XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Descendants("script").Count().ShouldBe(2);
        using var data = Data(page);
        data.RootElement.GetProperty("title").GetString().ShouldBe(Hostile);
        data.RootElement.GetProperty("panels")[0].GetProperty("series")[0].GetProperty("label").GetString().ShouldBe(Hostile);
    }

    [Fact]
    public void AReportWithoutFiguresHasNoCharts() =>
        HtmlReport.Render(new ReportContent { Title = "t", Sections = [new ReportSection("s", "s", new ReproductionResult())], Version = "0" }).Length.ShouldBeLessThan(25_000);

    [Fact]
    public void LongCurvesAreThinnedToWhatAWideScreenTellsApart()
    {
        var x = Enumerable.Range(0, 200_000).Select(k => 1 + (0.01 * k)).ToArray();
        var y = x.Select((value, k) => k == 77_777 ? 1e3 : k is 50_000 or 50_001 ? double.NaN : 1 / value).ToArray();
        var figure = new Figure
        {
            Id = "long",
            Title = "Long",
            Panels = [new Panel { X = new Axis("t", IsLogarithmic: true), Y = new Axis("L", IsLogarithmic: true), Series = [new Series { Label = "a", X = x, Y = y, Lower = y, Style = SeriesStyle.Line, Role = SeriesRole.Theory, Color = 0 }] }],
        };
        var series = ChartFigure.Of(figure).Panels[0].Series[0];
        series.X.Length.ShouldBeLessThan(2010);
        series.Y.Max().ShouldBe(1e3, "a peak of one point stays");
        series.Y.Count(double.IsNaN).ShouldBe(1, "and so does a gap");
        (series.X[0], series.X[^1]).ShouldBe((x[0], x[^1]));
        series.Lower!.ShouldBe(series.Y);
    }

    [Fact]
    public void ThinningKeepsTheOrderOfPoints()
    {
        double[] heights = [3, 1, 9, 4, 5, double.NaN, double.NaN, 2];
        Thinning.Indices(heights.Length, index => index < 5 ? 0 : 1, index => heights[index]).ShouldBe([0, 1, 2, 4, 5, 7]);
    }

    private static string Page(Figure figure) => HtmlReport.Render(new ReportContent { Title = "t", Sections = [new ReportSection("s", "s", new ReproductionResult { Figures = [figure] })], Version = "0" });

    private static JsonDocument Data(string page) => JsonDocument.Parse(Encoding.UTF8.GetBytes(Json().Match(page).Groups[1].Value));

    [GeneratedRegex("<script type=\"application/json\" id=\"data-1\">(.*?)</script>", RegexOptions.Singleline, 2000)]
    private static partial Regex Json();
}
