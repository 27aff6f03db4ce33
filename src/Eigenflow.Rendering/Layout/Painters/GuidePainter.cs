using System.Runtime.InteropServices;
using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

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
        var stroke = new Stroke(InkOf(frame, line.Series, InkRole.Muted), 1, DashPattern.Dashed);
        var text = new TextBlock(line.Label);
        if (line.IsVertical)
        {
            var x = plot.Left + (fraction * plot.Width);
            surface.Line(x, plot.Top, x, plot.Bottom, stroke);
            placer.Mark([new(x, plot.Top), new(x, plot.Bottom)]);
            double[] tops = [plot.Top + 4, plot.Bottom - 6 - text.Height, plot.Top + 20, plot.Bottom - 22 - text.Height, plot.CenterY, plot.Top + (plot.Height / 4), plot.Bottom - (plot.Height / 4)];
            DrawText(surface, frame, text, placer, tops.SelectMany(y => new[] { new Position(x + 4, y), new Position(x - 4 - text.Width, y) }));
        }
        else
        {
            var y = plot.Bottom - (fraction * plot.Height);
            surface.Line(plot.Left, y, plot.Right, y, stroke);
            placer.Mark([new(plot.Left, y), new(plot.Right, y)]);
            double[] lefts = [plot.Right - 4 - text.Width, plot.Left + 6, plot.CenterX - (text.Width / 2), plot.Left + (plot.Width / 4), plot.Right - (plot.Width / 4) - text.Width];
            DrawText(surface, frame, text, placer, lefts.SelectMany(x => new[] { new Position(x, y - 3 - text.Height), new Position(x, y + 3) }));
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
        var stroke = new Stroke(InkOf(frame, guide.Series, InkRole.Axis), 1.1);
        // What is remarked of a measured slope stands below it.
        var text = new TextBlock([guide.Label, .. guide.Measured.Length == 0 ? [] : $"measured {guide.Measured}".Split(", ")]);
        if (!(frame.X.IsLogarithmic && frame.Y.IsLogarithmic))
        {
            surface.Polyline(CollectionsMarshal.AsSpan(curve), stroke);
            placer.Mark(curve);
            DrawText(surface, frame, text, placer, Around(curve[curve.Count / 2], text, 7));
            return;
        }

        var triangle = SlopeTriangle.Find(frame.Plot, curve[0], curve[^1], text, placer);
        surface.Polyline([triangle.Start, triangle.End, triangle.Corner, triangle.Start, triangle.End], stroke);
        placer.Mark([triangle.Start, triangle.End, triangle.Corner, triangle.Start]);
        DrawText(surface, frame, text, placer, triangle.LabelPlaces(text));
    }

    public static void DrawAnnotation(Surface surface, PanelFrame frame, Annotation annotation, LabelPlacer placer)
    {
        var point = frame.Map(annotation.X, annotation.Y);
        if (double.IsNaN(point.X) || double.IsNaN(point.Y) || !frame.Plot.Inflate(1).Contains(point))
            return;
        var text = new TextBlock(annotation.Text);
        DrawText(surface, frame, text, placer, Around(point, text, 5).Concat(Around(point, text, 14)));
    }

    /// <summary>Upper left corners of a text around a point.</summary>
    public static IEnumerable<Position> Around(Position point, TextBlock text, double gap)
    {
        yield return new Position(point.X + gap, point.Y - gap - text.Height);
        yield return new Position(point.X - gap - text.Width, point.Y - gap - text.Height);
        yield return new Position(point.X + gap, point.Y + gap);
        yield return new Position(point.X - gap - text.Width, point.Y + gap);
        yield return new Position(point.X - (text.Width / 2), point.Y - gap - 2 - text.Height);
        yield return new Position(point.X - (text.Width / 2), point.Y + gap + 2);
    }

    // What belongs to one of several curves has its colour.
    private static Ink InkOf(PanelFrame frame, int? series, InkRole otherwise) =>
        series is { } number && frame.Panel.Series.Count(one => one.X.Length > 0 && one.Role != SeriesRole.Guide) > 1 ? frame.Inks.Of(frame.Panel.Series[number]) : otherwise;

    // A faint patch in the colour of the ground keeps a label readable where a grid line or the end of a curve lies below it.
    private static void DrawText(Surface surface, PanelFrame frame, TextBlock text, LabelPlacer placer, IEnumerable<Position> corners)
    {
        if (text.IsEmpty)
            return;
        var corner = placer.Place(text.Width, text.Height, corners);
        var box = new Box(corner.X, corner.Y, corner.X + text.Width, corner.Y + text.Height).Inflate(1);
        var ground = AxesPainter.IsShaded(frame, box.CenterX) ? InkRole.Shade : InkRole.Background;
        surface.Rectangle(box, new Ink(ground, 0, 0.72));
        text.Draw(surface, corner);
    }
}
