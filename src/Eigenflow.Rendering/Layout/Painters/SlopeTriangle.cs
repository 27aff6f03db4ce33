using System.Runtime.InteropServices;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>A right triangle that shows a slope, in pixels.</summary>
/// <param name="Start">Left end of the hypotenuse.</param>
/// <param name="End">Right end of the hypotenuse.</param>
/// <param name="Corner">The right angle.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlopeTriangle(Position Start, Position End, Position Corner)
{
    private const double Step = 6;

    // What lies so near to the triangle counts as covered.
    private const double Clearance = 5;
    private const double CostOfCovering = 50;
    private const double CostOfShift = 0.9;

    // A label may stand elsewhere, tied to its triangle; a triangle far from its curve is taken for that of another.
    private const double MostForLabel = 30;

    /// <summary>The triangle of a slope between two points, moved up or down as far as need be to cover no curve and to have room for its label.</summary>
    /// <param name="plot">The panel.</param>
    /// <param name="start">Left end as it was asked for.</param>
    /// <param name="end">Right end as it was asked for.</param>
    /// <param name="text">Its label.</param>
    /// <param name="placer">What is covered.</param>
    public static SlopeTriangle Find(Box plot, Position start, Position end, TextBlock text, LabelPlacer placer)
    {
        var asked = new SlopeTriangle(start, end, new Position(end.X, start.Y));
        var (best, least) = (asked, double.PositiveInfinity);
        for (var step = 0; step * Step <= 2 * plot.Height; step++)
        {
            // 0, −1, +1, −2, +2, …
            var shift = Step * (step % 2 == 0 ? step / 2 : -((step + 1) / 2));
            foreach (var candidate in new[] { asked, asked with { Corner = new Position(start.X, end.Y) } })
            {
                var moved = candidate.Shifted(shift);
                if (step > 0 && !moved.IsWithin(plot))
                    continue;
                var label = text.IsEmpty ? 0 : Math.Min(MostForLabel, moved.LabelPlaces(text).Min(corner => LabelCost(plot, text, corner, placer)));
                var cost = (CostOfCovering * placer.Covered(moved.Enlarged())) + label + (CostOfShift * Math.Abs(shift));
                if (cost < least)
                    (best, least) = (moved, cost);
            }
        }

        return best;
    }

    /// <summary>Its middle.</summary>
    public Position Center => new((Start.X + End.X + Corner.X) / 3, (Start.Y + End.Y + Corner.Y) / 3);

    /// <summary>Upper left corners of its label: beside the upright leg, beyond the level one, around its middle.</summary>
    public IEnumerable<Position> LabelPlaces(TextBlock text)
    {
        var besideUpright = Corner.X == End.X ? Corner.X + 5 : Corner.X - 5 - text.Width;
        var isBelow = Corner.Y >= Math.Max(Start.Y, End.Y);
        Position[] places =
        [
            new(besideUpright, ((Start.Y + End.Y) / 2) - (text.Height / 2)),
            new(((Start.X + End.X) / 2) - (text.Width / 2), isBelow ? Corner.Y + 4 : Corner.Y - 4 - text.Height),
        ];
        return places.Concat(GuidePainter.Around(new Position((Start.X + End.X) / 2, (Start.Y + End.Y) / 2), text, 6));
    }

    private static double LabelCost(Box plot, TextBlock text, Position corner, LabelPlacer placer)
    {
        var box = new Box(corner.X, corner.Y, corner.X + text.Width, corner.Y + text.Height);
        var outside = Math.Max(0, plot.Left - box.Left) + Math.Max(0, box.Right - plot.Right) + Math.Max(0, plot.Top - box.Top) + Math.Max(0, box.Bottom - plot.Bottom);
        return placer.Cost(box) + (5 * outside);
    }

    private SlopeTriangle Shifted(double by) => new(Start with { Y = Start.Y + by }, End with { Y = End.Y + by }, Corner with { Y = Corner.Y + by });

    private bool IsWithin(Box plot) => plot.Contains(Start) && plot.Contains(End);

    private Position[] Enlarged()
    {
        var (x, y) = ((Start.X + End.X + Corner.X) / 3, (Start.Y + End.Y + Corner.Y) / 3);
        return [Away(Start), Away(End), Away(Corner)];

        Position Away(Position point)
        {
            var length = Math.Max(1, Math.Sqrt(((point.X - x) * (point.X - x)) + ((point.Y - y) * (point.Y - y))));
            return new Position(point.X + (2 * Clearance * (point.X - x) / length), point.Y + (2 * Clearance * (point.Y - y) / length));
        }
    }
}
