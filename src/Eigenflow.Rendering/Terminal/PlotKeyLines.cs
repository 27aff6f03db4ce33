using System.Text;

namespace Eigenflow.Rendering.Terminal;

/// <summary>Sets items of a legend in lines.</summary>
internal static class PlotKeyLines
{
    private const int Gap = 3;

    /// <summary>As many items on each line as fit.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<PlotKeyItem> items, int width, bool unicode)
    {
        var lines = new List<string>();
        var current = new StringBuilder();
        var used = 0;
        foreach (var (mark, rgb, label) in items)
        {
            var lead = mark.Length > 0 ? mark.Length + 1 : 0;
            var shown = TerminalText.Fit(label, width - lead, unicode);
            var needed = lead + TerminalText.Width(shown);
            if (used > 0 && used + Gap + needed > width)
            {
                lines.Add(current.ToString());
                current.Clear();
                used = 0;
            }

            if (used > 0)
                current.Append(' ', Gap);
            current.Append(rgb is { } color && mark.Length > 0 ? TerminalText.Paint(mark, color) : mark).Append(mark.Length > 0 ? " " : "").Append(shown);
            used += needed + (used > 0 ? Gap : 0);
        }

        if (used > 0)
            lines.Add(current.ToString());
        return lines;
    }
}
