using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 4: how the risk goes to zero on power laws: a power of t for least squares, t⁻¹ with logarithms for logistic regression.</summary>
internal static class DecayFigure
{
    private const int Dimension = 6000;
    private const double LearningRate = 0.5;
    private const double End = 1e3, Far = 1e8;
    private static readonly double[] Powers = [1.2, 1.5, 2, 3];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var times = Lab.Logarithmic(0.1, End, 61);
        List<Series> squared = [SolutionSeries.Key($"d = {Dimension}", SeriesStyle.Line), SolutionSeries.Key("d = ∞", SeriesStyle.Dashed)], logistic = [.. squared];
        var local = new List<Series>();
        var measured = new List<(double Value, MeasuredSlope Slope)>();
        for (var k = 0; k < Powers.Length; k++)
        {
            var laws = new MixtureLaws([Powers[k]], [1], 0);
            var name = $"α = {DisplayNumber.Of(Powers[k])}";
            var squares = Lab.Symmetric(Dimension, ClassSpectrum.PowerLaw(Powers[k]), new LeastSquaresLoss());
            var limit = SolutionSeries.Of(squares.Continuum(LearningRate, times, cancellation), "risk", "", k, SeriesStyle.Dashed, "t") with { Value = Powers[k] };
            squared.Add(SolutionSeries.Of(squares.Theory(LearningRate, times, cancellation), "risk", name, k, abscissa: "t") with { Value = Powers[k] });
            squared.Add(limit);
            local.Add(Local(squares.Continuum(LearningRate, Lab.Logarithmic(1, Far, 65), cancellation), name, k) with { Value = Powers[k] });
            local.Add(SolutionSeries.Function([1, Far], _ => -laws.Exponent, "", k, SeriesStyle.Dotted) with { Value = Powers[k] });
            measured.Add((Powers[k], limit.SlopeBetween(30, End)));
            var margins = Lab.Symmetric(Dimension, ClassSpectrum.PowerLaw(Powers[k]), new LogisticLoss());
            logistic.Add(SolutionSeries.Of(margins.Theory(LearningRate, times, cancellation), "risk", name, k, abscissa: "t") with { Value = Powers[k] });
            logistic.Add(SolutionSeries.Of(margins.Continuum(LearningRate, times, cancellation), "risk", "", k, SeriesStyle.Dashed, "t") with { Value = Powers[k] });
            logistic.Add(SolutionSeries.Function(times.Where(time => time >= 30), time => laws.LogisticRisk(LearningRate, time), "", k, SeriesStyle.Dotted) with { Value = Powers[k] });
            progress?.Report(new Progress((k + 1.0) / Powers.Length, "decay"));
        }

        logistic.Add(SolutionSeries.Key("implicit law", SeriesStyle.Dotted));
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = Headline.Slopes("Squared risk", "t", "α", measured),
                    Scale = new ColorScale("power α"),
                    Caption = $"Theory of the risk for d = {Dimension} (lines) and d = ∞ (dashed). (a) Least squares; the title has the slopes from t = 30 to 1000 (d = ∞). (b) Logistic regression and its late law in implicit form (dotted), t^{{−1}} (ln t)^{{1/(α − 1)}} to leading order. (c) Local slopes for d = ∞ and the late exponents −(1 − 1/α) (dotted). Flat mean of norm 1, γ = 0.5.",
                    Panels =
                    [
                        new Panel { Title = "least squares", X = new Axis("time t", true), Y = new Axis("risk R", true), Series = squared },
                        new Panel { Title = "logistic", X = new Axis("time t", true), Y = new Axis("risk R", true), Series = logistic },
                        new Panel { Title = "slopes of least squares", X = new Axis("time t", true), Y = new Axis("slope of ln R in ln t"), Series = [.. local, SolutionSeries.Key("late exponent", SeriesStyle.Dotted)] },
                    ],
                },
            ],
        };
    }

    private static Series Local(Solution solution, string name, int color)
    {
        var (times, risk) = (solution["t"], solution["risk"]);
        int[] rows = [.. Enumerable.Range(0, times.Length - 1)];
        return new Series
        {
            Label = name,
            X = [.. rows.Select(row => Math.Sqrt(times[row] * times[row + 1]))],
            Y = [.. rows.Select(row => Math.Log(risk[row + 1] / risk[row]) / Math.Log(times[row + 1] / times[row]))],
            Color = color,
        };
    }
}
