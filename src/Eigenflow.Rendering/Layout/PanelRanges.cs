using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;

namespace Eigenflow.Rendering.Layout;

/// <summary>Chooses what the two axes of a panel show. Work: one pass over the data; no copies.</summary>
internal static class PanelRanges
{
    /// <summary>The horizontal range: points that have an ordinate, vertical lines, guides and annotations.</summary>
    public static AxisRange Horizontal(Panel panel) => panel.X.Categories.Count > 0 ? CategoryTicks.Ascending(panel.X.Categories.Count) : AxisRange.Fit(panel.X, Abscissae(panel), margin: 0.02);

    /// <summary>The vertical range: what lies within the horizontal range, with bands, horizontal lines, guides and annotations.</summary>
    public static AxisRange Vertical(Panel panel, AxisRange horizontal) => panel.Y.Categories.Count > 0 ? CategoryTicks.Descending(panel.Y.Categories.Count) : AxisRange.Fit(panel.Y, Ordinates(panel, horizontal), margin: 0.06);

    private static IEnumerable<double> Abscissae(Panel panel)
    {
        foreach (var series in panel.Series)
        {
            for (var i = 0; i < series.X.Length; i++)
            {
                if (double.IsFinite(series.Y[i]) && (!panel.Y.IsLogarithmic || series.Y[i] > 0))
                    yield return series.X[i];
            }
        }

        foreach (var x in panel.HeatMap?.X ?? [])
            yield return x;
        foreach (var x in panel.Field?.X ?? [])
            yield return x;
        foreach (var x in OuterEdges(panel.Images?.X ?? [], panel.X))
            yield return x;
        foreach (var line in panel.Lines.Where(line => line.IsVertical))
            yield return line.Value;
        foreach (var guide in panel.Slopes)
        {
            yield return guide.StartX;
            yield return guide.EndX;
        }

        foreach (var annotation in panel.Annotations)
            yield return annotation.X;
    }

    private static IEnumerable<double> Ordinates(Panel panel, AxisRange horizontal)
    {
        foreach (var series in panel.Series)
        {
            var lowest = double.PositiveInfinity;
            for (var i = 0; i < series.X.Length; i++)
            {
                if (!horizontal.Shows(series.X[i]))
                    continue;
                yield return series.Y[i];
                if (series.Upper is not null)
                    yield return series.Upper[i];
                if (series.Y[i] > 0)
                    lowest = Math.Min(lowest, series.Y[i]);
            }

            if (series.Lower is null)
                continue;

            // On a logarithmic axis a band may reach towards zero: it is followed for one decade below its curve.
            for (var i = 0; i < series.X.Length; i++)
            {
                if (horizontal.Shows(series.X[i]))
                    yield return panel.Y.IsLogarithmic ? Math.Max(series.Lower[i], lowest / 10) : series.Lower[i];
            }
        }

        foreach (var y in panel.HeatMap?.Y ?? [])
            yield return y;
        foreach (var y in panel.Field?.Y ?? [])
            yield return y;
        foreach (var y in OuterEdges(panel.Images?.Y ?? [], panel.Y))
            yield return y;
        foreach (var line in panel.Lines.Where(line => !line.IsVertical))
            yield return line.Value;
        foreach (var guide in panel.Slopes)
        {
            yield return guide.StartY;
            yield return guide.StartY * Math.Pow(guide.EndX / guide.StartX, guide.Slope);
        }

        foreach (var annotation in panel.Annotations)
            yield return annotation.Y;
    }

    // Pictures are shown whole.
    private static IEnumerable<double> OuterEdges(double[] centers, Axis axis)
    {
        if (centers.Length == 1)
            yield return centers[0];
        if (centers.Length < 2)
            yield break;
        yield return axis.IsLogarithmic ? centers[0] * Math.Sqrt(centers[0] / centers[1]) : (1.5 * centers[0]) - (0.5 * centers[1]);
        yield return axis.IsLogarithmic ? centers[^1] * Math.Sqrt(centers[^1] / centers[^2]) : (1.5 * centers[^1]) - (0.5 * centers[^2]);
    }
}
