using System.Runtime.InteropServices;
using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws named lines, slope triangles and annotations, with labels where they cover least.</summary>
internal static class GuidePainter
{
    /// <summary>Draws those of a panel; names come after all lines, so that none is drawn across them.</summary>
    public static void Draw(Surface surface, PanelFrame frame, LabelPlacer placer)
    {
        var labels = new List<GuideLabel>();
        var lines = new List<Position[]>();
        foreach (var line in frame.Panel.Lines)
            DrawLine(surface, frame, line, lines, labels);
        foreach (var slope in frame.Panel.Slopes)
            DrawSlope(surface, frame, slope, placer, labels);

        // A triangle that begins and ends at lines stands at its curve all the same; names do not cover them.
        foreach (var line in lines)
            placer.Mark(line);
        foreach (var annotation in frame.Panel.Annotations)
            Name(frame, annotation, labels);
        GuideLabel.DrawAll(surface, frame, labels, placer);
    }

    private static void DrawLine(Surface surface, PanelFrame frame, ReferenceLine line, List<Position[]> lines, List<GuideLabel> labels)
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
            lines.Add([new(x, plot.Top), new(x, plot.Bottom)]);
            double[] tops = [plot.Top + 4, plot.Bottom - 6 - text.Height, plot.Top + 20, plot.Bottom - 22 - text.Height, plot.CenterY, plot.Top + (plot.Height / 4), plot.Bottom - (plot.Height / 4), .. Along(plot.Top + 4, plot.Bottom - 6 - text.Height)];
            Add(labels, text, tops.SelectMany(y => new[] { new Position(x + 4, y), new Position(x - 4 - text.Width, y) }), GuideRank.Line, null, stroke.Ink);
        }
        else
        {
            var y = plot.Bottom - (fraction * plot.Height);
            surface.Line(plot.Left, y, plot.Right, y, stroke);
            lines.Add([new(plot.Left, y), new(plot.Right, y)]);
            double[] lefts = [plot.Right - 4 - text.Width, plot.Left + 6, plot.CenterX - (text.Width / 2), plot.Left + (plot.Width / 4), plot.Right - (plot.Width / 4) - text.Width, .. Along(plot.Left + 6, plot.Right - 4 - text.Width)];
            Add(labels, text, lefts.SelectMany(x => new[] { new Position(x, y - 3 - text.Height), new Position(x, y + 3) }), GuideRank.Line, null, stroke.Ink);
        }
    }

    // The name of a line stands at it: behind the places that are usual come all along it.
    private static IEnumerable<double> Along(double from, double to)
    {
        const double Step = 12;
        for (var at = from + Step; at < to; at += Step)
            yield return at;
    }

    private static void DrawSlope(Surface surface, PanelFrame frame, SlopeGuide guide, LabelPlacer placer, List<GuideLabel> labels)
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
            Add(labels, text, Around(curve[curve.Count / 2], text, 7), GuideRank.Slope, null, stroke.Ink);
            return;
        }

        var triangle = SlopeTriangle.Find(frame.Plot, curve[0], curve[^1], text, placer);
        surface.Polyline([triangle.Start, triangle.End, triangle.Corner, triangle.Start, triangle.End], stroke);
        placer.Mark([triangle.Start, triangle.End, triangle.Corner, triangle.Start]);
        if (text.IsEmpty)
            return;

        // Beside several triangles a name stands at its own before the next one is placed.
        var label = new GuideLabel(text, [.. triangle.LabelPlaces(text)], GuideRank.Slope, triangle.Center, stroke.Ink);
        labels.Add(frame.Panel.Slopes.Count > 1 ? label with { Place = placer.Place(text.Width, text.Height, label.Corners, isBound: true) } : label);
    }

    private static void Name(PanelFrame frame, Annotation annotation, List<GuideLabel> labels)
    {
        var point = frame.Map(annotation.X, annotation.Y);
        if (double.IsNaN(point.X) || double.IsNaN(point.Y) || !frame.Plot.Inflate(1).Contains(point))
            return;
        var text = new TextBlock(annotation.Text);
        Add(labels, text, Around(point, text, 5).Concat(Around(point, text, 14)), GuideRank.Dot, point, InkOf(frame, annotation.Series, InkRole.Text));
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

    private static void Add(List<GuideLabel> labels, TextBlock text, IEnumerable<Position> corners, GuideRank rank, Position? anchor, Ink ink)
    {
        if (!text.IsEmpty)
            labels.Add(new GuideLabel(text, [.. corners], rank, anchor, ink));
    }
}
