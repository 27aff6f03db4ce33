using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws what surrounds the data of a panel: shading, grid, frame, ticks, labels and titles.</summary>
internal static class AxesPainter
{
    private static readonly Stroke AxisStroke = new(InkRole.Axis, Style.FrameWidth);

    /// <summary>Shading of phases and grid lines, below the data.</summary>
    public static void DrawBackground(Surface surface, PanelFrame frame)
    {
        var plot = frame.Plot;
        var edges = new List<double>();
        foreach (var (left, right, shaded) in Phases(frame))
        {
            if (shaded)
                surface.Rectangle(new Box(left, plot.Top, right, plot.Bottom), InkRole.Shade);
            edges.AddRange([left, right]);
        }

        var grid = new Stroke(InkRole.Grid, Style.GridWidth);
        foreach (var tick in frame.XTicks.Major)
        {
            var x = frame.Map(tick.Value, double.NaN).X;
            surface.Line(x, plot.Top, x, plot.Bottom, grid);
        }

        foreach (var tick in frame.YTicks.Major)
        {
            var y = frame.Map(double.NaN, tick.Value).Y;
            surface.Line(plot.Left, y, plot.Right, y, grid);
        }

        foreach (var x in edges.Distinct().Where(x => x > plot.Left + 1 && x < plot.Right - 1))
            surface.Line(x, plot.Top - 5, x, plot.Bottom, new Stroke(new Ink(InkRole.Muted, 0, 0.45), 0.8));
    }

    /// <summary>Whether the ground of a pixel column is shaded.</summary>
    public static bool IsShaded(PanelFrame frame, double x) => Phases(frame).Any(phase => phase.Shaded && x >= phase.Left && x <= phase.Right);

    /// <summary>Frame, ticks and texts, above the data.</summary>
    public static void DrawForeground(Surface surface, PanelFrame frame, Box cell)
    {
        var plot = frame.Plot;
        DrawAxes(surface, plot);
        DrawTicks(surface, frame, AxisStroke);
        DrawAxisLabels(surface, frame, cell.Left);

        frame.Strip.Draw(surface, plot.Top - (frame.YTicks.Multiplier.Length == 0 ? 0 : 13));
        DrawTitle(surface, frame, cell);
    }

    /// <summary>The lines on the left and below.</summary>
    public static void DrawAxes(Surface surface, Box plot) =>
        surface.Polyline([new(plot.Left, plot.Top), new(plot.Left, plot.Bottom), new(plot.Right, plot.Bottom)], AxisStroke);

    // Above the axis, or as far to the left of it as a long title needs.
    private static void DrawTitle(Surface surface, PanelFrame frame, Box cell)
    {
        var width = frame.LetterWidth + frame.Title.Select(line => line.Width).DefaultIfEmpty(0).Max();
        var left = Math.Max(cell.Left + Style.OuterPadding, Math.Min(frame.Plot.Left, cell.Right - Style.OuterPadding - width));
        var baseline = cell.Top + Style.OuterPadding + (0.85 * Style.PanelTitleSize);
        if (frame.Letter is { } letter)
            surface.Text(letter, new Position(left, baseline), vertical: false, InkRole.Text);
        foreach (var title in frame.Title)
        {
            surface.Text(title, new Position(left + frame.LetterWidth, baseline), vertical: false, InkRole.Text);
            baseline += 1.35 * Style.PanelTitleSize;
        }
    }

    // The visible phases in pixels; every second one is shaded, beginning with the first.
    private static IEnumerable<(double Left, double Right, bool Shaded)> Phases(PanelFrame frame)
    {
        var shaded = true;
        foreach (var (from, to) in frame.Panel.Regions.Select(region => RegionStrip.Edges(region, frame.X)).Where(edges => edges.To > edges.From))
        {
            yield return (frame.Plot.Left + (from * frame.Plot.Width), frame.Plot.Left + (to * frame.Plot.Width), shaded);
            shaded = !shaded;
        }
    }

    private static void DrawTicks(Surface surface, PanelFrame frame, Stroke line)
    {
        var plot = frame.Plot;
        foreach (var tick in frame.XTicks.Major)
        {
            var x = frame.Map(tick.Value, double.NaN).X;
            surface.Line(x, plot.Bottom, x, plot.Bottom + Style.MajorTick, line);

            // The strip below has the labels.
            if (frame.Ratio is not null)
                continue;
            var label = RichText.Shape(tick.Label, Style.TickLabelSize);
            surface.Text(
                label, new Position(x - (label.Width / 2), plot.Bottom + Style.MajorTick + 5 + label.CapHeight), vertical: false, InkRole.Text);
        }

        foreach (var tick in frame.YTicks.Major)
        {
            var y = frame.Map(double.NaN, tick.Value).Y;
            surface.Line(plot.Left - Style.MajorTick, y, plot.Left, y, line);
            var label = RichText.Shape(tick.Label, Style.TickLabelSize);
            surface.Text(
                label, new Position(plot.Left - Style.MajorTick - 3 - label.Width, y + (label.CapHeight / 2)), vertical: false, InkRole.Text);
        }

        var thin = line with { Width = 0.7 };
        foreach (var x in frame.XTicks.Minor.Select(value => frame.Map(value, double.NaN).X))
            surface.Line(x, plot.Bottom, x, plot.Bottom + Style.MinorTick, thin);
        foreach (var y in frame.YTicks.Minor.Select(value => frame.Map(double.NaN, value).Y))
            surface.Line(plot.Left - Style.MinorTick, y, plot.Left, y, thin);
    }

    private static void DrawAxisLabels(Surface surface, PanelFrame frame, double cellLeft)
    {
        var plot = frame.Plot;
        if (frame.YTicks.Multiplier.Length > 0 && !frame.IsStrip)
        {
            var factor = RichText.Shape(frame.YTicks.Multiplier, Style.TickLabelSize);
            surface.Text(factor, new Position(plot.Left - 4, plot.Top - 5), vertical: false, InkRole.Text);
        }

        // Below a panel with a strip of departures its abscissa is named there.
        if (frame.Ratio is null)
            DrawAbscissaLabels(surface, frame);
        var column = cellLeft + Style.OuterPadding + (0.8 * Style.AxisLabelSize);
        foreach (var label in frame.YLabel)
        {
            surface.Text(label, new Position(column, plot.CenterY + (label.Width / 2)), vertical: true, InkRole.Text);
            column += 1.3 * Style.AxisLabelSize;
        }
    }

    private static void DrawAbscissaLabels(Surface surface, PanelFrame frame)
    {
        var plot = frame.Plot;
        var baseline = plot.Bottom + Style.MajorTick + 8 + (1.15 * Style.TickLabelSize) + (0.85 * Style.AxisLabelSize);
        if (frame.XTicks.Multiplier.Length > 0)
        {
            var factor = RichText.Shape(frame.XTicks.Multiplier, Style.TickLabelSize);
            surface.Text(factor, new Position(plot.Right - factor.Width, baseline), vertical: false, InkRole.Text);
        }

        foreach (var label in frame.XLabel)
        {
            surface.Text(label, new Position(plot.CenterX - (label.Width / 2), baseline), vertical: false, InkRole.Text);
            baseline += 1.3 * Style.AxisLabelSize;
        }
    }
}
