using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// Finds room for labels inside a panel: a coarse map remembers what curves and earlier labels cover, and of the places offered
/// the first with the least covered area inside the panel is taken. Deterministic.
/// </summary>
internal sealed class LabelPlacer
{
    private const double Cell = 3;

    private readonly Box plot;
    private readonly bool[] covered;
    private readonly int columns;
    private readonly int rows;

    public LabelPlacer(Box plot)
    {
        this.plot = plot;
        columns = Math.Max(1, (int)Math.Ceiling(plot.Width / Cell));
        rows = Math.Max(1, (int)Math.Ceiling(plot.Height / Cell));
        covered = new bool[columns * rows];
    }

    /// <summary>Marks a rectangle as covered.</summary>
    public void Mark(Box box)
    {
        foreach (var index in Cells(box))
            covered[index] = true;
    }

    /// <summary>Marks a curve as covered.</summary>
    public void Mark(IReadOnlyList<Position> curve)
    {
        for (var i = 1; i < curve.Count; i++)
        {
            var (a, b) = (curve[i - 1], curve[i]);
            var steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y)) / Cell));
            for (var k = 0; k <= steps; k++)
            {
                var x = a.X + ((b.X - a.X) * k / steps);
                var y = a.Y + ((b.Y - a.Y) * k / steps);
                Mark(new Box(x, y, x, y));
            }
        }
    }

    /// <summary>How much of the area of a triangle is covered, in cells.</summary>
    public int Covered(IReadOnlyList<Position> triangle)
    {
        var box = new Box(triangle.Min(p => p.X), triangle.Min(p => p.Y), triangle.Max(p => p.X), triangle.Max(p => p.Y));
        return Cells(box).Count(index => covered[index] && Inside(triangle, CenterOf(index)));
    }

    /// <summary>Chooses among places, given as lower left corners (starts of baselines), in order of preference.</summary>
    /// <param name="text">The label.</param>
    /// <param name="vertical">Whether it reads upwards.</param>
    /// <param name="origins">Starts of the baseline; those outside the panel are moved inside.</param>
    /// <returns>The start of the baseline; its area is then marked.</returns>
    public Position Place(ShapedText text, bool vertical, IEnumerable<Position> origins)
    {
        var best = default(Position);
        var least = double.PositiveInfinity;
        foreach (var (origin, rank) in origins.Select((origin, rank) => (origin, rank)))
        {
            var box = BoxOf(text, origin, vertical);
            var shiftX = Math.Max(0, plot.Left + 2 - box.Left) - Math.Max(0, box.Right - (plot.Right - 2));
            var shiftY = Math.Max(0, plot.Top + 2 - box.Top) - Math.Max(0, box.Bottom - (plot.Bottom - 2));
            var moved = new Position(origin.X + shiftX, origin.Y + shiftY);
            var cost = Cells(BoxOf(text, moved, vertical)).Count(index => covered[index])
                + (0.5 * (Math.Abs(shiftX) + Math.Abs(shiftY))) + (0.01 * rank);
            if (cost < least)
                (best, least) = (moved, cost);
        }

        Mark(BoxOf(text, best, vertical));
        return best;
    }

    /// <summary>The area of a label.</summary>
    public static Box BoxOf(ShapedText text, Position origin, bool vertical)
    {
        var (up, down) = (text.CapHeight + (0.12 * text.Size), text.Descent);
        return vertical
            ? new Box(origin.X - up, origin.Y - text.Width, origin.X + down, origin.Y)
            : new Box(origin.X, origin.Y - up, origin.X + text.Width, origin.Y + down);
    }

    private Position CenterOf(int index) =>
        new(plot.Left + (((index % columns) + 0.5) * Cell), plot.Top + (((index / columns) + 0.5) * Cell));

    private static bool Inside(IReadOnlyList<Position> triangle, Position point)
    {
        var (a, b, c) = (triangle[0], triangle[1], triangle[2]);
        var (ab, bc, ca) = (Turn(a, b, point), Turn(b, c, point), Turn(c, a, point));
        return (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0);
    }

    private static double Turn(Position a, Position b, Position c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));

    private IEnumerable<int> Cells(Box box)
    {
        var left = Math.Max(0, (int)Math.Floor((box.Left - plot.Left) / Cell));
        var right = Math.Min(columns - 1, (int)Math.Floor((box.Right - plot.Left) / Cell));
        var top = Math.Max(0, (int)Math.Floor((box.Top - plot.Top) / Cell));
        var bottom = Math.Min(rows - 1, (int)Math.Floor((box.Bottom - plot.Top) / Cell));
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
                yield return (row * columns) + column;
        }
    }
}
