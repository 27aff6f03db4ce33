using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;

namespace Eigenflow.Rendering.Terminal;

/// <summary>Draws one panel as lines of text.</summary>
internal sealed class PanelText(int width, bool colour, bool unicode)
{
    private const string AsciiMarks = "*+ox#@%&=~$^";
    private const string UnicodeShades = " ░▒▓█";
    private const string AsciiShades = " .:-=+*#%@";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly List<uint> seriesColors = [];
    private SeriesInks inks = SeriesInks.None;

    /// <summary>Renders a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="inks">The colours of its figure.</param>
    /// <param name="height">Lines that it may take, all included; a long legend may take more, so that the plot keeps four lines.</param>
    public IReadOnlyList<string> Render(Panel panel, SeriesInks inks, int height)
    {
        this.inks = inks;
        var x = PanelRanges.Horizontal(panel);
        var y = PanelRanges.Vertical(panel, x);
        var legend = LegendLines(panel);
        var phases = panel.Regions.Any(region => region.Label.Length > 0);
        var above = (panel.Title.Length > 0 ? 1 : 0) + (panel.Y.Label.Length > 0 ? 1 : 0) + (phases ? 1 : 0);
        var rows = Math.Max(4, height - above - legend.Count - 2 - (panel.X.Label.Length > 0 ? 1 : 0));

        var yTicks = y.IsLogarithmic ? LogTicks.Find(y, rows, 2) : LinearTicks.Find(y, rows, 3);
        var margin = Math.Min(width / 3, yTicks.Major.Count == 0 ? 0 : yTicks.Major.Max(tick => TerminalText.Width(TickLabel(tick.Label)))) + 2;
        var columns = width - margin - 1;
        var canvas = Draw(panel, x, y, columns, rows);

        var lines = new List<string>();
        if (panel.Title.Length > 0)
            lines.Add(Line(panel.Title));
        if (panel.Y.Label.Length > 0)
            lines.Add(Line(WithFactor(panel.Y.Label, yTicks)));
        if (phases)
            lines.Add(new string(' ', margin) + PhaseNames(panel, x, columns));
        AppendPlot(lines, canvas, y, yTicks, margin);
        var xTicks = TickFitting.Horizontal(x, columns, 4, 2, label => TerminalText.Width(TickLabel(label)));
        AppendHorizontalAxis(lines, x, xTicks, margin, columns);
        if (panel.X.Label.Length > 0)
        {
            var label = Line(WithFactor(panel.X.Label, xTicks));
            lines.Add(new string(' ', Math.Max(0, Math.Min(width - TerminalText.Width(label), margin + ((columns - TerminalText.Width(label)) / 2)))) + label);
        }

        lines.AddRange(legend);
        return lines;
    }

    private CharacterCanvas Draw(Panel panel, AxisRange x, AxisRange y, int columns, int rows)
    {
        var canvas = new CharacterCanvas(columns, rows, unicode);
        Position At(Series series, int i) => new(
            Math.Clamp(x.Fraction(series.X[i]) * (canvas.Width - 1), -1e6, 1e6),
            Math.Clamp((1 - y.Fraction(series.Y[i])) * (canvas.Height - 1), -1e6, 1e6));
        var entries = LegendEntry.Of([panel], inks);
        var clip = new Box(0, 0, canvas.Width - 1e-6, canvas.Height - 1e-6);
        var traces = new List<(int Entry, IReadOnlyList<Position> Points)>();
        for (var index = 0; index < panel.Series.Count; index++)
        {
            var series = panel.Series[index];
            var entry = entries.ToList().FindIndex(candidate => string.Equals(candidate.Label, series.Label, StringComparison.Ordinal));
            var mark = entry < 0 ? '.' : AsciiMarks[entry % AsciiMarks.Length];
            if (series.Style == SeriesStyle.Points)
            {
                var dots = Thinning.Dots(series.X.Length, i => At(series, i), 1, clip);
                foreach (var dot in dots)
                    canvas.Dot(dot.X, dot.Y, index, mark);
                traces.Add((entry, dots));
                continue;
            }

            foreach (var piece in Thinning.Curve(series.X.Length, i => At(series, i), 1, clip))
            {
                canvas.Curve(piece, index, mark);
                traces.Add((entry, piece));
            }
        }

        // Braille dots of one colour cannot be told apart: letters at staggered places along the curves name them.
        if (unicode && !colour && entries.Count > 1)
            AddLetters(canvas, traces, entries.Count);
        AddLines(canvas, panel, x, y);
        if (panel.HeatMap is { } map)
            AddShades(canvas, map, x, y);
        return canvas;
    }

    // Cells of a heat map in five shades (ten without Unicode), where no curve is.
    private void AddShades(CharacterCanvas canvas, HeatMap map, AxisRange x, AxisRange y)
    {
        var shades = unicode ? UnicodeShades : AsciiShades;
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

    private static void AddLetters(CharacterCanvas canvas, List<(int Entry, IReadOnlyList<Position> Points)> traces, int count)
    {
        foreach (var (entry, points) in traces.Where(trace => trace.Entry >= 0).GroupBy(trace => trace.Entry).Select(group => group.MaxBy(trace => trace.Points.Count)))
        {
            if (points.Count == 0)
                continue;
            foreach (var part in new[] { 0.25, 0.75 })
            {
                var wanted = canvas.Width * (part + (0.4 * ((double)entry / count)) - 0.18);
                var nearest = points.MinBy(point => Math.Abs(point.X - wanted));
                canvas.Mark((int)nearest.X / 2, (int)nearest.Y / 4, Letters[entry % Letters.Length], -1);
            }
        }
    }

    private void AddLines(CharacterCanvas canvas, Panel panel, AxisRange x, AxisRange y)
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

    private void AppendPlot(List<string> lines, CharacterCanvas canvas, AxisRange y, TickSet ticks, int margin)
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

    private uint? Rgb(int series) => series < 0 ? null : seriesColors[series];

    private void AppendHorizontalAxis(List<string> lines, AxisRange x, TickSet ticks, int margin, int columns)
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

    private string PhaseNames(Panel panel, AxisRange x, int columns)
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

    private List<string> LegendLines(Panel panel)
    {
        seriesColors.Clear();
        seriesColors.AddRange(panel.Series.Select(series => Palette.Rgb(inks.Of(series), ThemeKind.Dark)));
        var items = new List<(string Mark, uint? Rgb, string Label)>();
        foreach (var (entry, index) in LegendEntry.Of([panel], inks).Select((entry, index) => (entry, index)))
        {
            var dots = entry.Marks.All(mark => mark.Style == SeriesStyle.Points);
            var mark = !unicode ? AsciiMarks[index % AsciiMarks.Length].ToString()
                : !colour ? Letters[index % Letters.Length].ToString()
                : dots ? "⠶" : "━━";
            items.Add((mark, colour ? Palette.Rgb(entry.Marks[0].Ink, ThemeKind.Dark) : null, TerminalText.Script(entry.Label, unicode)));
        }

        foreach (var line in panel.Lines.Where(line => line.Label.Length > 0))
            items.Add((line.IsVertical ? (unicode ? "┊" : ":") : (unicode ? "┈" : "."), null, TerminalText.Script(line.Label, unicode)));

        if (panel.HeatMap is { } map)
        {
            var range = HeatMapPainter.Range(map);
            string End(double value) => (range.IsLogarithmic ? Math.Pow(10, value) : value).ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
            items.Add((unicode ? UnicodeShades[1..] : AsciiShades[1..], null, TerminalText.Script($"{map.Label}: {End(range.Minimum)} to {End(range.Maximum)}", unicode)));
        }

        var lines = new List<string>();
        var current = new StringBuilder();
        var used = 0;
        foreach (var (mark, rgb, label) in items)
        {
            var shown = TerminalText.Fit(label, width - mark.Length - 2, unicode);
            var needed = mark.Length + 1 + TerminalText.Width(shown);
            if (used > 0 && used + 3 + needed > width)
            {
                lines.Add(current.ToString());
                current.Clear();
                used = 0;
            }

            if (used > 0)
                current.Append("   ");
            current.Append(rgb is { } color ? TerminalText.Paint(mark, color) : mark).Append(' ').Append(shown);
            used += needed + (used > 0 ? 3 : 0);
        }

        if (used > 0)
            lines.Add(current.ToString());
        return lines;
    }

    private static string WithFactor(string label, TickSet ticks) => ticks.Multiplier.Length == 0 ? label : $"{label} ({ticks.Multiplier})";

    private string Line(string text) => TerminalText.Fit(TerminalText.Script(text, unicode), width, unicode);

    // Without Unicode a power of ten is written as 1e-3.
    private string TickLabel(string label) => unicode
        ? TerminalText.Script(label, unicode)
        : label.Replace("×10^{", "e", StringComparison.Ordinal).Replace("10^{", "1e", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace('−', '-');
}
