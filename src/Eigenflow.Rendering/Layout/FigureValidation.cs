using Eigenflow.Figures;

using Eigenflow.Settings;
namespace Eigenflow.Rendering.Layout;

/// <summary>Refuses figures that contradict themselves, before anything is drawn.</summary>
internal static class FigureValidation
{
    /// <exception cref="ParameterException">No panel, no column, arrays of different lengths, or limits that an axis cannot have.</exception>
    public static void Check(Figure figure)
    {
        if (figure.Panels.Count == 0)
            throw new ParameterException($"panels of figure {figure.Id}", 0, "at least one panel");
        if (figure.Columns < 1)
            throw new ParameterException($"columns of figure {figure.Id}", figure.Columns, "at least 1");
        foreach (var panel in figure.Panels)
        {
            CheckAxis(figure, panel.X);
            CheckAxis(figure, panel.Y);
            if (panel.HeatMap is { } map)
                CheckHeatMap(figure, map);
            if (panel.Field is { } field)
                CheckField(figure, field);
            if (panel.Images is { } images)
                CheckImages(figure, images);
            foreach (var series in panel.Series)
            {
                CheckLength(figure, series, "y", series.Y);
                CheckLength(figure, series, "lower", series.Lower);
                CheckLength(figure, series, "upper", series.Upper);
                CheckLength(figure, series, "expected", series.Expected);
            }
        }
    }

    private static void CheckAxis(Figure figure, Axis axis)
    {
        foreach (var limit in new[] { axis.Minimum, axis.Maximum })
        {
            if (limit is { } value && (!double.IsFinite(value) || (axis.IsLogarithmic && value <= 0)))
            {
                throw new ParameterException(
                    $"limit of axis '{axis.Label}' of figure {figure.Id}", value,
                    axis.IsLogarithmic ? "a finite number > 0, because the axis is logarithmic" : "a finite number");
            }
        }

        if (axis.Categories.Count > 0 && (axis.IsLogarithmic || axis.Minimum is not null || axis.Maximum is not null))
            throw new ParameterException($"scale of axis '{axis.Label}' of figure {figure.Id}", axis.IsLogarithmic ? "logarithmic" : "with limits", "linear without limits, because the axis has names");
        if (axis.Minimum >= axis.Maximum)
        {
            throw new ParameterException(
                $"minimum of axis '{axis.Label}' of figure {figure.Id}", axis.Minimum,
                $"less than the maximum {Settings.Setting.Format(axis.Maximum)}");
        }
    }

    private static void CheckHeatMap(Figure figure, HeatMap map)
    {
        if (map.Values.Length != (long)map.X.Length * map.Y.Length)
            throw new ParameterException($"length of values of heat map '{map.Label}' of figure {figure.Id}", map.Values.Length, $"one value per cell, {(long)map.X.Length * map.Y.Length}");
        CheckGrid($"heat map '{map.Label}' of figure {figure.Id}", map.X, map.Y);
        CheckAxis(figure, new Axis(map.Label, map.IsLogarithmic, map.Minimum, map.Maximum));
    }

    private static void CheckField(Figure figure, VectorField field)
    {
        var owner = $"vector field '{field.Label}' of figure {figure.Id}";
        foreach (var (name, parts) in new[] { ("horizontal", field.HorizontalParts), ("vertical", field.VerticalParts) })
        {
            if (parts.Length != (long)field.X.Length * field.Y.Length)
                throw new ParameterException($"length of {name} parts of {owner}", parts.Length, $"one value per point of the grid, {(long)field.X.Length * field.Y.Length}");
        }

        CheckGrid(owner, field.X, field.Y);
    }

    private static void CheckImages(Figure figure, ImageGrid images)
    {
        var owner = $"images '{images.Label}' of figure {figure.Id}";
        if (images.Width < 1 || images.Height < 1)
            throw new ParameterException($"size of {owner}", FormattableString.Invariant($"{images.Width} x {images.Height}"), "at least one pixel");
        if (images.Channels is not (1 or 3))
            throw new ParameterException($"channels of {owner}", images.Channels, "1 (grey) or 3 (red, green, blue)");
        var expected = (double)images.X.Length * images.Y.Length * images.Width * images.Height * images.Channels;
        if (images.Values.Length != expected)
            throw new ParameterException($"length of values of {owner}", images.Values.Length, $"one value per pixel and channel, {Setting.Format(expected)}");
        CheckGrid(owner, images.X, images.Y, least: 1);
        CheckAxis(figure, new Axis(images.Label, Minimum: images.Minimum, Maximum: images.Maximum));
    }

    private static void CheckGrid(string owner, double[] horizontal, double[] vertical, int least = 2)
    {
        foreach (var (name, places) in new[] { ("x", horizontal), ("y", vertical) })
        {
            for (var i = 0; i < Math.Max(least, places.Length); i++)
            {
                if (i >= places.Length || !double.IsFinite(places[i]) || (i > 0 && !(places[i] > places[i - 1])))
                    throw new ParameterException($"{name} of {owner}", i < places.Length ? places[i] : double.NaN, $"at least {(least == 1 ? "one finite number, or several" : "two finite numbers")} that ascend");
            }
        }
    }

    private static void CheckLength(Figure figure, Series series, string name, double[]? values)
    {
        if (values is not null && values.Length != series.X.Length)
        {
            throw new ParameterException(
                $"length of {name} of series '{series.Label}' of figure {figure.Id}", values.Length,
                $"the number of abscissae, {Settings.Setting.Format((long)series.X.Length)}");
        }
    }
}
