using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// Reduces curves to what a picture can show. A run of points within one column of pixels is replaced by its first, lowest, highest
/// and last point, which draws the same pixels (the M4 aggregation of Jugel et al., VLDB 2014). Work O(n), memory O(columns).
/// </summary>
internal static class Thinning
{
    /// <summary>Thins a curve and cuts it at gaps and at the edge of a box.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="at">The point of an index; NaN coordinates make a gap.</param>
    /// <param name="resolution">Width of a column.</param>
    /// <param name="clip">What lies outside is cut off.</param>
    /// <returns>The pieces, each with at least one point; a piece of one point is an isolated point of the curve.</returns>
    public static List<List<Position>> Curve(int count, Func<int, Position> at, double resolution, Box clip)
    {
        var pieces = new List<List<Position>>();
        var run = new List<Position>();
        var column = new ColumnExtremes();
        for (var i = 0; i <= count; i++)
        {
            var point = i < count ? at(i) : new Position(double.NaN, double.NaN);
            if (double.IsNaN(point.X) || double.IsNaN(point.Y))
            {
                column.Flush(run);
                Clip(run, clip, pieces);
                run.Clear();
                continue;
            }

            if (!column.TryAdd(point, Math.Floor(point.X / resolution)))
            {
                column.Flush(run);
                column.TryAdd(point, Math.Floor(point.X / resolution));
            }
        }

        return pieces;
    }

    /// <summary>Thins a curve by its indices: of the points in a row in one column the first, lowest, highest and last stay; gaps (NaN) stay, one in a row.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="columnOf">The column of an index; NaN where the scale has no place.</param>
    /// <param name="valueOf">The height of an index; NaN for a gap.</param>
    /// <returns>The indices that stay, ascending.</returns>
    public static List<int> Indices(int count, Func<int, double> columnOf, Func<int, double> valueOf)
    {
        var kept = new List<int>();
        var members = new SortedSet<int>();
        for (var start = 0; start < count;)
        {
            var (column, isGap) = (columnOf(start), double.IsNaN(valueOf(start)));
            var (lowest, highest, end) = (start, start, start + 1);
            while (end < count && columnOf(end).Equals(column) && double.IsNaN(valueOf(end)) == isGap)
            {
                lowest = valueOf(end) < valueOf(lowest) ? end : lowest;
                highest = valueOf(end) > valueOf(highest) ? end : highest;
                end++;
            }

            members.UnionWith(isGap ? [start] : [start, lowest, highest, end - 1]);
            kept.AddRange(members);
            members.Clear();
            start = end;
        }

        return kept;
    }

    /// <summary>Thins dots: of those that share a cell of the given size, the first stays; those outside the box go.</summary>
    public static List<Position> Dots(int count, Func<int, Position> at, double cell, Box clip)
    {
        var kept = new List<Position>();
        var taken = new HashSet<(int, int)>();
        for (var i = 0; i < count; i++)
        {
            var point = at(i);
            if (clip.Contains(point) && taken.Add(((int)Math.Floor(point.X / cell), (int)Math.Floor(point.Y / cell))))
                kept.Add(point);
        }

        return kept;
    }

    /// <summary>Leaves out every dot that is nearer to the last one kept than the given distance.</summary>
    public static List<Position> Apart(IReadOnlyList<Position> dots, double distance)
    {
        var kept = new List<Position>();
        foreach (var dot in dots)
        {
            if (kept.Count == 0 || Math.Max(Math.Abs(dot.X - kept[^1].X), Math.Abs(dot.Y - kept[^1].Y)) >= distance)
                kept.Add(dot);
        }

        return kept;
    }

    private static void Clip(List<Position> run, Box clip, List<List<Position>> pieces)
    {
        if (run.Count == 1 && clip.Contains(run[0]))
            pieces.Add([run[0]]);
        List<Position>? piece = null;
        for (var i = 1; i < run.Count; i++)
        {
            if (!ClipSegment(run[i - 1], run[i], clip, out var from, out var to))
            {
                piece = null;
                continue;
            }

            if (piece is null || from != run[i - 1])
                pieces.Add(piece = [from]);
            piece.Add(to);
            if (to != run[i])
                piece = null;
        }
    }

    // Liang and Barsky, "A new concept and method for line clipping", ACM TOG 1984.
    private static bool ClipSegment(Position a, Position b, Box box, out Position from, out Position to)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        double enter = 0;
        double leave = 1;
        (from, to) = (a, b);
        Span<(double Delta, double Distance)> edges =
            [(-dx, a.X - box.Left), (dx, box.Right - a.X), (-dy, a.Y - box.Top), (dy, box.Bottom - a.Y)];
        foreach (var (delta, distance) in edges)
        {
            if (delta == 0)
            {
                if (distance < 0)
                    return false;
                continue;
            }

            var t = distance / delta;
            if (delta < 0)
                enter = Math.Max(enter, t);
            else
                leave = Math.Min(leave, t);
        }

        if (enter > leave)
            return false;
        if (enter > 0)
            from = new Position(a.X + (enter * dx), a.Y + (enter * dy));
        if (leave < 1)
            to = new Position(a.X + (leave * dx), a.Y + (leave * dy));
        return true;
    }

    private sealed class ColumnExtremes
    {
        private readonly (int Order, Position Point)[] kept = new (int, Position)[4];
        private double column;
        private int count;

        public bool TryAdd(Position point, double inColumn)
        {
            if (count == 0)
            {
                column = inColumn;
                Array.Fill(kept, (0, point));
            }
            else if (inColumn != column)
            {
                return false;
            }

            if (point.Y < kept[1].Point.Y)
                kept[1] = (count, point);
            if (point.Y > kept[2].Point.Y)
                kept[2] = (count, point);
            kept[3] = (count, point);
            count++;
            return true;
        }

        public void Flush(List<Position> run)
        {
            if (count == 0)
                return;
            Array.Sort(kept, static (a, b) => a.Order.CompareTo(b.Order));
            for (var i = 0; i < kept.Length; i++)
            {
                if (i == 0 || kept[i].Order != kept[i - 1].Order)
                    run.Add(kept[i].Point);
            }

            count = 0;
        }
    }
}
