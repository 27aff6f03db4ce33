using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// Stretches of a curve that jump up and down from point to point, closer together than can be told apart, as updates of fixed size do around a minimum: drawn as lines they would be a block;
/// drawn are their extent, as a band, and their mean.
/// </summary>
internal sealed class Chatter
{
    private const int Window = 5;
    private const int LeastReversals = 3;
    private const int LeastPoints = 7;
    private const double LargestStep = 2.2;
    private const double LeastJump = 3;
    private const double ColumnWidth = 2;

    private Chatter(List<(int From, int To)> quiet, List<Band> bands) => (Quiet, Bands) = (quiet, bands);

    /// <summary>Stretches that are lines, as ranges of indices; they share their ends with the bands beside them.</summary>
    public IReadOnlyList<(int From, int To)> Quiet { get; }

    /// <summary>Stretches that are bands.</summary>
    public IReadOnlyList<Band> Bands { get; }

    /// <summary>Finds them.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="at">The point of an index in pixels; NaN for a gap.</param>
    public static Chatter Of(int count, Func<int, Position> at)
    {
        var quiet = new List<(int From, int To)>();
        var bands = new List<Band>();
        var start = 0;
        foreach (var (from, to) in Stretches(count, at))
        {
            if (from > start)
                quiet.Add((start, from + 1));
            bands.Add(BandOf(from, to, at));
            start = to - 1;
        }

        if (start < count - 1 || bands.Count == 0)
            quiet.Add((start, count));
        return new Chatter(quiet, bands);
    }

    private static List<(int From, int To)> Stretches(int count, Func<int, Position> at)
    {
        var stretches = new List<(int From, int To)>();
        for (var i = Window; i < count; i++)
        {
            var reversals = 0;
            var jump = 0.0;
            for (var k = i - Window + 1; k <= i; k++)
            {
                var step = at(k).Y - at(k - 1).Y;
                jump += Math.Abs(step) / Window;
                if (k > i - Window + 1 && step * (at(k - 1).Y - at(k - 2).Y) < 0)
                    reversals++;
            }

            // Comparisons with gaps (NaN) are false.
            if (!(reversals >= LeastReversals && jump >= LeastJump && (at(i).X - at(i - Window).X) / Window <= LargestStep))
                continue;
            if (stretches.Count > 0 && stretches[^1].To >= i - Window)
                stretches[^1] = (stretches[^1].From, i + 1);
            else
                stretches.Add((i - Window, i + 1));
        }

        stretches.RemoveAll(stretch => stretch.To - stretch.From < LeastPoints || Enumerable.Range(stretch.From, stretch.To - stretch.From).Any(i => double.IsNaN(at(i).Y)));
        return stretches;
    }

    private static Band BandOf(int from, int to, Func<int, Position> at)
    {
        var band = new Band([], [], []);
        foreach (var column in Enumerable.Range(from, to - from).Select(at).GroupBy(point => Math.Floor(point.X / ColumnWidth)))
        {
            var x = column.Average(point => point.X);
            band.Upper.Add(new Position(x, column.Min(point => point.Y)));
            band.Lower.Add(new Position(x, column.Max(point => point.Y)));
            band.Middle.Add(new Position(x, column.Average(point => point.Y)));
        }

        return band;
    }

    /// <summary>A stretch with its extent and mean, in pixels.</summary>
    internal sealed record Band(List<Position> Upper, List<Position> Lower, List<Position> Middle);
}
