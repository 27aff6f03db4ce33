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
    /// The columns are <c>panel,series,x,y,lower,upper</c>: the panel's title (its 1-based number when it has none), the label of the series,
    /// and the numbers with the fewest digits that give back the same double. A missing band leaves <c>lower</c> and <c>upper</c> empty;
    /// a gap is <c>NaN</c>.
    /// </summary>
    /// <param name="figure">The figure.</param>
    /// <exception cref="ParameterException">The figure contradicts itself.</exception>
    public static string Render(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        FigureValidation.Check(figure);
        var hasValues = figure.Panels.Any(panel => panel.HeatMap is not null);
        var text = new StringBuilder(hasValues ? "panel,series,x,y,lower,upper,value\n" : "panel,series,x,y,lower,upper\n");
        for (var number = 0; number < figure.Panels.Count; number++)
        {
            var panel = figure.Panels[number];
            var name = CsvCell.Written(panel.Title.Length > 0 ? panel.Title : (number + 1).ToString(CultureInfo.InvariantCulture));
            foreach (var series in panel.Series)
            {
                var start = $"{name},{CsvCell.Written(series.Label)},";
                for (var i = 0; i < series.X.Length; i++)
                {
                    text.Append(start).Append(Number(series.X[i])).Append(',').Append(Number(series.Y[i])).Append(',')
                        .Append(Number(series.Lower?[i])).Append(',').Append(Number(series.Upper?[i])).Append(hasValues ? ",\n" : "\n");
                }
            }

            if (panel.HeatMap is { } map)
            {
                for (var i = 0; i < map.Values.Length; i++)
                    text.Append($"{name},{CsvCell.Written(map.Label)},").Append(Number(map.X[i % map.X.Length])).Append(',').Append(Number(map.Y[i / map.X.Length])).Append(",,,").Append(Number(map.Values[i])).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Number(double? value) => value is { } number ? WrittenNumber.RoundTrip(number) : "";
}
