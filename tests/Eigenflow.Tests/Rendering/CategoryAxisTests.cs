using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Layout;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>Axes of names, in every renderer.</summary>
public sealed class CategoryAxisTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(40)]
    public void NamesHaveRoomAtEverySize(int count) => LayoutExamination.Examine(Sample(count));

    [Fact]
    public void TheFirstNameStandsAtTheTop()
    {
        var frame = Page.Layout(Sample(5), new RenderOptions()).Frames[0];
        frame.YTicks.Major.Select(tick => tick.Label).ShouldBe(["statement 1", "statement 2", "statement 3", "statement 4", "statement 5"]);
        frame.Map(1, 1).Y.ShouldBeLessThan(frame.Map(1, 5).Y);
        frame.Map(1, 5).Y.ShouldBeLessThan(frame.Plot.Bottom);
        var text = TerminalPlot.Render(Sample(5), 100, 30, colour: false);
        text.IndexOf("statement 1", StringComparison.Ordinal).ShouldBeInRange(0, text.IndexOf("statement 5", StringComparison.Ordinal));
    }

    [Fact]
    public void ATerminalShowsAllNamesWhereItIsHighEnough()
    {
        var high = TerminalPlot.Render(Sample(30), 100, 60, colour: false);
        for (var number = 1; number <= 30; number++)
            high.ShouldContain($"statement {number}");
        TerminalPlot.Render(Sample(30), 100, 24, colour: false).Split('\n').Length.ShouldBeLessThanOrEqualTo(25);
    }

    [Fact]
    public void HorizontalNamesStandInTheirOrder()
    {
        var figure = Sample(4);
        figure = figure with { Panels = [figure.Panels[0] with { X = new Axis("") { Categories = ["a", "b", "c"] }, Y = new Axis("ratio", true), Series = [new Series { Label = "one", X = [1, 2, 3], Y = [1, 10, 100], Style = SeriesStyle.Points }] }] };
        LayoutExamination.Examine(figure);
        var frame = Page.Layout(figure, new RenderOptions()).Frames[0];
        frame.XTicks.Major.Select(tick => tick.Label).ShouldBe(["a", "b", "c"]);
        FigureCsv.Render(figure).ShouldContain(",1,1,,,a,simulation");
    }

    [Fact]
    public void TablesOfNumbersNameThePlace()
    {
        var lines = FigureCsv.Render(Sample(2)).Split('\n');
        lines[0].ShouldBe("panel,series,x,y,lower,upper,category,style");
        lines.ShouldContain(line => line.EndsWith(",1,,,statement 1,simulation", StringComparison.Ordinal));
    }

    [Fact]
    public void ScalesOfNamesAreRefused()
    {
        foreach (var axis in new[] { new Axis("y", true), new Axis("y", false, 0), new Axis("y", false, null, 3) })
        {
            var figure = Sample(2);
            figure = figure with { Panels = [figure.Panels[0] with { Y = axis with { Categories = ["a", "b"] } }] };
            Should.Throw<ParameterException>(() => FigureRenderer.Svg(figure)).Message.ShouldContain("names");
        }
    }

    [Fact]
    public void RingsAreDrawnAndExplained()
    {
        var figure = Sample(3);
        var filled = figure with { Panels = [figure.Panels[0] with { Series = [.. figure.Panels[0].Series.Select(series => series with { IsHollow = false })] }] };
        FigureRenderer.Svg(figure).ShouldNotBe(FigureRenderer.Svg(filled));
    }

    private static Figure Sample(int count) => new()
    {
        Id = "names",
        Title = "Ratios of statements",
        Caption = "Each row is a statement.",
        Panels =
        [
            new Panel
            {
                X = new Axis("measured / bound", true),
                Y = new Axis("") { Categories = [.. Enumerable.Range(1, count).Select(number => $"statement {number}")] },
                Series = [Dots("printed", 0, 1, false), Dots("corrected", 1, 0.3, true)],
                Lines = [new ReferenceLine(1, "")],
            },
        ],
    };

    private static Series Dots(string label, int colour, double factor, bool isHollow) =>
        new() { Label = label, Color = colour, X = [0.5 * factor, 2 * factor], Y = [1, 2], Style = SeriesStyle.Points, IsHollow = isHollow };
}
