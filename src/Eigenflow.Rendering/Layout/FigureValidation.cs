using Eigenflow.Figures;

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
            foreach (var series in panel.Series)
            {
                CheckLength(figure, series, "y", series.Y);
                CheckLength(figure, series, "lower", series.Lower);
                CheckLength(figure, series, "upper", series.Upper);
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
                $"less than the maximum {Systems.Setting.Format(axis.Maximum)}");
        }
    }

    private static void CheckLength(Figure figure, Series series, string name, double[]? values)
    {
        if (values is not null && values.Length != series.X.Length)
        {
            throw new ParameterException(
                $"length of {name} of series '{series.Label}' of figure {figure.Id}", values.Length,
                $"the number of abscissae, {Systems.Setting.Format((long)series.X.Length)}");
        }
    }
}
