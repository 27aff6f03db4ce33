using System.Globalization;
using System.Text;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering.Layout;

namespace Eigenflow.Rendering;

/// <summary>Writes the data of a figure as CSV (RFC 4180 with line feeds), in long format: one row per point.</summary>
public static class FigureCsv
{
    /// <summary>
    /// The columns are <c>panel,series,x,y,lower,upper,style</c>: the panel's title (its 1-based number when it has none), the label of the series,
    /// the numbers with the fewest digits that give back the same double, and how it is drawn: <c>line</c>, <c>dashed</c>, <c>dotted</c>, <c>dots</c>, or <c>guide</c> for what is
    /// no data: slopes by their two ends, and lines at a value, whose other coordinate is empty. A missing band leaves <c>lower</c> and <c>upper</c> empty; a gap is <c>NaN</c>.
    /// A figure with a heat map has the column <c>value</c> before <c>style</c>, which is <c>cell</c> then.
    /// </summary>
    /// <param name="figure">The figure.</param>
    /// <exception cref="ParameterException">The figure contradicts itself.</exception>
    public static string Render(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        FigureValidation.Check(figure);
        var hasValues = figure.Panels.Any(panel => panel.HeatMap is not null);
        var text = new StringBuilder(hasValues ? "panel,series,x,y,lower,upper,value,style\n" : "panel,series,x,y,lower,upper,style\n");
        for (var number = 0; number < figure.Panels.Count; number++)
        {
            var panel = figure.Panels[number];
            var name = CsvCell.Written(panel.Title.Length > 0 ? panel.Title : (number + 1).ToString(CultureInfo.InvariantCulture));
            foreach (var series in panel.Series)
            {
                for (var i = 0; i < series.X.Length; i++)
                    Row(series.Label.Length > 0 ? series.Label : "guide", series.X[i], series.Y[i], series.Lower?[i], series.Upper?[i], null, Word(series.Style));
            }

            foreach (var guide in panel.Slopes)
            {
                var label = guide.Label.Length > 0 ? guide.Label : "slope";
                Row(label, guide.StartX, guide.StartY, null, null, null, "guide");
                Row(label, guide.EndX, guide.StartY * Math.Pow(guide.EndX / guide.StartX, guide.Slope), null, null, null, "guide");
            }

            foreach (var line in panel.Lines)
                Row(line.Label.Length > 0 ? line.Label : "line", line.IsVertical ? line.Value : null, line.IsVertical ? null : line.Value, null, null, null, "guide");
            if (panel.HeatMap is { } map)
            {
                for (var i = 0; i < map.Values.Length; i++)
                    Row(map.Label, map.X[i % map.X.Length], map.Y[i / map.X.Length], null, null, map.Values[i], "cell");
            }

            void Row(string label, double? x, double? y, double? lower, double? upper, double? value, string style)
            {
                text.Append(name).Append(',').Append(CsvCell.Written(label));
                foreach (var cell in (double?[])[x, y, lower, upper])
                    text.Append(',').Append(Number(cell));
                if (hasValues)
                    text.Append(',').Append(Number(value));
                text.Append(',').Append(style).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Word(SeriesStyle style) => style switch
    {
        SeriesStyle.Dashed => "dashed",
        SeriesStyle.Dotted => "dotted",
        SeriesStyle.Points => "dots",
        _ => "line",
    };

    private static string Number(double? value) => value is { } number ? WrittenNumber.RoundTrip(number) : "";
}
