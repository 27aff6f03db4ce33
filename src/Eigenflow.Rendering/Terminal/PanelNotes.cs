using Eigenflow.Figures;

namespace Eigenflow.Rendering.Terminal;

/// <summary>What pictures draw beside the curves and a terminal says in a line: measured slopes, and how far a curve is from what is expected of it.</summary>
internal static class PanelNotes
{
    // A ratio beyond this is told as a factor.
    private const double LargestPart = 1;

    /// <summary>The lines of a panel, each as wide as the terminal at most.</summary>
    public static IReadOnlyList<string> Of(Panel panel, int width, bool unicode)
    {
        var slopes = panel.Slopes.Where(slope => slope.Measured.Length > 0).Select(slope => $"{slope.Label}, measured {slope.Measured}").ToArray();
        string[] notes =
        [
            .. slopes.Length > 0 ? [$"{(slopes.Length == 1 ? "slope" : "slopes")} {string.Join("; ", slopes)}"] : Array.Empty<string>(),
            .. Departure(panel) is { } departure ? [departure] : Array.Empty<string>(),
        ];
        return [.. notes.SelectMany(note => TerminalText.Wrap(TerminalText.Script(note, unicode), width))];
    }

    private static string? Departure(Panel panel)
    {
        var worst = panel.Series.Where(series => series.Expected is not null).SelectMany(Ratios).DefaultIfEmpty(("", double.NaN)).MaxBy(pair => Math.Abs(Math.Log(pair.Item2)));
        if (!double.IsFinite(worst.Item2))
            return null;
        var of = worst.Item1.Length > 0 ? $" of {worst.Item1}" : "";
        return Math.Abs(worst.Item2 - 1) is var part && part <= LargestPart && worst.Item2 > 1 - (LargestPart / 2)
            ? $"largest departure{of} from what is expected: {DisplayNumber.Percent(part)}"
            : $"largest departure{of} from what is expected: a factor of {DisplayNumber.Of(worst.Item2, 2)}";
    }

    private static IEnumerable<(string Label, double Ratio)> Ratios(Series series) => series.Y.Zip(series.Expected!, (measured, expected) => (series.Label, measured / expected))
        .Where(pair => double.IsFinite(pair.Item2) && pair.Item2 > 0);
}
