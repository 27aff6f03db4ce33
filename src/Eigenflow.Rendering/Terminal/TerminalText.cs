using System.Globalization;
using System.Text;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Terminal;

/// <summary>Texts in character cells.</summary>
internal static class TerminalText
{
    private const string Reset = "\u001b[0m";
    private const string Raised = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹−⁻+⁺nⁿiⁱ";
    private const string Lowered = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉−₋+₊";

    /// <summary>Number of cells (text elements; every one is taken as one cell wide).</summary>
    public static int Width(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Cuts a text to a width, with an ellipsis where something is lost.</summary>
    public static string Fit(string text, int width, bool unicode) =>
        Width(text) <= width ? text
        : width <= 0 ? ""
        : unicode ? new StringInfo(text).SubstringByTextElements(0, width - 1) + "…"
        : new StringInfo(text).SubstringByTextElements(0, width);

    /// <summary>A text that drives no terminal (<see cref="PrintableText"/>), with superscripts and subscripts as far as characters for them exist, otherwise such as <c>x^2</c> and <c>t^(a/2)</c>.</summary>
    public static string Script(string text, bool unicode)
    {
        var result = new StringBuilder();
        foreach (var (part, level) in RichText.Parse(PrintableText.Line(text.ReplaceLineEndings(" "))))
        {
            var map = level > 0 ? Raised : Lowered;
            if (level == 0)
                result.Append(part);
            else if (unicode && part.All(character => IndexIn(map, character) >= 0))
                result.Append(string.Concat(part.Select(character => map[IndexIn(map, character) + 1])));
            else
                result.Append(level > 0 ? '^' : '_').Append(part.TrimStart('−').All(char.IsLetterOrDigit) ? part : $"({part})");
        }

        return unicode ? result.ToString() : result.ToString().Replace('−', '-').Replace('×', 'x');
    }

    /// <summary>Wraps a text in an ANSI foreground colour given as 0xRRGGBB.</summary>
    public static string Paint(string text, uint rgb) => string.Create(
        CultureInfo.InvariantCulture, $"\u001b[38;2;{(rgb >> 16) & 255};{(rgb >> 8) & 255};{rgb & 255}m{text}{Reset}");

    /// <summary>Breaks a text at spaces into lines of at most the width.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (line.Length > 0 && Width(line) + 1 + Width(rest) <= width)
            {
                line += " " + rest;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            for (; Width(rest) > width; rest = new StringInfo(rest).SubstringByTextElements(width))
                lines.Add(new StringInfo(rest).SubstringByTextElements(0, width));
            line = rest;
        }

        if (line.Length > 0 || lines.Count == 0)
            lines.Add(line);
        return lines;
    }

    private static int IndexIn(string map, char character)
    {
        for (var i = 0; i < map.Length; i += 2)
        {
            if (map[i] == character)
                return i;
        }

        return -1;
    }
}
