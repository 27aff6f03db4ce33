using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Drawing;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class HeatMapTests
{
    [Fact]
    public void CellsAndColourBarAreDrawn()
    {
        var svg = FigureRenderer.Svg(Sample());
        svg.ShouldContain(Palette.Hex(Ink.Scale(0), ThemeKind.Light));
        svg.ShouldContain(Palette.Hex(Ink.Scale(255), ThemeKind.Light));
        svg.ShouldContain("aria-label=\"value\"");
        FigureRenderer.Png(Sample()).Length.ShouldBeGreaterThan(1000);

        // The bar stands beside the plot, so that it is narrower than without.
        FigureRenderer.Svg(Sample()).ShouldNotBe(FigureRenderer.Svg(Sample() with { Panels = [Sample().Panels[0] with { HeatMap = null }] }));
    }

    [Fact]
    public void EqualInputGivesEqualBytes() => FigureRenderer.Png(Sample()).ShouldBe(FigureRenderer.Png(Sample()));

    [Fact]
    public void ColoursAscendInLightness()
    {
        double Lightness(int level)
        {
            var rgb = Palette.Rgb(Ink.Scale(level), ThemeKind.Dark);
            return (0.2126 * ((rgb >> 16) & 255)) + (0.7152 * ((rgb >> 8) & 255)) + (0.0722 * (rgb & 255));
        }

        for (var level = 5; level <= 255; level += 5)
            Lightness(level).ShouldBeGreaterThan(Lightness(level - 5));
    }

    [Fact]
    public void TableHoldsEveryCell()
    {
        var lines = FigureCsv.Render(Sample()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("panel,series,x,y,lower,upper,value,style");
        lines.Length.ShouldBe(1 + 6);
        lines.ShouldContain("map,value,3,10,,,100,cell");
    }

    [Fact]
    public void TerminalShowsShades()
    {
        var text = TerminalPlot.Render(Sample(), 60, 14, colour: false);
        text.ShouldContain("█");
        text.ShouldContain("value: 0.001 to 100");
        TerminalPlot.Render(Sample(), 60, 14, colour: false, unicode: false).ShouldContain("@");
    }

    [Fact]
    public void ContradictionsAreRefused()
    {
        Refusal(map => map with { Values = [1, 2] }).ShouldContain("one value per cell, 6");
        Refusal(map => map with { X = [1, 1, 2] }).ShouldContain("at least two finite numbers that ascend");
        Refusal(map => map with { Y = [1], Values = [1, 2, 3] }).ShouldContain("at least two finite numbers that ascend");
        Refusal(map => map with { Minimum = 0 }).ShouldContain("logarithmic");
    }

    private static string Refusal(Func<HeatMap, HeatMap> change)
    {
        var figure = Sample();
        return Should.Throw<ParameterException>(() => FigureRenderer.Svg(figure with { Panels = [figure.Panels[0] with { HeatMap = change(figure.Panels[0].HeatMap!) }] })).Message;
    }

    private static Figure Sample() => new()
    {
        Id = "sample",
        Title = "Sample",
        Panels =
        [
            new Panel
            {
                Title = "map",
                X = new Axis("x", false, 0.5, 3.5),
                Y = new Axis("y", true, 1, 10),
                Series = [],
                HeatMap = new HeatMap { Label = "value", X = [1, 2, 3], Y = [1, 10], Values = [1e-3, 1e-2, 0.1, 1, double.NaN, 100], IsLogarithmic = true },
            },
        ],
    };
}
