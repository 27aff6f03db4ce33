using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>Labels of curves at their ends, to the right of the panel, in place of a legend: only where every curve ends there and the labels need not move far from their curves.</summary>
internal sealed class DirectLabels
{
    private const int MostLabels = 7;
    private const double Stub = 12;
    private const double Gap = 4;

    // Part of the panel's width that labels may take, part of the plot's width within which curves end, and how far a label may stand from its curve.
    private const double LargestShare = 0.3;
    private const double EndsWithin = 0.06;
    private const double LargestShift = 24;

    private readonly List<(LegendEntry Entry, ShapedText Text)> labels = [];
    private readonly List<(Position End, double Y, int Label)> places = [];

    /// <param name="entries">The entries of the panel.</param>
    /// <param name="cellWidth">Width of the panel.</param>
    public DirectLabels(IReadOnlyList<LegendEntry> entries, double cellWidth)
    {
        LegendEntry[] curves = [.. entries.Where(entry => !entry.IsKey)];
        if (curves.Length is 0 or > MostLabels || Array.Exists(curves, entry => entry.Marks.Select(mark => mark.Ink).Distinct().Count() > 1))
            return;
        labels.AddRange(curves.Select(entry => (entry, RichText.Shape(entry.Label, Style.LegendSize))));
        if (Width > LargestShare * cellWidth)
            labels.Clear();
    }

    /// <summary>Whether there are labels.</summary>
    public bool Any => labels.Count > 0;

    /// <summary>Width to the right of the plot that they take.</summary>
    public double Width => labels.Count == 0 ? 0 : Stub + (2 * Gap) + labels.Max(label => label.Text.Width);

    /// <summary>The entries that have no place in a legend any more.</summary>
    public bool Covers(LegendEntry entry) => labels.Exists(label => string.Equals(label.Entry.Label, entry.Label, StringComparison.Ordinal));

    /// <summary>Finds their places; false where they do not fit.</summary>
    /// <param name="frame">The panel with its plot.</param>
    public bool Settle(PanelFrame frame)
    {
        places.Clear();
        var ends = new List<(Position End, int Label)>();
        for (var k = 0; k < labels.Count; k++)
        {
            if (EndOf(frame, labels[k].Entry.Label) is not { } end)
                return false;
            ends.Add((end, k));
        }

        ends.Sort((one, other) => one.End.Y.CompareTo(other.End.Y));
        var heights = Spread([.. ends.Select(end => end.End.Y)], 1.32 * Style.LegendSize, frame.Plot.Top + (0.3 * Style.LegendSize), frame.Plot.Bottom - (0.3 * Style.LegendSize));
        if (heights is null || ends.Where((end, k) => Math.Abs(end.End.Y - heights[k]) > LargestShift).Any())
            return false;
        places.AddRange(ends.Select((end, k) => (end.End, heights[k], end.Label)));
        return true;
    }

    /// <summary>Draws them.</summary>
    public void Draw(Surface surface, PanelFrame frame)
    {
        foreach (var (end, y, label) in places)
        {
            var (entry, text) = labels[label];
            var mark = entry.Marks[0];
            var style = entry.Marks.Any(one => one.Style == SeriesStyle.Line) ? SeriesStyle.Line : mark.Style == SeriesStyle.Points ? SeriesStyle.Line : mark.Style;
            var left = frame.Plot.Right + Gap;
            surface.Polyline([new(Math.Max(end.X, frame.Plot.Right), end.Y), new(left + (Stub / 2), y), new(left + Stub, y)], SeriesPainter.LineStroke(style, mark.Ink) with { Width = 1 });
            surface.Text(text, new Position(left + Stub + Gap, y + (0.36 * Style.LegendSize)), vertical: false, InkRole.Text);
        }
    }

    /// <summary>Heights that keep a distance and move as little as need be; null where there is no room for all.</summary>
    /// <param name="wanted">The heights, ascending.</param>
    /// <param name="distance">Least distance.</param>
    /// <param name="top">Least height.</param>
    /// <param name="bottom">Largest height.</param>
    public static double[]? Spread(double[] wanted, double distance, double top, double bottom)
    {
        if ((wanted.Length - 1) * distance > bottom - top)
            return null;

        // Groups that touch move as one to the mean of what their members want (pool adjacent violators).
        var groups = new List<(double Start, int Count, double Sum)>();
        foreach (var height in wanted)
        {
            groups.Add((height, 1, height));
            while (groups.Count > 1 && groups[^2].Start + (groups[^2].Count * distance) > groups[^1].Start)
            {
                var (one, other) = (groups[^2], groups[^1]);
                var count = one.Count + other.Count;
                var sum = one.Sum + other.Sum - (one.Count * other.Count * distance);
                groups.RemoveAt(groups.Count - 1);
                groups[^1] = (sum / count, count, sum);
            }
        }

        double[] heights = [.. groups.SelectMany(group => Enumerable.Range(0, group.Count).Select(k => group.Start + (k * distance)))];
        for (var k = 0; k < heights.Length; k++)
            heights[k] = Math.Max(heights[k], k == 0 ? top : heights[k - 1] + distance);
        for (var k = heights.Length - 1; k >= 0; k--)
            heights[k] = Math.Min(heights[k], k == heights.Length - 1 ? bottom : heights[k + 1] - distance);
        return heights;
    }

    // The end of the line that carries the label, or of its dots where there is no line.
    private static Position? EndOf(PanelFrame frame, string label)
    {
        var plot = frame.Plot;
        Position? found = null;
        foreach (var series in frame.Panel.Series.Where(series => series.X.Length > 0 && string.Equals(series.Label, label, StringComparison.Ordinal)).OrderBy(series => series.Style == SeriesStyle.Points ? 0 : 1))
        {
            for (var i = series.X.Length - 1; i >= 0; i--)
            {
                var at = frame.Map(series.X[i], series.Y[i]);
                if (!plot.Inflate(1).Contains(at))
                    continue;
                if (at.X >= plot.Right - (EndsWithin * plot.Width))
                    found = at;
                break;
            }
        }

        return found;
    }
}
