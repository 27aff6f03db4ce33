using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws a panel with its strip of departures, labels and guides.</summary>
internal static class PanelPainter
{
    /// <summary>Draws it.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="frame">The panel.</param>
    /// <param name="cell">The area with axes and title.</param>
    public static void Draw(Surface surface, PanelFrame frame, Box cell)
    {
        var panel = frame.Panel;
        var placer = new LabelPlacer(frame.Plot);
        surface.BeginGroup(panel.Title.Length > 0 ? panel.Title : "panel");
        DrawData(surface, frame, placer);
        AxesPainter.DrawForeground(surface, frame, cell);
        if (panel.HeatMap is { } scale)
            HeatMapPainter.Bar(scale).Draw(surface, frame.Plot.Right, frame.Plot.Top, frame.Plot.Bottom);
        if (frame.Direct is { Any: true } labels)
            labels.Draw(surface, frame);
        GuidePainter.Draw(surface, frame, placer);
        if (frame.Ratio is { } ratio)
            DrawRatio(surface, ratio, cell);
        surface.EndGroup();
    }

    /// <summary>Draws the data of a panel without words, over lines for axes without ticks.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="frame">The panel; its lines have no labels.</param>
    public static void DrawWordless(Surface surface, PanelFrame frame)
    {
        var placer = new LabelPlacer(frame.Plot);
        DrawData(surface, frame, placer, marksEdges: false);
        GuidePainter.Draw(surface, frame, placer);
        AxesPainter.DrawAxes(surface, frame.Plot);
    }

    private static void DrawRatio(Surface surface, PanelFrame ratio, Box cell)
    {
        var placer = new LabelPlacer(ratio.Plot);
        surface.BeginGroup(ratio.Panel.Y.Label);
        DrawData(surface, ratio, placer);
        GuidePainter.Draw(surface, ratio, placer);
        AxesPainter.DrawForeground(surface, ratio, cell);
        surface.EndGroup();
    }

    private static void DrawData(Surface surface, PanelFrame frame, LabelPlacer placer, bool marksEdges = true)
    {
        var panel = frame.Panel;
        AxesPainter.DrawBackground(surface, frame);
        surface.BeginGroup("", frame.Plot.Inflate(1));
        if (panel.HeatMap is { } map)
            HeatMapPainter.DrawCells(surface, frame, map);
        if (panel.Images is { } images)
            ImageGridPainter.Draw(surface, frame, images);
        if (panel.Field is { } field)
            VectorFieldPainter.Draw(surface, frame, field, panel.HeatMap is not null);
        foreach (var series in panel.Series)
            SeriesPainter.DrawBand(surface, frame, series, placer);
        var turns = CoincidentLines.Turns(frame);
        foreach (var series in panel.Series.Where(series => series.Style != SeriesStyle.Points))
            SeriesPainter.DrawCurve(surface, frame, series, placer, turns.GetValueOrDefault(series));
        surface.EndGroup();

        // Dots lie above all lines, rings below them, and may reach over the frame by their radius, so that a value on the edge is not cut in half.
        surface.BeginGroup("", frame.Plot.Inflate(Style.DotRadius + 1));
        foreach (var series in panel.Series.Where(series => series.Style == SeriesStyle.Points).OrderBy(series => series.IsHollow ? 0 : 1))
            SeriesPainter.DrawCurve(surface, frame, series, placer);
        foreach (var series in panel.Series.Where(_ => marksEdges))
            EdgePainter.Draw(surface, frame, series, placer);
        surface.EndGroup();
    }
}
