using Eigenflow.Figures;

namespace Eigenflow.Browser.Charts;

/// <summary>Figures with everything that a chart draws.</summary>
internal static class ChartFigures
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 120).Select(k => Math.Pow(10, k / 30.0))];

    /// <summary>Power laws with bands, error bars, rings, a slope, phases and what is expected.</summary>
    public static Figure Laws => new()
    {
        Id = "laws",
        Title = "Laws of two exponents",
        Panels =
        [
            new Panel
            {
                Title = "loss",
                X = new Axis("time t", IsLogarithmic: true),
                Y = new Axis("loss L_{test}", IsLogarithmic: true),
                Regions = [new Region(1, 100, "phase I"), new Region(100, double.PositiveInfinity, "phase II")],
                Slopes = [new SlopeGuide(10, 1000, 0.2, -0.5, "−1/2") { Measured = "−0.50 ± 0.01" }],
                Lines = [new ReferenceLine(100, "t_1", IsVertical: true)],
                Annotations = [new Annotation(1000, 0.5, "here")],
                Series =
                [
                    Law("a = 1", -0.5, SeriesStyle.Line, 0) with { Lower = [.. Times.Select(t => 0.8 * Math.Pow(t, -0.5))], Upper = [.. Times.Select(t => 1.2 * Math.Pow(t, -0.5))] },
                    Law("a = 2", -0.25, SeriesStyle.Dashed, 1),
                    Measured("chains", 2),
                ],
            },
            new Panel
            {
                Title = "names",
                X = new Axis("method") { Categories = ["first", "second", "third"] },
                Y = new Axis("risk"),
                Series = [new Series { Label = "rings", X = [1, 2, 3], Y = [0.5, 2, 1], Style = SeriesStyle.Points, Role = SeriesRole.Measurement, Color = 3, IsHollow = true }],
            },
        ],
    };

    /// <summary>A heat map with a logarithmic bar and the curve of a border.</summary>
    public static Figure Map => new()
    {
        Id = "map",
        Title = "A map",
        Panels =
        [
            new Panel
            {
                X = new Axis("x"),
                Y = new Axis("y"),
                HeatMap = new HeatMap { Label = "value", X = [1, 2, 3], Y = [10, 20], Values = [1, 10, 100, 1000, double.NaN, 1e5], IsLogarithmic = true },
                Series = [],
            },
        ],
    };

    private static Series Law(string label, double exponent, SeriesStyle style, int color) =>
        new() { Label = label, X = Times, Y = [.. Times.Select(t => Math.Pow(t, exponent))], Style = style, Role = SeriesRole.Theory, Color = color };

    private static Series Measured(string label, int color)
    {
        double[] times = [1, 10, 100, 1000];
        double[] values = [.. times.Select((t, k) => Math.Pow(t, -0.5) * (1 + (0.1 * Math.Cos(k))))];
        return new Series
        {
            Label = label,
            X = times,
            Y = values,
            Style = SeriesStyle.Points,
            Role = SeriesRole.Simulation,
            Color = color,
            Lower = [.. values.Select(value => 0.9 * value)],
            Upper = [.. values.Select(value => 1.1 * value)],
            Expected = [.. times.Select(t => Math.Pow(t, -0.5))],
        };
    }
}
