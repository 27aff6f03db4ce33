using System.Runtime.InteropServices;
using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws named lines, slope triangles and annotations, with labels where they cover least.</summary>
internal static class GuidePainter
{
    public static void DrawLine(Surface surface, PanelFrame frame, ReferenceLine line, LabelPlacer placer)
    {
        var plot = frame.Plot;
        var fraction = line.IsVertical ? frame.X.Fraction(line.Value) : frame.Y.Fraction(line.Value);
        if (!(fraction is >= -1e-9 and <= 1 + 1e-9))
            return;
        var stroke = new Stroke(InkRole.Muted, 1, DashPattern.Dashed);
        var text = RichText.Shape(line.Label, Style.GuideSize);
        if (line.IsVertical)
        {
            var x = plot.Left + (fraction * plot.Width);
            surface.Line(x, plot.Top, x, plot.Bottom, stroke);
            placer.Mark([new(x, plot.Top), new(x, plot.Bottom)]);
            double[] heights = [plot.Top + 14, plot.Bottom - 6, plot.Top + 30, plot.Bottom - 22, plot.CenterY, plot.Top + (plot.Height / 4), plot.Bottom - (plot.Height / 4)];
            DrawText(surface, frame, text, placer, heights.SelectMany(y => new[] { new Position(x + 4, y), new Position(x - 4 - text.Width, y) }));
        }
        else
        {
            var y = plot.Bottom - (fraction * plot.Height);
            surface.Line(plot.Left, y, plot.Right, y, stroke);
            placer.Mark([new(plot.Left, y), new(plot.Right, y)]);
            double[] lefts = [plot.Right - 4 - text.Width, plot.Left + 6, plot.CenterX - (text.Width / 2), plot.Left + (plot.Width / 4), plot.Right - (plot.Width / 4) - text.Width];
            DrawText(surface, frame, text, placer, lefts.SelectMany(x => new[] { new Position(x, y - 5), new Position(x, y + 4 + text.CapHeight) }));
        }
    }

    public static void DrawSlope(Surface surface, PanelFrame frame, SlopeGuide guide, LabelPlacer placer)
    {
        const int Pieces = 32;
        var curve = new List<Position>();
        for (var k = 0; k <= Pieces; k++)
        {
            // Geometric spacing: on log–log axes the hypotenuse is straight, on others it is the power law itself.
            var x = guide.StartX * Math.Pow(guide.EndX / guide.StartX, (double)k / Pieces);
            var point = frame.Map(x, guide.StartY * Math.Pow(x / guide.StartX, guide.Slope));
            if (!double.IsNaN(point.X) && !double.IsNaN(point.Y))
                curve.Add(point);
        }

        if (curve.Count < 2)
            return;
        var (start, end) = (curve[0], curve[^1]);
        var stroke = new Stroke(InkRole.Axis, 1.1);
        var text = RichText.Shape(guide.Label, Style.GuideSize);
        if (!(frame.X.IsLogarithmic && frame.Y.IsLogarithmic))
        {
            surface.Polyline(CollectionsMarshal.AsSpan(curve), stroke);
            placer.Mark(curve);
            var middle = curve[curve.Count / 2];
            DrawText(surface, frame, text, placer, Around(middle, text, 7));
            return;
        }

        // The right angle goes to the side on which the triangle covers less of the curves.
        var corner = placer.Covered([start, new(end.X, start.Y), end]) <= placer.Covered([start, new(start.X, end.Y), end])
            ? new Position(end.X, start.Y)
            : new Position(start.X, end.Y);
        surface.Polyline([start, end, corner, start, end], stroke);
        placer.Mark([start, end, corner, start]);
        var upright = new Position(corner.X, (start.Y + end.Y) / 2);
        var outward = corner.X == end.X && start.X < end.X ? 1 : -1;
        var besideUpright = outward > 0 ? upright.X + 5 : upright.X - 5 - text.Width;
        var level = new Position((start.X + end.X) / 2, corner.Y);
        var below = corner.Y >= Math.Max(start.Y, end.Y);
        List<Position> places =
        [
            new(besideUpright, upright.Y + (text.CapHeight / 2)),
            new(level.X - (text.Width / 2), below ? level.Y + 5 + text.CapHeight : level.Y - 5),
            .. Around(new Position((start.X + end.X) / 2, (start.Y + end.Y) / 2), text, 6),
        ];
        DrawText(surface, frame, text, placer, places);
    }

    public static void DrawAnnotation(Surface surface, PanelFrame frame, Annotation annotation, LabelPlacer placer)
    {
        var point = frame.Map(annotation.X, annotation.Y);
        if (double.IsNaN(point.X) || double.IsNaN(point.Y) || !frame.Plot.Inflate(1).Contains(point))
            return;
        var text = RichText.Shape(annotation.Text, Style.GuideSize);
        DrawText(surface, frame, text, placer, Around(point, text, 5).Concat(Around(point, text, 14)));
    }

    private static IEnumerable<Position> Around(Position point, ShapedText text, double gap)
    {
        yield return new Position(point.X + gap, point.Y - gap);
        yield return new Position(point.X - gap - text.Width, point.Y - gap);
        yield return new Position(point.X + gap, point.Y + gap + text.CapHeight);
        yield return new Position(point.X - gap - text.Width, point.Y + gap + text.CapHeight);
        yield return new Position(point.X - (text.Width / 2), point.Y - gap - 2);
        yield return new Position(point.X - (text.Width / 2), point.Y + gap + 2 + text.CapHeight);
    }

    // A faint patch in the colour of the ground keeps a label readable where a grid line or the end of a curve lies below it.
    private static void DrawText(Surface surface, PanelFrame frame, ShapedText text, LabelPlacer placer, IEnumerable<Position> places)
    {
        if (text.Source.Length == 0)
            return;
        var origin = placer.Place(text, vertical: false, places);
        var box = LabelPlacer.BoxOf(text, origin, vertical: false).Inflate(1);
        var ground = AxesPainter.IsShaded(frame, box.CenterX) ? InkRole.Shade : InkRole.Background;
        surface.Rectangle(box, new Ink(ground, 0, 0.72));
        surface.Text(text, origin, vertical: false, InkRole.Text);
    }
}
