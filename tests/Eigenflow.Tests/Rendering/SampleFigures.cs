using Eigenflow.Figures;

namespace Eigenflow.Tests.Rendering;

/// <summary>Figures with the shapes that reproductions make: power-law decays, dots with error bars, phases, guides, several panels.</summary>
internal static class SampleFigures
{
    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, Figure> All { get; } = new Dictionary<string, Figure>(StringComparer.Ordinal)
    {
        ["power-laws"] = PowerLaws(),
        ["four-panels"] = FourPanels(),
        ["family-5"] = Family(5),
        ["family-20"] = Family(20),
        ["compared"] = Compared(),
    };

    /// <summary>A family of curves by the values of an ordered parameter, in two panels of one row.</summary>
    public static Figure Family(int count) => new()
    {
        Id = "family",
        Title = "The larger the exponent, the steeper the loss",
        Caption = "Curves of a family.",
        Scale = new ColorScale("exponent a"),
        Panels =
        [
            .. new[] { "loss", "error" }.Select(name => new Panel
            {
                Title = name,
                X = new Axis("flow time t", true),
                Y = new Axis(name, true),
                Series = [.. Enumerable.Range(0, count).Select(k => Curve($"a = {1 + (0.1 * k):0.#}", k, LogGrid(1, 1e4, 60), t => Math.Pow(t, -0.1 * (k + 1))) with { Value = 1 + (0.1 * k) })],
            }),
        ],
    };

    /// <summary>A simulation beside its theory, with a guide that lies on the curve.</summary>
    public static Figure Compared()
    {
        var random = new System.Random(7);
        var theory = Curve("theory", 0, LogGrid(1, 1e4, 60), t => Math.Pow(t, -0.5));
        var x = LogGrid(1, 1e4, 24);
        double[] expected = [.. x.Select(t => Math.Pow(t, -0.5))];
        double[] measured = [.. expected.Select(value => value * (1 + (0.05 * (random.NextDouble() - 0.5))))];
        return new Figure
        {
            Id = "compared",
            Title = "The mean of 16 runs follows its theory within 3 %",
            Panels =
            [
                new Panel
                {
                    X = new Axis("flow time t", true),
                    Y = new Axis("loss L", true),
                    Series =
                    [
                        theory,
                        new Series
                        {
                            Label = "SGD, mean of 16 runs", X = x, Y = measured, Expected = expected, Lower = [.. measured.Select(value => 0.97 * value)], Upper = [.. measured.Select(value => 1.03 * value)],
                            Style = SeriesStyle.Points, Color = 0,
                        },
                    ],
                    Slopes = [new SlopeGuide(10, 300, Math.Pow(10, -0.5), -0.5, "−1/2") { Measured = "−0.499 ± 0.002" }],
                },
            ],
        };
    }

    public static double[] LogGrid(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from * Math.Pow(to / from, (double)i / (count - 1)))];

    public static Series Curve(string label, int color, double[] x, Func<double, double> f, SeriesStyle style = SeriesStyle.Line) =>
        new() { Label = label, Color = color, X = x, Y = [.. x.Select(f)], Style = style };

    /// <summary>Log–log: three theories with simulations, bands, phases, two guides, lines.</summary>
    public static Figure PowerLaws()
    {
        var series = new List<Series>();
        var random = new System.Random(5);
        double[] exponents = [1.5, 2, 3];
        for (var k = 0; k < exponents.Length; k++)
        {
            var a = exponents[k];
            double Loss(double t) => 0.75 / Math.Pow(1 + (t / 30), (a - 1) / a);
            var theory = Curve($"a = {a}", k, LogGrid(0.1, 1e6, 400), Loss);
            var x = LogGrid(0.3, 3e5, 19);
            var simulated = Curve($"a = {a}", k, x, t => Loss(t) * (1 + (0.12 * (random.NextDouble() - 0.5))), SeriesStyle.Points);
            series.Add(theory);
            series.Add(simulated with
            {
                Lower = [.. simulated.Y.Select(y => y * 0.8)],
                Upper = [.. simulated.Y.Select(y => y * 1.25)],
            });
        }

        series.Add(Curve("isotropic, a = 0", -1, LogGrid(0.1, 1e6, 400), t => 0.75 * Math.Exp(-t / 400), SeriesStyle.Dashed));
        return new Figure
        {
            Id = "power-laws",
            Title = "Loss of gradient flow against the sharp law",
            Caption = "Loss L(t) of gradient flow (lines) and of online SGD (dots: mean of 16 replicas, bars: 10 % and 90 % quantiles) for "
                + "power-law spectra λ_k ∝ k^{-a} in dimension d = 10^6, learning rate η = 10^{-3}, seed 1. Triangles show the predicted exponent −(a − 1)/a.",
            Panels =
            [
                new Panel
                {
                    X = new Axis("flow time t", true),
                    Y = new Axis("loss L(t)", true, 1e-5, 2),
                    Series = series,
                    Regions = [new Region(0, 25, "Phase I"), new Region(25, 400, "Phase IIa"), new Region(400, 3e5, "Phase IIb"), new Region(3e5, double.PositiveInfinity, "Phase III")],
                    Slopes = [new SlopeGuide(3e3, 6e4, 0.12, -1.0 / 3, "−1/3"), new SlopeGuide(1e3, 2e4, 6e-3, -2.0 / 3, "−2/3")],
                    Lines = [new ReferenceLine(25, "T_1", true), new ReferenceLine(1e-4, "noise floor", false)],
                    Annotations = [new Annotation(150, 0.5, "escape")],
                },
            ],
        };
    }

    /// <summary>Four panels: linear, semi-logarithmic, log–log with a band, sparse dots; one legend for all.</summary>
    public static Figure FourPanels()
    {
        var t = LogGrid(0.01, 1e4, 300);
        Series[] Curves(Func<double, double, double> f) =>
            [.. Enumerable.Range(1, 4).Select(k => Curve($"d = 10^{k + 2}", k - 1, t, x => f(x, k)))];
        var linear = Enumerable.Range(0, 200).Select(i => i * 0.05).ToArray();
        var wave = Curve("d = 10^3", 0, linear, x => Math.Sin(x) * 2e-5) with
        {
            Lower = [.. linear.Select(x => (Math.Sin(x) * 2e-5) - 5e-6)],
            Upper = [.. linear.Select(x => (Math.Sin(x) * 2e-5) + 5e-6)],
        };
        return new Figure
        {
            Id = "four-panels",
            Title = "Overlap, squared overlap, error and residual in four dimensions",
            Caption = "Every dimension has one colour in all panels.",
            Columns = 2,
            Panels =
            [
                new Panel
                {
                    Title = "(a) overlap", X = new Axis("flow time t", true), Y = new Axis("u(t)"),
                    Series = Curves((x, k) => 1 / (1 + Math.Exp(-(Math.Log10(x) - (k * 0.6)) * 4))),
                    Regions = [new Region(0, 3, "Phase I"), new Region(3, 8, "IIa"), new Region(8, 1e5, "Phase IIb")],
                },
                new Panel
                {
                    Title = "(b) deviation", X = new Axis("flow time t", true), Y = new Axis("1 − s(t)", true),
                    Series = Curves((x, k) => Math.Exp(-x / (10 * k * k))),
                },
                new Panel
                {
                    Title = "(c) mean squared error", X = new Axis("t / d", true), Y = new Axis("MSE", true),
                    Series = Curves((x, k) => Math.Pow(1 + x, -0.5 / k)),
                    Slopes = [new SlopeGuide(10, 1000, 0.15, -0.5, "−1/2")],
                },
                new Panel { Title = "(d) residual", X = new Axis("x"), Y = new Axis("residual"), Series = [wave], Lines = [new ReferenceLine(0, "exact", false)] },
            ],
        };
    }

    /// <summary>Twelve curves with long labels on a linear axis.</summary>
    public static Figure ManyCurves() => new()
    {
        Id = "many-curves",
        Title = "Twelve curves",
        Panels =
        [
            new Panel
            {
                X = new Axis("step"),
                Y = new Axis("loss", true),
                Series =
                [
                    .. Enumerable.Range(0, 12).Select(k => Curve(
                        $"spectrum exponent a = {1 + (k * 0.25)}", k, [.. Enumerable.Range(0, 100).Select(i => i * 1e4)],
                        x => Math.Exp(-x * (k + 1) / 1e6))),
                ],
            },
        ],
    };

    /// <summary>A figure of one panel with the given series.</summary>
    public static Figure Of(params Series[] series) => new()
    {
        Id = "sample",
        Title = "Sample",
        Panels = [new Panel { X = new Axis("x"), Y = new Axis("y"), Series = series }],
    };

    /// <summary>The same with logarithmic axes.</summary>
    public static Figure Logarithmic(params Series[] series) => new()
    {
        Id = "sample",
        Title = "Sample",
        Panels = [new Panel { X = new Axis("x", true), Y = new Axis("y", true), Series = series }],
    };
}
