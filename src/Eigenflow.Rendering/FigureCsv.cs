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
    /// The columns are <c>panel,series,x,y,lower,upper,style</c>: the panel's title (its 1-based number when it has none), the label of the series with its powers of ten as <c>1e5</c>,
    /// the numbers with the fewest digits that give back the same double, and what the series is (<see cref="SeriesRole"/>): <c>theory</c>, <c>approximation</c>, <c>reference</c>, <c>simulation</c>,
    /// <c>measurement</c>, <c>fit</c>, or <c>guide</c> for what is no data: slopes by their two ends, and lines at a value, whose other coordinate is empty. A missing band leaves <c>lower</c> and
    /// <c>upper</c> empty; a gap is <c>NaN</c>. Before <c>style</c> stand, where the figure has any: <c>expected</c>, what a theory or a fit says at the same abscissa; <c>scale</c>, the value that gives a
    /// series its colour; <c>value</c>, that of the cell of a heat map, whose style is <c>cell</c>; <c>dx</c> and <c>dy</c>, the parts of a vector of a field, whose style is <c>vector</c>;
    /// <c>category</c>, the name that stands at the point on an axis of names;
    /// <c>pixel</c>, the place of a pixel of a small picture, counted from 0 along its rows from the top with its channels together, whose brightness is in <c>value</c> and whose style is <c>pixel</c>.
    /// </summary>
    /// <param name="figure">The figure.</param>
    /// <exception cref="ParameterException">The figure contradicts itself.</exception>
    public static string Render(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        FigureValidation.Check(figure);
        var all = figure.Panels.SelectMany(panel => panel.Series).ToArray();
        var hasExpected = Array.Exists(all, series => series.Expected is not null);
        var hasScale = figure.Scale is not null && Array.Exists(all, series => series.Value is not null);
        var hasPixels = figure.Panels.Any(panel => panel.Images is not null);
        var hasValues = hasPixels || figure.Panels.Any(panel => panel.HeatMap is not null);
        var hasVectors = figure.Panels.Any(panel => panel.Field is not null);
        var hasCategories = figure.Panels.Any(panel => panel.X.Categories.Count + panel.Y.Categories.Count > 0);
        string[] optional = [.. hasExpected ? ["expected"] : (string[])[], .. hasScale ? ["scale"] : (string[])[], .. hasValues ? ["value"] : (string[])[], .. hasVectors ? ["dx", "dy"] : (string[])[], .. hasCategories ? ["category"] : (string[])[], .. hasPixels ? ["pixel"] : (string[])[]];
        var text = new StringBuilder(string.Join(',', (string[])["panel", "series", "x", "y", "lower", "upper", .. optional, "style"])).Append('\n');
        for (var number = 0; number < figure.Panels.Count; number++)
        {
            var panel = figure.Panels[number];
            var name = CsvCell.Written(panel.Title.Length > 0 ? DisplayNumber.Plain(panel.Title) : (number + 1).ToString(CultureInfo.InvariantCulture));
            foreach (var series in panel.Series)
            {
                for (var i = 0; i < series.X.Length; i++)
                    Row(series.Label.Length > 0 ? series.Label : Unnamed(series), new Cells(series.X[i], series.Y[i], series.Lower?[i], series.Upper?[i], series.Expected?[i], series.Value), Word(series.Role));
            }

            foreach (var guide in panel.Slopes)
            {
                var label = guide.Label.Length > 0 ? $"slope {guide.Label}" : "slope";
                Row(label, new Cells(guide.StartX, guide.StartY), "guide");
                Row(label, new Cells(guide.EndX, guide.StartY * Math.Pow(guide.EndX / guide.StartX, guide.Slope)), "guide");
            }

            foreach (var line in panel.Lines)
                Row(line.Label.Length > 0 ? line.Label : "line", line.IsVertical ? new Cells(line.Value, null) : new Cells(null, line.Value), "guide");
            if (panel.HeatMap is { } map)
            {
                for (var i = 0; i < map.Values.Length; i++)
                    Row(map.Label, new Cells(map.X[i % map.X.Length], map.Y[i / map.X.Length], Value: map.Values[i]), "cell");
            }

            if (panel.Images is { } images)
            {
                var size = images.Width * images.Height * images.Channels;
                for (var i = 0; i < images.Values.Length; i++)
                    Row(images.Label, new Cells(images.X[i / size % images.X.Length], images.Y[i / size / images.X.Length], Value: images.Values[i], Pixel: i % size), "pixel");
            }

            if (panel.Field is { } field)
            {
                for (var i = 0; i < field.HorizontalParts.Length; i++)
                    Row(field.Label, new Cells(field.X[i % field.X.Length], field.Y[i / field.X.Length], Horizontal: field.HorizontalParts[i], Vertical: field.VerticalParts[i]), "vector");
            }

            void Row(string label, Cells cells, string style)
            {
                text.Append(name).Append(',').Append(CsvCell.Written(DisplayNumber.Plain(label)));
                double?[] values = [cells.X, cells.Y, cells.Lower, cells.Upper];
                foreach (var cell in values)
                    text.Append(',').Append(Number(cell));
                if (hasExpected)
                    text.Append(',').Append(Number(cells.Expected));
                if (hasScale)
                    text.Append(',').Append(Number(cells.Scale));
                if (hasValues)
                    text.Append(',').Append(Number(cells.Value));
                if (hasVectors)
                    text.Append(',').Append(Number(cells.Horizontal)).Append(',').Append(Number(cells.Vertical));
                if (hasCategories)
                    text.Append(',').Append(CsvCell.Written(Category(panel.Y, cells.Y) ?? Category(panel.X, cells.X) ?? ""));
                if (hasPixels)
                    text.Append(',').Append(Number(cells.Pixel));
                text.Append(',').Append(style).Append('\n');
            }
        }

        return text.ToString();
    }

    // Curves without a name of their own belong to what has the same colour; what they are says what they show.
    private static string Unnamed(Series series) => Word(series.Role);

    /// <summary>The word of a role in files.</summary>
    internal static string Word(SeriesRole role) => role switch
    {
        SeriesRole.Theory => "theory",
        SeriesRole.Approximation => "approximation",
        SeriesRole.Reference => "reference",
        SeriesRole.Simulation => "simulation",
        SeriesRole.Measurement => "measurement",
        SeriesRole.Fit => "fit",
        _ => "guide",
    };

    private static string? Category(Axis axis, double? place) => place is { } number && Math.Round(number) is >= 1 and var whole && whole <= axis.Categories.Count ? axis.Categories[(int)whole - 1] : null;

    private static string Number(double? value) => value is { } number ? WrittenNumber.RoundTrip(number) : "";

    private sealed record Cells(double? X, double? Y, double? Lower = null, double? Upper = null, double? Expected = null, double? Scale = null, double? Value = null, double? Horizontal = null, double? Vertical = null, double? Pixel = null);
}
