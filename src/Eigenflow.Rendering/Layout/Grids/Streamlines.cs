using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// Streamlines of a vector field, evenly spaced: each begins in an empty cell of a mask, follows the field both ways and ends where it leaves the plot, meets a cell that another line has taken, closes on itself, or where the field has no direction.
/// Work O(area of the plot), whatever the field.
/// </summary>
internal sealed class Streamlines
{
    private const double Spacing = 15;
    private const double Step = 1.5;
    private const double ShortestLength = 1.6 * Spacing;

    // A closed line comes back to within a step of its start, after it has been this far.
    private const double LeastLoop = 8 * Step;
    private const int MostSteps = 4000;
    private readonly FieldSampler field;
    private readonly Box plot;
    private readonly int across;
    private readonly int down;
    private readonly int[] owner;

    private Streamlines(FieldSampler field, Box plot)
    {
        (this.field, this.plot) = (field, plot);
        (across, down) = (Math.Max(1, (int)(plot.Width / Spacing)), Math.Max(1, (int)(plot.Height / Spacing)));
        owner = new int[across * down];
    }

    /// <summary>The lines, each from its beginning to its end along the field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="plot">Where it is drawn.</param>
    public static IReadOnlyList<Position[]> Of(FieldSampler field, Box plot)
    {
        var lines = new Streamlines(field, plot);
        var found = new List<Position[]>();
        foreach (var seed in lines.Seeds())
        {
            var line = lines.Through(seed, found.Count + 1);
            if (line is not null)
                found.Add(line);
        }

        return found;
    }

    // Centres of the cells, from the middle outwards: the lines in the middle are the long ones.
    private IEnumerable<Position> Seeds() => Enumerable.Range(0, owner.Length)
        .Select(cell => new Position(plot.Left + (((cell % across) + 0.5) * plot.Width / across), plot.Top + (((cell / across) + 0.5) * plot.Height / down)))
        .OrderBy(seed => Math.Pow((seed.X - plot.CenterX) / plot.Width, 2) + Math.Pow((seed.Y - plot.CenterY) / plot.Height, 2));

    private Position[]? Through(Position seed, int number)
    {
        if (owner[CellOf(seed)] != 0)
            return null;
        var forward = Follow(seed, 1, number, out var isClosed);
        var backward = isClosed ? [] : Follow(seed, -1, number, out _);
        backward.Reverse();
        Position[] line = [.. backward, seed, .. forward];
        if ((line.Length - 1) * Step >= ShortestLength)
            return line;

        // Too short for an arrow: the cells are free again.
        for (var cell = 0; cell < owner.Length; cell++)
            owner[cell] = owner[cell] == number ? 0 : owner[cell];
        return null;
    }

    private List<Position> Follow(Position start, int sign, int number, out bool isClosed)
    {
        isClosed = false;
        var points = new List<Position>();
        var at = start;
        for (var step = 0; step < MostSteps; step++)
        {
            // Second order, in steps of a fixed length.
            if (Direction(at) is not { } first || Direction(Moved(at, first, sign * Step / 2)) is not { } middle)
                break;
            var next = Moved(at, middle, sign * Step);
            if (!plot.Contains(next))
                break;
            var cell = CellOf(next);
            if (owner[cell] != 0 && owner[cell] != number)
                break;
            owner[cell] = number;
            at = next;
            points.Add(at);
            if (points.Count * Step > LeastLoop && double.Hypot(at.X - start.X, at.Y - start.Y) < Step)
            {
                isClosed = true;
                break;
            }
        }

        return points;
    }

    private static Position Moved(Position from, Position direction, double by) => new(from.X + (by * direction.X), from.Y + (by * direction.Y));

    private Position? Direction(Position at)
    {
        if (field.At((at.X - plot.Left) / plot.Width, (plot.Bottom - at.Y) / plot.Height) is not { } velocity)
            return null;
        var (x, y) = (velocity.Across * plot.Width, -velocity.Up * plot.Height);
        var length = double.Hypot(x, y);
        return new Position(x / length, y / length);
    }

    private int CellOf(Position at) =>
        (Math.Clamp((int)((at.Y - plot.Top) / plot.Height * down), 0, down - 1) * across) + Math.Clamp((int)((at.X - plot.Left) / plot.Width * across), 0, across - 1);
}
