using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;

namespace Eigenflow.Rendering.Terminal;

/// <summary>Draws one panel as lines of text: what is above its plot, the plot, and what is below, so that plots side by side can be aligned.</summary>
internal sealed class PanelText
{
    private const int LeastRows = 5;

    private readonly Panel panel;
    private readonly PlotKey key;
    private readonly int width;
    private readonly bool colour;
    private readonly bool unicode;
    private readonly AxisRange x;
    private readonly AxisRange y;
    private readonly bool hasPhases;
    private readonly List<string> below;

    /// <summary>Prepares a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="key">Colours and letters of the figure.</param>
    /// <param name="width">Columns that it may take.</param>
    /// <param name="colour">Whether there are colours.</param>
    /// <param name="unicode">Whether there are characters beyond ASCII.</param>
    /// <param name="own">The items of the legend that stand below this panel.</param>
    public PanelText(Panel panel, PlotKey key, int width, bool colour, bool unicode, IEnumerable<PlotKeyItem> own)
    {
        (this.panel, this.key, this.width, this.colour, this.unicode) = (panel, key, width, colour, unicode);
        x = PanelRanges.Horizontal(panel);
        y = PanelRanges.Vertical(panel, x);
        hasPhases = panel.Regions.Any(region => region.Label.Length > 0);
        below = [.. PlotKeyLines.Of(own, width, unicode), .. PanelNotes.Of(panel, width, unicode)];
    }

    /// <summary>Columns that it may take.</summary>
    public int Width => width;

    /// <summary>Lines above the plot.</summary>
    public int Above => Headings("").Count + (hasPhases ? 1 : 0);

    /// <summary>Lines below the plot: axis, tick labels, name, legend, notes.</summary>
    public int Below => 2 + (panel.X.Label.Length > 0 ? 1 : 0) + below.Count;

    /// <summary>The least height at which the plot is worth a look.</summary>
    public int Least => Above + LeastRows + Below;

    /// <summary>The height at which every name of the ordinate has a line; 0 where it has none.</summary>
    public int Named => panel.Y.Categories.Count > 0 ? Above + panel.Y.Categories.Count + Below : 0;

    /// <summary>Renders it.</summary>
    /// <param name="above">Lines above the plot, at least <see cref="Above"/>.</param>
    /// <param name="rows">Lines of the plot.</param>
    public IReadOnlyList<string> Render(int above, int rows)
    {
        var yTicks = panel.Y.Categories.Count > 0 ? CategoryTicks.Find(panel.Y.Categories, rows, 1) : y.IsLogarithmic ? LogTicks.Find(y, rows, 2) : LinearTicks.Find(y, rows, 3);
        var margin = Math.Min(width / 3, yTicks.Major.Count == 0 ? 0 : yTicks.Major.Max(tick => TerminalText.Width(TickLabel(tick.Label)))) + 2;
        var columns = width - margin - 1;
        var canvas = Draw(columns, rows);

        var lines = new List<string>(Headings(yTicks.Multiplier));
        if (hasPhases)
            lines.Add(new string(' ', margin) + PhaseNames(columns));
        lines.AddRange(Enumerable.Repeat("", Math.Max(0, above - lines.Count)));
        AppendPlot(lines, canvas, yTicks, margin);
        var xTicks = TickFitting.Horizontal(panel.X.Categories, x, columns, 4, 2, label => TerminalText.Width(TickLabel(label)));
        AppendHorizontalAxis(lines, xTicks, margin, columns);
        if (panel.X.Label.Length > 0)
        {
            var label = Line(WithFactor(panel.X.Label, xTicks.Multiplier));
            lines.Add(new string(' ', Math.Max(0, Math.Min(width - TerminalText.Width(label), margin + ((columns - TerminalText.Width(label)) / 2)))) + label);
        }

        lines.AddRange(below);
        return lines;
    }

    // The name of the axis at the left and that of the panel in the middle of the same line where both fit.
    private List<string> Headings(string multiplier)
    {
        var axis = panel.Y.Label.Length > 0 ? Line(WithFactor(panel.Y.Label, multiplier)) : "";
        var title = Line(panel.Title);
        if (axis.Length == 0 || title.Length == 0 || string.Equals(axis, title, StringComparison.Ordinal))
            return title.Length > 0 || axis.Length > 0 ? [title.Length > 0 ? title : axis] : [];
        const int gap = 3, factor = 10;
        var room = TerminalText.Width(Line(panel.Y.Label)) + factor + gap;
        var start = Math.Max(room, (width - TerminalText.Width(title)) / 2);
        return start + TerminalText.Width(title) <= width ? [axis + new string(' ', Math.Max(1, start - TerminalText.Width(axis))) + title] : [title, axis];
    }

    private CharacterCanvas Draw(int columns, int rows)
    {
        var canvas = new CharacterCanvas(columns, rows, unicode);
        Position At(Series series, int i) => new(
            Math.Clamp(x.Fraction(series.X[i]) * (canvas.Width - 1), -1e6, 1e6),
            Math.Clamp((1 - y.Fraction(series.Y[i])) * (canvas.Height - 1), -1e6, 1e6));
        var clip = new Box(0, 0, canvas.Width - 1e-6, canvas.Height - 1e-6);
        var traces = new List<(Series Series, IReadOnlyList<Position> Points)>();
        for (var index = 0; index < panel.Series.Count; index++)
        {
            var series = panel.Series[index];
            var mark = key.MarkOf(series);
            if (series.Style == SeriesStyle.Points)
            {
                var dots = Thinning.Dots(series.X.Length, i => At(series, i), 1, clip);
                foreach (var dot in dots)
                    canvas.Dot(dot.X, dot.Y, index, mark);
                traces.Add((series, dots));
                continue;
            }

            foreach (var piece in Thinning.Curve(series.X.Length, i => At(series, i), 1, clip))
            {
                canvas.Curve(piece, index, mark);
                traces.Add((series, piece));
            }
        }

        if (key.HasLetters)
            AddLetters(canvas, traces);
        AddLines(canvas);
        if (panel.Field is { } field)
            VectorFieldText.Draw(canvas, new FieldSampler(field, x, y), unicode);
        if (panel.HeatMap is { } map)
            AddShades(canvas, map);
        if (panel.Images is { } images)
            AddImages(canvas, images);
        return canvas;
    }

    // Pictures in the shades of a heat map: white is full.
    private void AddImages(CharacterCanvas canvas, ImageGrid images)
    {
        var shades = key.HeatMapShades;
        var (columns, rows) = (HeatMapPainter.Edges(images.X, x), HeatMapPainter.Edges(images.Y, y));
        for (var row = 0; row < canvas.Rows; row++)
        {
            for (var column = 0; column < canvas.Columns; column++)
            {
                var level = ImageGridPainter.LevelAt(images, columns, rows, (column + 0.5) / canvas.Columns, 1 - ((row + 0.5) / canvas.Rows));
                if (level >= 0)
                    canvas.MarkIfEmpty(column, row, shades[Math.Min(shades.Length - 1, level * shades.Length / 256)]);
            }
        }
    }

    // Cells of a heat map in five shades (ten without Unicode), where no curve is.
    private void AddShades(CharacterCanvas canvas, HeatMap map)
    {
        var shades = key.HeatMapShades;
        var range = HeatMapPainter.Range(map);
        var (columns, rows) = (HeatMapPainter.Edges(map.X, x), HeatMapPainter.Edges(map.Y, y));
        for (var row = 0; row < canvas.Rows; row++)
        {
            var j = Array.FindLastIndex(rows, edge => edge <= 1 - ((row + 0.5) / canvas.Rows));
            for (var column = 0; column < canvas.Columns; column++)
            {
                var i = Array.FindLastIndex(columns, edge => edge <= (column + 0.5) / canvas.Columns);
                if (i < 0 || j < 0 || i >= map.X.Length || j >= map.Y.Length)
                    continue;
                var level = HeatMapPainter.Level(range, map.Values[(j * map.X.Length) + i]);
                if (level >= 0)
                    canvas.MarkIfEmpty(column, row, shades[Math.Min(shades.Length - 1, level * shades.Length / 256)]);
            }
        }
    }

    // At staggered places along the curves.
    private void AddLetters(CharacterCanvas canvas, List<(Series Series, IReadOnlyList<Position> Points)> traces)
    {
        foreach (var (series, points) in traces.Where(trace => trace.Series.Label.Length > 0).GroupBy(trace => trace.Series.Label, StringComparer.Ordinal).Select(group => group.MaxBy(trace => trace.Points.Count)))
        {
            if (points.Count == 0)
                continue;
            foreach (var part in new[] { 0.25, 0.75 })
            {
                var wanted = canvas.Width * (part + (0.4 * ((double)key.IndexOf(series) / key.Count)) - 0.18);
                var nearest = points.MinBy(point => Math.Abs(point.X - wanted));
                canvas.Mark((int)nearest.X / 2, (int)nearest.Y / 4, key.MarkOf(series), -1);
            }
        }
    }

    private void AddLines(CharacterCanvas canvas)
    {
        foreach (var line in panel.Lines)
        {
            var fraction = line.IsVertical ? x.Fraction(line.Value) : y.Fraction(line.Value);
            if (!(fraction is >= 0 and <= 1))
                continue;
            if (line.IsVertical)
            {
                for (var row = 0; row < canvas.Rows; row++)
                    canvas.MarkIfEmpty((int)(fraction * (canvas.Columns - 1)), row, unicode ? '┊' : ':');
            }
            else
            {
                var row = canvas.RowOf(fraction);
                for (var column = 0; column < canvas.Columns; column++)
                    canvas.MarkIfEmpty(column, row, unicode ? '┈' : '.');
            }
        }
    }

    private void AppendPlot(List<string> lines, CharacterCanvas canvas, TickSet ticks, int margin)
    {
        var labels = new Dictionary<int, string>();
        foreach (var tick in ticks.Major)
            labels[canvas.RowOf(y.Fraction(tick.Value))] = TickLabel(tick.Label);
        for (var row = 0; row < canvas.Rows; row++)
        {
            var label = labels.TryGetValue(row, out var found) ? TerminalText.Fit(found, margin - 2, unicode) : null;
            var line = new StringBuilder((label ?? "").PadLeft(margin - 2 + ((label ?? "").Length - TerminalText.Width(label ?? ""))));
            line.Append(' ').Append(label is null ? (unicode ? '│' : '|') : (unicode ? '┤' : '+'));
            var last = -1;
            var text = new StringBuilder();
            for (var column = 0; column < canvas.Columns; column++)
            {
                var (character, entry) = canvas[column, row];
                if (colour && Rgb(entry) != Rgb(last))
                {
                    Flush(line, text, last);
                    last = entry;
                }

                text.Append(character);
            }

            Flush(line, text, last);
            lines.Add(line.ToString().TrimEnd(' '));
        }
    }

    private void Flush(StringBuilder line, StringBuilder text, int series)
    {
        var content = text.ToString();
        text.Clear();
        line.Append(colour && Rgb(series) is { } rgb && content.Trim().Length > 0 ? TerminalText.Paint(content, rgb) : content);
    }

    private uint? Rgb(int series) => series < 0 ? null : key.Rgb(panel.Series[series]);

    private void AppendHorizontalAxis(List<string> lines, TickSet ticks, int margin, int columns)
    {
        var axis = new StringBuilder(new string(' ', margin - 1)).Append(unicode ? '└' : '+').Append(unicode ? '─' : '-', columns);
        var labels = new StringBuilder(new string(' ', width));
        var end = -1;
        foreach (var tick in ticks.Major)
        {
            var column = margin + (int)Math.Round(x.Fraction(tick.Value) * (columns - 1));
            axis[column] = unicode ? '┬' : '+';
            var label = TickLabel(tick.Label);
            var start = Math.Clamp(column - (label.Length / 2), 0, Math.Max(0, width - label.Length));
            if (start <= end || start + label.Length > width)
                continue;
            for (var i = 0; i < label.Length; i++)
                labels[start + i] = label[i];
            end = start + label.Length;
        }

        lines.Add(axis.ToString());
        lines.Add(labels.ToString().TrimEnd());
    }

    private string PhaseNames(int columns)
    {
        var row = new StringBuilder(new string(' ', columns));
        foreach (var region in panel.Regions)
        {
            var (from, to) = RegionStrip.Edges(region, x);
            var (first, last) = ((int)Math.Round(from * (columns - 1)), (int)Math.Round(to * (columns - 1)));
            if (last - first < 2)
                continue;
            var name = TerminalText.Fit(TerminalText.Script(region.Label, unicode), last - first - 1, unicode);
            var start = first + 1 + Math.Max(0, (last - first - 1 - name.Length) / 2);
            for (var i = 0; i < name.Length && start + i < columns; i++)
                row[start + i] = name[i];
            if (from > 0)
                row[first] = unicode ? '│' : '|';
            if (to < 1)
                row[last] = unicode ? '│' : '|';
        }

        return row.ToString().TrimEnd();
    }

    private static string WithFactor(string label, string multiplier) => multiplier.Length == 0 ? label : $"{label} ({multiplier})";

    private string Line(string text) => TerminalText.Fit(TerminalText.Script(text, unicode), width, unicode);

    // Without Unicode a power of ten is written as 1e-3.
    private string TickLabel(string label) => unicode
        ? TerminalText.Script(label, unicode)
        : label.Replace("×10^{", "e", StringComparison.Ordinal).Replace("10^{", "1e", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace('−', '-');
}
