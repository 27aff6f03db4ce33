using System.Text.Json;
using Eigenflow.Figures;
using Eigenflow.Rendering.Layout;

namespace Eigenflow.Rendering;

/// <summary>
/// Writes a figure as JSON, for the charts of pages: the records of <see cref="Figure"/> with their names in camel case. What is absent or empty is left out; a number that is not finite is null;
/// style and role are their words in lower case.
/// </summary>
public static class FigureJson
{
    /// <summary>Writes a figure as one JSON object.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="figure">The figure.</param>
    /// <exception cref="ParameterException">The figure contradicts itself.</exception>
    public static void Write(Utf8JsonWriter writer, Figure figure)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(figure);
        FigureValidation.Check(figure);
        writer.WriteStartObject();
        writer.WriteString("id", figure.Id);
        writer.WriteString("title", figure.Title);
        Text(writer, "caption", figure.Caption);
        if (figure.Columns is { } columns)
            writer.WriteNumber("columns", columns);
        if (figure.Scale is { } scale)
        {
            writer.WriteStartObject("scale");
            writer.WriteString("label", scale.Label);
            Flag(writer, "isLogarithmic", scale.IsLogarithmic);
            writer.WriteEndObject();
        }

        List(writer, "panels", figure.Panels, Panel);
        writer.WriteEndObject();
    }

    /// <summary>Writes a slope guide alone, as it stands in a panel.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="slope">The guide.</param>
    public static void Write(Utf8JsonWriter writer, SlopeGuide slope)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(slope);
        writer.WriteStartObject();
        Slope(writer, slope);
        writer.WriteEndObject();
    }

    private static void Panel(Utf8JsonWriter writer, Panel panel)
    {
        Text(writer, "title", panel.Title);
        Axis(writer, "x", panel.X);
        Axis(writer, "y", panel.Y);
        writer.List("series", panel.Series, series => Series(writer, series));
        if (panel.HeatMap is { } map)
            HeatMap(writer, map);
        if (panel.Images is { } images)
            Images(writer, images);
        if (panel.Field is { } field)
            Field(writer, field);
        // An end that is not known ends nothing; one that is infinite is null.
        List(writer, "regions", [.. panel.Regions.Where(region => !double.IsNaN(region.End))], (_, region) =>
        {
            Number(writer, "start", region.Start);
            Number(writer, "end", region.End);
            writer.WriteString("label", region.Label);
        });
        List(writer, "lines", panel.Lines, (_, line) =>
        {
            Number(writer, "value", line.Value);
            writer.WriteString("label", line.Label);
            Flag(writer, "isVertical", line.IsVertical);
            Number(writer, "series", line.Series);
        });
        List(writer, "slopes", panel.Slopes, Slope);
        List(writer, "annotations", panel.Annotations, (_, annotation) =>
        {
            Number(writer, "x", annotation.X);
            Number(writer, "y", annotation.Y);
            writer.WriteString("text", annotation.Text);
            Number(writer, "series", annotation.Series);
        });
    }

    private static void Slope(Utf8JsonWriter writer, SlopeGuide slope)
    {
        Number(writer, "startX", slope.StartX);
        Number(writer, "endX", slope.EndX);
        Number(writer, "startY", slope.StartY);
        Number(writer, "slope", slope.Slope);
        writer.WriteString("label", slope.Label);
        Text(writer, "measured", slope.Measured);
        Number(writer, "series", slope.Series);
    }

    private static void Axis(Utf8JsonWriter writer, string name, Axis axis)
    {
        writer.WriteStartObject(name);
        writer.WriteString("label", axis.Label);
        Flag(writer, "isLogarithmic", axis.IsLogarithmic);
        Number(writer, "minimum", axis.Minimum);
        Number(writer, "maximum", axis.Maximum);
        if (axis.LeastExtent > 0)
            Number(writer, "leastExtent", axis.LeastExtent);
        if (axis.Categories.Count > 0)
            writer.Texts("categories", axis.Categories);
        writer.WriteEndObject();
    }

    private static void Series(Utf8JsonWriter writer, Series series)
    {
        writer.WriteStartObject();
        writer.WriteString("label", series.Label);
        Numbers(writer, "x", series.X);
        Numbers(writer, "y", series.Y);
        Numbers(writer, "lower", series.Lower);
        Numbers(writer, "upper", series.Upper);
        Numbers(writer, "expected", series.Expected);
        writer.WriteString("style", Word(series.Style));
        writer.WriteString("role", FigureCsv.Word(series.Role));
        writer.WriteNumber("color", series.Color);
        Flag(writer, "isHollow", series.IsHollow);
        Number(writer, "value", series.Value);
        writer.WriteEndObject();
    }

    private static void HeatMap(Utf8JsonWriter writer, HeatMap map)
    {
        writer.WriteStartObject("heatMap");
        writer.WriteString("label", map.Label);
        Numbers(writer, "x", map.X);
        Numbers(writer, "y", map.Y);
        Numbers(writer, "values", map.Values);
        Flag(writer, "isLogarithmic", map.IsLogarithmic);
        Number(writer, "minimum", map.Minimum);
        Number(writer, "maximum", map.Maximum);
        writer.WriteEndObject();
    }

    private static void Images(Utf8JsonWriter writer, ImageGrid images)
    {
        writer.WriteStartObject("images");
        writer.WriteString("label", images.Label);
        Numbers(writer, "x", images.X);
        Numbers(writer, "y", images.Y);
        writer.WriteNumber("width", images.Width);
        writer.WriteNumber("height", images.Height);
        writer.WriteNumber("channels", images.Channels);
        Numbers(writer, "values", images.Values);
        Number(writer, "minimum", images.Minimum);
        Number(writer, "maximum", images.Maximum);
        writer.WriteEndObject();
    }

    private static void Field(Utf8JsonWriter writer, VectorField field)
    {
        writer.WriteStartObject("field");
        writer.WriteString("label", field.Label);
        Numbers(writer, "x", field.X);
        Numbers(writer, "y", field.Y);
        Numbers(writer, "horizontalParts", field.HorizontalParts);
        Numbers(writer, "verticalParts", field.VerticalParts);
        writer.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        if (items.Count > 0)
            writer.Objects(name, items, item => members(writer, item));
    }

    private static void Text(Utf8JsonWriter writer, string name, string text)
    {
        if (text.Length > 0)
            writer.WriteString(name, text);
    }

    private static void Flag(Utf8JsonWriter writer, string name, bool isSet)
    {
        if (isSet)
            writer.WriteBoolean(name, true);
    }

    private static void Number(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is not { } value)
            return;
        if (double.IsFinite(value))
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }

    private static void Numbers(Utf8JsonWriter writer, string name, double[]? numbers)
    {
        if (numbers is not null)
            writer.Numbers(name, numbers);
    }

    private static string Word(SeriesStyle style) => style switch
    {
        SeriesStyle.Line => "line",
        SeriesStyle.Dashed => "dashed",
        SeriesStyle.Dotted => "dotted",
        _ => "points",
    };
}
