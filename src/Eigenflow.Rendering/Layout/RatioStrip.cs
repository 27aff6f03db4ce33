using Eigenflow.Figures;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// The panel below a panel that shows how far series are from what is expected of them: the ratio to it minus one with its noise, or the difference where what is expected is not positive.
/// </summary>
internal static class RatioStrip
{
    // Departures of more than this are arrows, so that one point does not hide all others.
    private const double Largest = 1;

    // Smaller departures than this are rounding.
    private const double LeastExtent = 1e-9;

    /// <summary>The panel, or null where nothing has an expectation.</summary>
    /// <param name="panel">The panel above.</param>
    public static Panel? Of(Panel panel)
    {
        Series[] compared = [.. panel.Series.Where(series => series.Expected is not null && series.X.Length > 0)];
        if (compared.Length == 0)
            return null;
        var isRatio = !panel.Y.IsSigned(compared);
        Series[] departures = [.. compared.Select(series => Departure(series, isRatio)).Where(series => series.Y.Any(double.IsFinite))];
        if (departures.Length == 0)
            return null;
        var largest = departures.SelectMany(Extent).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var half = Math.Max(1.12 * (isRatio ? Math.Min(largest, Largest) : largest), LeastExtent);
        return new Panel
        {
            X = panel.X,
            Y = new Axis(isRatio ? "ratio − 1" : "difference", false, -half, half),
            Series = departures,
            Lines = [new ReferenceLine(0, "", IsVertical: false)],
            Regions = [.. panel.Regions.Select(region => region with { Label = "" })],
        };
    }

    private static bool IsSigned(this Axis axis, IEnumerable<Series> compared) =>
        !axis.IsLogarithmic && compared.Any(series => series.Expected!.Any(value => value <= 0));

    // Points and the parts of their bars near to them; a bar that is longer than all departures does not set the scale.
    private static IEnumerable<double> Extent(Series series)
    {
        double[] departures = [.. series.Y.Where(double.IsFinite).Select(Math.Abs)];
        if (departures.Length == 0)
            yield break;
        yield return departures.Max();
        if (series.Lower is null || series.Upper is null)
            yield break;
        double[] halves = [.. series.Lower.Zip(series.Upper, (low, high) => Math.Max(Math.Abs(low), Math.Abs(high))).Where(double.IsFinite).Order()];
        if (halves.Length > 0)
            yield return Math.Min(halves[(int)(0.9 * (halves.Length - 1))], 6 * Math.Max(departures.Max(), LeastExtent));
    }

    private static Series Departure(Series series, bool isRatio)
    {
        double[]? From(double[]? column) => column is null ? null : [.. column.Select((value, row) => isRatio ? (value / series.Expected![row]) - 1 : value - series.Expected![row])];
        return series with { Label = "", Y = From(series.Y)!, Lower = From(series.Lower), Upper = From(series.Upper), Expected = null };
    }
}
