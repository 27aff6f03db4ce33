using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Layout;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class LayoutTests
{
    public static TheoryData<string> Samples => [.. SampleFigures.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void TextsNeitherTouchNorLeaveThePicture(string name) => LayoutExamination.Examine(SampleFigures.All[name]);

    [Fact]
    public void PrintedWidthsAreThoseOfAJournalAndSlidesAreSixteenToNine()
    {
        var column = Page.Layout(SampleFigures.FourPanels(), new RenderOptions { Size = PictureSize.Column });
        column.Page.Millimetres.ShouldBe(85);
        column.Page.Columns.ShouldBe(1);
        Page.Layout(SampleFigures.FourPanels(), new RenderOptions { Size = PictureSize.Double }).Page.Millimetres.ShouldBe(180);
        var slide = Page.Layout(SampleFigures.FourPanels(), new RenderOptions { Size = PictureSize.Slide });
        (slide.Width / slide.Height).ShouldBe(16 / 9.0, 1e-9);
    }

    [Fact]
    public void SpreadLabelsKeepTheirDistanceAndMoveLittle()
    {
        DirectLabels.Spread([10, 12, 50], 15, 0, 100).ShouldBe([3.5, 18.5, 50]);
        DirectLabels.Spread([0, 0, 0], 15, 0, 100).ShouldBe([0, 15, 30]);
        DirectLabels.Spread([99, 100], 15, 0, 100)!.ShouldBe([85, 100]);
        DirectLabels.Spread([1, 2, 3], 60, 0, 100).ShouldBeNull();
    }

    [Fact]
    public void BeyondEightValuesAColourBarTakesThePlaceOfTheLegend()
    {
        var figure = SampleFigures.Family(20);
        new SeriesInks(figure).HasBar.ShouldBeTrue();
        FigureRenderer.Svg(figure).ShouldNotContain("aria-label=\"legend\"");
        FigureRenderer.Svg(figure).ShouldContain("exponent");
        new SeriesInks(SampleFigures.Family(8)).HasBar.ShouldBeFalse();
    }

    [Fact]
    public void PanelsOfARowThatShowTheSameShareTheirRange()
    {
        Panel Panel(double factor) => new() { X = new Axis("t"), Y = new Axis("loss"), Series = [new Series { Label = "", X = [0, 1, 2], Y = [0, factor, 2 * factor] }] };
        var frames = Page.Layout(new Figure { Id = "f", Title = "", Panels = [Panel(1), Panel(2)] }, new RenderOptions()).Frames;
        frames[0].Y.ShouldBe(frames[1].Y);
        frames = Page.Layout(new Figure { Id = "f", Title = "", Panels = [Panel(1), Panel(20)] }, new RenderOptions()).Frames;
        frames[0].Y.ShouldNotBe(frames[1].Y);
    }

    [Fact]
    public void AStripShowsTheRatioToWhatIsExpected()
    {
        var strip = RatioStrip.Of(SampleFigures.Compared().Panels[0])!;
        var series = SampleFigures.Compared().Panels[0].Series.Single(one => one.Expected is not null);
        strip.Series[0].Y.ShouldBe(series.Y.Zip(series.Expected!, (value, expected) => (value / expected) - 1));
        strip.Y.Label.ShouldBe("ratio − 1");
    }

    [Fact]
    public void ATriangleIsMovedOffTheCurves()
    {
        var figure = SampleFigures.Compared();
        var frame = Page.Layout(figure, new RenderOptions()).Frames[0];
        var placer = new LabelPlacer(frame.Plot);
        var curve = figure.Panels[0].Series[0];
        placer.Mark([.. curve.X.Select((x, i) => frame.Map(x, curve.Y[i]))]);
        var (start, end) = (frame.Map(curve.X[10], curve.Y[10]), frame.Map(curve.X[30], curve.Y[30]));
        var found = SlopeTriangle.Find(frame.Plot, start, end, new TextBlock("−1/2"), placer);
        placer.Covered([found.Start, found.End, found.Corner]).ShouldBe(0);
        placer.Covered([start, end, new(end.X, start.Y)]).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void ChatterIsABandAndAMeanAndAnOscillationThatCanBeSeenIsNot()
    {
        var dense = Chatter.Of(400, i => new(0.5 * i, i < 200 ? 100 : 100 + (i % 2 == 0 ? 10 : -10)));
        var band = dense.Bands.ShouldHaveSingleItem();
        band.Middle.Average(point => point.Y).ShouldBe(100, 1);
        band.Upper.Min(point => point.Y).ShouldBe(90);
        Chatter.Of(40, i => new(10 * i, i % 2 == 0 ? 110 : 90)).Bands.ShouldBeEmpty();
    }
}
