using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class VectorFieldTests
{
    private static readonly Box Plot = new(0, 0, 300, 300);
    private static readonly double[] Grid = [.. Enumerable.Range(-10, 21).Select(i => i / 10.0)];

    [Fact]
    public void StreamlinesOfARotationAreCirclesInItsSense()
    {
        var lines = Lines(Sample((x, y) => (-y, x)));
        lines.Count.ShouldBeGreaterThan(5);
        foreach (var line in lines)
        {
            var radii = line.Select(point => double.Hypot(point.X - 150, point.Y - 150)).ToArray();
            (radii.Max() - radii.Min()).ShouldBeLessThan(0.5);

            // y grows downwards in pictures, so that a turn to the left is one of descending angles.
            var (first, second) = (line[0], line[1]);
            (((first.X - 150) * (second.Y - 150)) - ((first.Y - 150) * (second.X - 150))).ShouldBeLessThan(0);
        }
    }

    [Fact]
    public void LinesKeepApart()
    {
        // Parallel lines, one in each row of the mask.
        var lines = Lines(Sample((_, _) => (2, 0)));
        lines.Count.ShouldBe(20);
        double[] heights = [.. lines.Select(line => line[0].Y).Order()];
        for (var i = 1; i < heights.Length; i++)
            (heights[i] - heights[i - 1]).ShouldBe(15, 1e-9);
        lines.ShouldAllBe(line => line.Last().X > line.First().X);
    }

    [Fact]
    public void OnlyDirectionsMatter() => Lines(Sample((x, y) => (-1e-9 * y, 1e-9 * x))).ShouldBe(Lines(Sample((x, y) => (-1e9 * y, 1e9 * x))), Points.Instance);

    [Fact]
    public void LogarithmicAxesBendTheField()
    {
        // dx/dt = x is a constant velocity on a logarithmic axis.
        var logarithmic = new AxisRange(true, -1, 1);
        double[] x = [.. Grid.Select(value => Math.Pow(10, value))];
        var field = new VectorField { Label = "v", X = x, Y = Grid, HorizontalParts = [.. Grid.SelectMany(_ => x)], VerticalParts = new double[x.Length * Grid.Length] };
        var sampler = new FieldSampler(field, logarithmic, new AxisRange(false, -1, 1));
        foreach (var place in (double[])[0.1, 0.5, 0.93])
            sampler.At(place, 0.4)!.Value.Across.ShouldBe(1 / (2 * Math.Log(10)), 1e-12);
    }

    [Fact]
    public void WhatHasNoDirectionIsNotDrawn()
    {
        Lines(Sample((_, _) => (0, 0))).ShouldBeEmpty();
        Lines(Sample((_, _) => (double.NaN, 1))).ShouldBeEmpty();

        // Rounding beside real vectors has none either.
        Lines(Sample((x, _) => x < 0 ? (0, 1) : (1e-14, 1e-14))).ShouldAllBe(line => line.All(point => point.X < 151));
    }

    [Theory]
    [InlineData(ThemeKind.Light)]
    [InlineData(ThemeKind.Dark)]
    public void EveryRendererDrawsIt(ThemeKind theme)
    {
        var figure = Drawn(Sample((x, y) => (-y, x)));
        var options = new RenderOptions { Theme = theme };
        FigureRenderer.Svg(figure, options).Length.ShouldBeGreaterThan(FigureRenderer.Svg(Drawn(null), options).Length);
        FigureRenderer.Png(figure, options).ShouldBe(FigureRenderer.Png(figure, options));
        var text = TerminalPlot.Render(figure, 60, 20, colour: false);
        text.ShouldContain("→ velocity v");
        "→↗↑↖←↙↓↘".ShouldAllBe(arrow => text.Contains(arrow));
        var plain = TerminalPlot.Render(figure, 60, 20, colour: false, unicode: false);
        plain.ShouldContain("> velocity v");
        plain.ShouldContain("<");
    }

    // The colours of cells are those of every theme: what is drawn over them is so too, and keeps apart from the darkest and the brightest of them.
    [Theory]
    [InlineData(ThemeKind.Light)]
    [InlineData(ThemeKind.Dark)]
    public void LinesOverCellsAreBrightInEveryTheme(ThemeKind theme)
    {
        var figure = Drawn(Sample((x, y) => (-y, x)));
        var cells = figure with { Panels = [figure.Panels[0] with { HeatMap = new HeatMap { Label = "density", X = Grid, Y = Grid, Values = [.. Grid.SelectMany(y => Grid.Select(x => x + y))] } }] };
        var (plain, over) = (FigureRenderer.Svg(figure, new RenderOptions { Theme = theme }), FigureRenderer.Svg(cells, new RenderOptions { Theme = theme }));
        over.ShouldContain("stroke=\"#ffffff\" stroke-width=\"1\"");
        over.ShouldContain("stroke=\"#14171c\"");
        plain.Contains("stroke=\"#ffffff\" stroke-width=\"1\"", StringComparison.Ordinal).ShouldBeFalse("on the page itself a line has the colour of text");
    }

    [Fact]
    public void TableHoldsEveryVector()
    {
        var lines = FigureCsv.Render(Drawn(Sample((x, y) => (-y, x)))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("panel,series,x,y,lower,upper,dx,dy,style");
        lines.Length.ShouldBe(1 + (21 * 21));
        lines.ShouldContain("1,velocity v,0.5,-0.2,,,0.2,0.5,vector");
    }

    [Fact]
    public void ContradictionsAreRefused()
    {
        Refusal(field => field with { HorizontalParts = [1, 2] }).ShouldContain("one value per point of the grid, 441");
        Refusal(field => field with { VerticalParts = [1, 2] }).ShouldContain("one value per point of the grid, 441");
        Refusal(field => field with { X = [.. Grid.Reverse()] }).ShouldContain("at least two finite numbers that ascend");
    }

    private static string Refusal(Func<VectorField, VectorField> change) =>
        Should.Throw<ParameterException>(() => FigureRenderer.Svg(Drawn(change(Sample((x, y) => (-y, x)))))).Message;

    private static IReadOnlyList<Position[]> Lines(VectorField field) => Streamlines.Of(new FieldSampler(field, new AxisRange(false, -1, 1), new AxisRange(false, -1, 1)), Plot);

    private static VectorField Sample(Func<double, double, (double, double)> velocity)
    {
        var vectors = Grid.SelectMany(y => Grid.Select(x => velocity(x, y))).ToArray();
        return new VectorField { Label = "velocity v", X = Grid, Y = Grid, HorizontalParts = [.. vectors.Select(vector => vector.Item1)], VerticalParts = [.. vectors.Select(vector => vector.Item2)] };
    }

    private static Figure Drawn(VectorField? field) => new()
    {
        Id = "sample",
        Title = "Sample",
        Panels = [new Panel { X = new Axis("x", false, -1, 1), Y = new Axis("y", false, -1, 1), Series = [], Field = field }],
    };

    private sealed class Points : IEqualityComparer<Position[]>
    {
        public static readonly Points Instance = new();

        public bool Equals(Position[]? x, Position[]? y) => x!.Length == y!.Length && x.Zip(y).All(pair => double.Hypot(pair.First.X - pair.Second.X, pair.First.Y - pair.Second.Y) < 1e-6);

        public int GetHashCode(Position[] obj) => obj.Length;
    }
}
