using Eigenflow.Figures;
using Eigenflow.Rendering.Layout;
using Eigenflow.Rendering.Terminal;

namespace Eigenflow.Rendering;

/// <summary>Draws figures as text for terminals: curves in Braille dots, axes, ticks, phases, named lines and one legend, with measured slopes in a line; no bands, guides or annotations.</summary>
public static class TerminalPlot
{
    // From this width on panels stand side by side.
    private const int LeastPanelWidth = 48;
    private const int NarrowPanelWidth = 38;
    private const int PanelGap = 2;

    // Taller panels show no more.
    private const int MostLines = 20;
    private const int MostLinesOfSeveral = 14;

    /// <summary>Renders a figure: panels side by side where each keeps 48 columns (38 where not all would be seen otherwise), else one below the other, as many as the height allows.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="width">Columns of the terminal, at least 20; no line is longer.</param>
    /// <param name="height">
    /// Lines of the whole picture, at least 10; panels for which there is no room are counted in the last line. One row of panels is always drawn, with a plot of four lines at least. Rows of
    /// panels take no more than 14 lines each, a single row no more than 20, unless names along a vertical axis need more.
    /// </param>
    /// <param name="colour">Whether curves have ANSI colours (24 bit). Without them letters on the curves name them.</param>
    /// <param name="unicode">Whether characters beyond ASCII may be used; without them labels are written in ASCII (<see cref="AsciiText"/>).</param>
    /// <param name="more">What shows the panels that are left out, such as <c>--out DIR draws them all</c>; empty for nothing.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    /// <exception cref="ParameterException">Too small, or the figure contradicts itself.</exception>
    public static string Render(Figure figure, int width, int height, bool colour, bool unicode = true, string more = "")
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(more);
        FigureValidation.Check(figure);
        if (width is < 20 or > 10_000)
            throw new ParameterException("width", width, "from 20 to 10000 columns");
        if (height is < 10 or > 10_000)
            throw new ParameterException("height", height, "from 10 to 10000 lines");
        var lines = new List<string>();
        if (figure.Title.Length > 0)
            lines.AddRange(TerminalText.Wrap(TerminalText.Script(figure.Title, unicode), width));
        var key = new PlotKey(figure, colour, unicode);

        // Narrower panels only where more of them are seen then.
        var (rows, legend, count) = Arrange(LeastPanelWidth);
        if (count < figure.Panels.Count && Arrange(NarrowPanelWidth) is var narrow && narrow.Count > count)
            (rows, legend, count) = narrow;
        var hidden = figure.Panels.Count - count;
        var room = height - lines.Count - legend.Count - (hidden > 0 ? 1 : 0) - (rows.Count - 1);
        for (var row = 0; row < rows.Count; row++)
        {
            if (row > 0)
                lines.Add("");
            var share = Math.Min(Math.Max((rows.Count == 1 ? MostLines : MostLinesOfSeveral) - (rows.Count == 1 ? lines.Count : 0), rows[row].Max(panel => panel.Named)), Math.Max(Least(rows[row]), room / rows.Count));
            AppendRow(lines, rows[row], share);
        }

        lines.AddRange(legend);
        if (hidden > 0)
            lines.AddRange(TerminalText.Wrap($"{hidden} more {(hidden == 1 ? "panel" : "panels")}{(more.Length > 0 ? ": " + more : "")}", width));
        return string.Concat(lines.Select(line => line + "\n"));

        // How many rows of panels there is room for depends on the legends below them, and these on the panels that are shown.
        (List<PanelText[]> Rows, IReadOnlyList<string> Legend, int Count) Arrange(int leastWidth)
        {
            var columns = Columns(figure.Panels.Count, width, leastWidth);
            for (var shown = figure.Panels.Count; ; shown = ((shown - 1) / columns) * columns)
            {
                var (texts, shared) = Rows([.. figure.Panels.Take(shown)], key, columns, width, colour, unicode);
                var needed = lines.Count + texts.Sum(Least) + texts.Count - 1 + shared.Count + (shown < figure.Panels.Count ? 1 : 0);
                if (texts.Count == 1 || needed <= height)
                    return (texts, shared, shown);
            }
        }
    }

    // As many as keep their width, in rows that are as even as possible.
    private static int Columns(int panels, int width, int leastWidth)
    {
        var most = Math.Clamp((width + PanelGap) / (leastWidth + PanelGap), 1, Math.Max(1, panels));
        var rows = (panels + most - 1) / most;
        return rows == 0 ? 1 : (panels + rows - 1) / rows;
    }

    private static (List<PanelText[]> Rows, IReadOnlyList<string> Legend) Rows(
        IReadOnlyList<Panel> panels, PlotKey key, int columns, int width, bool colour, bool unicode)
    {
        var panelWidth = (width - ((columns - 1) * PanelGap)) / columns;
        var items = panels.Select(key.ItemsOf).ToList();
        var shared = items.SelectMany(list => list.Distinct()).GroupBy(item => item).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        var texts = panels.Select((panel, index) => new PanelText(panel, key, panelWidth, colour, unicode, items[index].Where(item => !shared.Contains(item))));
        return ([.. texts.Chunk(columns)], PlotKeyLines.Of(shared, width, unicode));
    }

    private static int Least(PanelText[] row) => row.Max(panel => panel.Above) + row.Max(panel => panel.Below) + row.Max(panel => panel.Least - panel.Above - panel.Below);

    private static void AppendRow(List<string> lines, PanelText[] row, int height)
    {
        var above = row.Max(panel => panel.Above);
        var rows = Math.Max(4, height - above - row.Max(panel => panel.Below));
        var parts = row.Select(panel => panel.Render(above, rows)).ToList();
        for (var line = 0; line < parts.Max(part => part.Count); line++)
        {
            var text = "";
            for (var column = 0; column < parts.Count; column++)
            {
                text += new string(' ', (column * (row[column].Width + PanelGap)) - TerminalText.Width(text));
                text += line < parts[column].Count ? parts[column][line] : "";
            }

            lines.Add(text.TrimEnd(' '));
        }
    }
}
