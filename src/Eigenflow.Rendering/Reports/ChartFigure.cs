using Eigenflow.Figures;
using Eigenflow.Rendering.Layout;

namespace Eigenflow.Rendering.Reports;

/// <summary>
/// A figure as the charts of a report need it: numbers with the digits that a chart can show, and of long curves the points that can be told apart on a wide screen, so that a report is not much larger
/// than its pictures.
/// </summary>
internal static class ChartFigure
{
    // Columns in which a curve keeps its first, lowest, highest and last point: finer than the pixels of a panel, so that zooming in shows more.
    private const int Columns = 500;
    private const int Digits = 7;

    /// <summary>The figure.</summary>
    public static Figure Of(Figure figure) => figure with { Panels = [.. figure.Panels.Select(Of)] };

    private static Panel Of(Panel panel)
    {
        var range = PanelRanges.Horizontal(panel);
        return panel with
        {
            Series = [.. panel.Series.Select(series => Rounded(series.Style == SeriesStyle.Points ? series : Thinned(series, range.Fraction)))],
            HeatMap = panel.HeatMap is { } map ? map with { Values = Rounded(map.Values, 4)! } : null,
            Field = panel.Field is { } field ? field with { HorizontalParts = Rounded(field.HorizontalParts, 4)!, VerticalParts = Rounded(field.VerticalParts, 4)! } : null,
            Images = panel.Images is { } images ? images with { Values = Rounded(images.Values, 3)! } : null,
        };
    }

    private static Series Rounded(Series series) => series with
    {
        X = Rounded(series.X, Digits)!,
        Y = Rounded(series.Y, Digits)!,
        Lower = Rounded(series.Lower, Digits),
        Upper = Rounded(series.Upper, Digits),
        Expected = Rounded(series.Expected, Digits),
    };

    private static Series Thinned(Series series, Func<double, double> fraction)
    {
        if (series.X.Length <= 4 * Columns)
            return series;
        var kept = Thinning.Indices(series.X.Length, index => Math.Floor(Columns * fraction(series.X[index])), index => series.Y[index]);
        double[]? Taken(double[]? column) => column is null ? null : [.. kept.Select(index => column[index])];
        return series with { X = Taken(series.X)!, Y = Taken(series.Y)!, Lower = Taken(series.Lower), Upper = Taken(series.Upper), Expected = Taken(series.Expected) };
    }

    private static double[]? Rounded(double[]? numbers, int digits)
    {
        if (numbers is null)
            return null;
        var format = "E" + (digits - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [.. numbers.Select(number => double.IsFinite(number) ? double.Parse(number.ToString(format, System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : number)];
    }
}
