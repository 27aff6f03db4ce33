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

    private static void CheckGrid(string owner, double[] horizontal, double[] vertical)
    {
        foreach (var (name, places) in new[] { ("x", horizontal), ("y", vertical) })
        {
            for (var i = 0; i < Math.Max(2, places.Length); i++)
            {
                if (i >= places.Length || !double.IsFinite(places[i]) || (i > 0 && !(places[i] > places[i - 1])))
                    throw new ParameterException($"{name} of {owner}", i < places.Length ? places[i] : double.NaN, "at least two finite numbers that ascend");
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
