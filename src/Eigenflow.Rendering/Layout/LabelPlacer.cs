using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// Finds room for labels inside a panel: a coarse map remembers what curves and earlier labels cover, and of the places offered
/// the first with the least covered area inside the panel is taken; a label never covers another where there is room. Deterministic.
/// </summary>
internal sealed class LabelPlacer
{
    private const double Cell = 3;
    private const double TextCost = 1e6;
    private const double SearchStep = 6;

    // Where more than this part of a label would be covered, room is sought farther away, at the price of so many cells per pixel.
    private const double MuchCovered = 0.05;
    private const double CostOfWay = 0.12;

    private readonly List<Box> texts = [];

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

    /// <summary>Marks a text as placed: no label covers it.</summary>
    public void MarkText(Box box)
    {
        texts.Add(box);
        Mark(box);
    }

    /// <summary>Chooses among places of a block, given as its upper left corners in order of preference; where all would cover another text, or much of a curve, a place near by that covers less.</summary>
    /// <param name="width">Width of the block.</param>
    /// <param name="height">Height of the block.</param>
    /// <param name="corners">Upper left corners; those outside the panel are moved inside.</param>
    /// <param name="isBound">Whether it belongs to these places, so that others are sought only where it would cover a text in all of them.</param>
    /// <returns>The upper left corner; its area is then marked.</returns>
    public Position Place(double width, double height, IEnumerable<Position> corners, bool isBound = false)
    {
        var (best, cost) = Best(width, height, corners);
        if (cost >= (isBound ? TextCost : MuchCovered * width * height / (Cell * Cell)))
        {
            var first = best;
            for (var y = plot.Top + 2; y + height <= plot.Bottom - 2; y += SearchStep)
            {
                for (var x = plot.Left + 2; x + width <= plot.Right - 2; x += SearchStep)
                {
                    var way = CostOfWay * (Math.Abs(x - first.X) + Math.Abs(y - first.Y));
                    if (way < cost && Cost(new Box(x, y, x + width, y + height)) + way is var sum && sum < cost)
                        (best, cost) = (new Position(x, y), sum);
                }
            }
        }

        MarkText(new Box(best.X, best.Y, best.X + width, best.Y + height));
        return best;
    }

    /// <summary>What a block at a place would cost: the covered cells, and much more where it covers a text.</summary>
    public double Cost(Box box) => Cells(box).Count(index => covered[index]) + (texts.Exists(other => other.Overlaps(box)) ? TextCost : 0);

    private (Position Corner, double Cost) Best(double width, double height, IEnumerable<Position> corners)
    {
        var best = default(Position);
        var least = double.PositiveInfinity;
        foreach (var (corner, rank) in corners.Select((corner, rank) => (corner, rank)))
        {
            var shiftX = Math.Max(0, plot.Left + 2 - corner.X) - Math.Max(0, corner.X + width - (plot.Right - 2));
            var shiftY = Math.Max(0, plot.Top + 2 - corner.Y) - Math.Max(0, corner.Y + height - (plot.Bottom - 2));
            var moved = new Position(corner.X + shiftX, corner.Y + shiftY);
            var cost = Cost(new Box(moved.X, moved.Y, moved.X + width, moved.Y + height)) + (0.5 * (Math.Abs(shiftX) + Math.Abs(shiftY))) + (0.01 * rank);
            if (cost < least)
                (best, least) = (moved, cost);
        }

        return (best, least);
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
