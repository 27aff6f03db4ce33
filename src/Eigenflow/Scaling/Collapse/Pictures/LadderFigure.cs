using Eigenflow.Figures;
using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The picture of a ladder: normalised curves, what models depart from their mean, Δ beside σ, and end points with the law of L0.</summary>
public static class LadderFigure
{
    private const double Wide = 30;
    private const double Lowest = 0.05;
    private const double Highest = 0.95;
    private const double SmallestShown = 1e-3;

    /// <summary>Draws.</summary>
    /// <param name="ladder">The analysis.</param>
    /// <param name="id">Name of the figure, a file name.</param>
    /// <param name="timeName">Name of training time, such as tokens.</param>
    /// <param name="isNarrow">Whether the picture has the width of a column, on which four panels would be longer than a page: then normalised curves and their spread alone.</param>
    public static Figure Of(LadderAnalysis ladder, string id, string timeName, bool isNarrow = false)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        return new Figure
        {
            Id = id,
            Title = TitleOf(ladder),
            Scale = OrderedValues.Scale("size p", ladder.Curves.Sizes),
            Caption = CaptionOf(ladder, timeName),
            Columns = 2,
            Panels = isNarrow ? [Normalised(ladder), Spread(ladder)] : [Normalised(ladder), Departures(ladder), Spread(ladder), EndPoints(ladder)],
        };
    }

    private static Panel Normalised(LadderAnalysis ladder)
    {
        var curves = ladder.Curves;
        var (x, runs) = (curves.X, Enumerable.Range(0, curves.Models).SelectMany(m => Enumerable.Range(0, curves.Seeds[m].Length).Select(s => (m, s))).ToArray());
        double[] low = new double[x.Length], high = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            double[] sorted = [.. runs.Select(run => curves.Value(run.m, run.s, i)).Order()];
            (low[i], high[i]) = (Quantile.OfSorted(sorted, Lowest), Quantile.OfSorted(sorted, Highest));
        }

        return new Panel
        {
            Title = "normalised loss",
            X = new Axis("x = t/t*", false, 0, 1),
            Y = new Axis(curves.Offset == 0 ? "L/L(end)" : "ℓ = (L − L_{0})/(L(end) − L_{0})", high.Max() / low.Min() > Wide),
            Series =
            [
                new Series { Label = "5 to 95 % of all runs", X = x, Y = ladder.Statistics.Mean, Lower = low, Upper = high, Color = CurveColors.Neutral, Role = SeriesRole.Measurement },
                .. Models(ladder, m => curves.ModelMean(m)),
            ],
        };
    }

    private static Panel Departures(LadderAnalysis ladder)
    {
        var (statistics, inner) = (ladder.Statistics, ladder.Curves.Inner());
        var perSeed = ladder.Curves.Seeds.Average(seeds => 1.0 / seeds.Length);
        double[] x = ladder.Curves.X, percent = [.. statistics.Within.Select((within, i) => 100 * Math.Sqrt(within * perSeed) / statistics.Mean[i])];
        return new Panel
        {
            Title = "departure from the mean of models",
            X = new Axis("x = t/t*", false, 0, 1),
            Y = new Axis("ℓ of a size over the mean, less 1 (%)"),
            Series =
            [
                .. statistics.HasFloor
                    ? (Series[])[new Series { Label = "± noise of the mean of seeds", X = x, Y = [.. x.Select(_ => 0.0)], Lower = [.. percent.Select(floor => -floor)], Upper = percent, Color = CurveColors.Neutral, Role = SeriesRole.Reference, Style = SeriesStyle.Dotted }]
                    : [],
                .. Models(ladder, m => [.. ladder.Curves.ModelMean(m).Select((value, i) => 100 * ((value / statistics.Mean[i]) - 1))]),
            ],
            Lines = statistics.HasFloor || inner.Length == 0 ? [] : [new ReferenceLine(0, "", false)],
        };
    }

    private static Panel Spread(LadderAnalysis ladder)
    {
        var (statistics, inner) = (ladder.Statistics, ladder.Curves.Inner());
        double[] x = At(ladder.Curves.X), delta = At(statistics.Delta), floor = At(statistics.MeanFloor);
        double[] between = [.. inner.Select(i => Math.Sqrt(Math.Max(0, statistics.Between[i])) / statistics.Mean[i])];
        double[] positive = [.. delta.Concat(floor).Where(value => value > 0)];
        var top = positive.Length == 0 ? 1 : positive.Max();
        return new Panel
        {
            Title = statistics.HasFloor ? "spread and noise of seeds" : "spread",
            X = new Axis("x = t/t*", false, 0, 1),
            Y = positive.Length == 0 ? new Axis("relative standard deviation") : new Axis("relative standard deviation", true, Math.Max(SmallestShown * top, positive.Min() / 2), 2 * top),
            Series =
            [
                new Series { Label = "Δ of all curves", X = x, Y = delta, Color = 0, Role = SeriesRole.Measurement },
                .. statistics.HasFloor
                    ? (Series[])[
                        new Series { Label = "Δ between models alone", X = x, Y = between, Color = 0, Style = SeriesStyle.Dotted, Role = SeriesRole.Measurement },
                        new Series { Label = "σ, noise of seeds", X = x, Y = floor, Color = 1, Style = SeriesStyle.Dashed, Role = SeriesRole.Measurement },
                    ]
                    : [],
            ],
            Regions = statistics.Onset > 0 ? [new Region(1 - statistics.Onset, x[^1], "Δ < σ")] : [],
        };

        double[] At(double[] values) => [.. inner.Select(i => values[i])];
    }

    private static Panel EndPoints(LadderAnalysis ladder)
    {
        var fit = ladder.Fit;
        var floor = fit?.Floor ?? 0;
        var points = ladder.Runs.Select(run => (run.Size, Compute: run.EndCompute, Loss: run.EndLoss - floor)).OrderBy(point => point.Compute).ToArray();
        double low = points[0].Compute, high = points[^1].Compute;
        double[] grid = [.. Enumerable.Range(0, 61).Select(k => low * Math.Pow(high / low, k / 60.0))];
        return new Panel
        {
            Title = "end points",
            X = new Axis("compute", true),
            Y = new Axis(fit is null ? "loss L" : "reducible loss L − L_{0}", points.All(point => point.Loss > 0)),
            Series =
            [
                .. fit is null ? (Series[])[] : [new Series { Label = "a c^{−b}", X = grid, Y = [.. grid.Select(compute => fit.At(compute) - floor)], Role = SeriesRole.Fit, Color = CurveColors.Neutral }],
                new Series { Label = "runs", X = [.. points.Select(point => point.Compute)], Y = [.. points.Select(point => point.Loss)], Role = SeriesRole.Measurement, Style = SeriesStyle.Points, Color = 0 },
            ],
        };
    }

    private static IEnumerable<Series> Models(LadderAnalysis ladder, Func<int, double[]> values) => Enumerable.Range(0, ladder.Curves.Models).Select(m => new Series
    {
        Label = DisplayText.Of($"size {ladder.Curves.Sizes[m]:G4}"),
        X = ladder.Curves.X,
        Y = values(m),
        Color = m,
        Role = SeriesRole.Measurement,
        Value = ladder.Curves.Models < 3 ? null : ladder.Curves.Sizes[m],
    });

    private static string TitleOf(LadderAnalysis ladder)
    {
        var name = ladder.Schedule.Length > 0 ? ladder.Schedule + ", " : "";
        var statistics = ladder.Statistics;
        var rms = $"rms Δ {DisplayNumber.Percent(statistics.RootMeanSquare)}";
        return ladder.Verdict.Kind switch
        {
            LadderVerdictKind.Supercollapse => Headline.FirstThatFits($"{name}supercollapse: Δ below the noise of seeds on the last {DisplayNumber.Percent(statistics.Onset)} of training", $"{name}supercollapse, {rms}"),
            LadderVerdictKind.Collapse => Headline.FirstThatFits($"{name}{ladder.Curves.Models} sizes collapse within the noise of seeds: {rms}", $"{name}collapse, {rms}"),
            LadderVerdictKind.NoCollapse => Headline.FirstThatFits($"{name}{ladder.Curves.Models} sizes do not collapse: {rms}, sizes differ on {DisplayNumber.Percent(ladder.Test?.Share ?? 1)} of x", $"{name}no collapse, {rms}"),
            _ => Headline.FirstThatFits($"{name}{ladder.Curves.Models} sizes spread by {DisplayNumber.Percent(statistics.RootMeanSquare)} (rms){(statistics.HasFloor ? "; no verdict" : "; no seeds to compare with")}", $"{name}{rms}"),
        };
    }

    private static string CaptionOf(LadderAnalysis ladder, string timeName)
    {
        var seeds = ladder.Curves.Seeds.Select(own => own.Length).ToArray();
        var offset = ladder.Fit is not { } fit ? "L_{0} is not known: 0 in its place"
            : fit.IsGiven ? DisplayText.Of($"L_{{0}} = {fit.Floor:G4} as given, b = {fit.Exponent:0.###}")
            : DisplayText.Of($"L_{{0}} = {fit.Floor:G4}{(double.IsNaN(fit.Lower) ? "" : $" ({DisplayNumber.Range(fit.Lower, fit.Upper)})")}, b = {fit.Exponent:0.###} by the end points");
        return $"{ladder.Curves.Models} sizes, {(seeds.Min() == seeds.Max() ? $"{seeds[0]}" : $"{seeds.Min()} to {seeds.Max()}")} seed{(seeds.Max() > 1 ? "s" : "")} each; every run divided by its own end point in {timeName}. {offset}. {DisplayText.Of($"End times grow as p^{{{ladder.Horizon.Exponent:0.###}}}")}. Verdict: {ladder.Verdict.Sentence}.";
    }
}
