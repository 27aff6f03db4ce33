using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Terminal;

/// <summary>Texts in character cells.</summary>
internal static partial class TerminalText
{
    private const string Reset = "\u001b[0m";
    private const string Raised = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹−⁻+⁺nⁿiⁱ";
    private const string Lowered = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉−₋+₊";
    private const char Glue = '\u00A0';

    // A cell up to here is a status, a name or a number with its interval, and no prose.
    private const int LargestWhole = 16;

    // A formula up to here is kept on one line.
    private const int LargestGlued = 24;

    /// <summary>Number of cells: one per text element, two where the scripts of East Asia and pictograms take two; codes of colour take none.</summary>
    public static int Width(string text)
    {
        if (Ascii.IsValid(text) && !text.Contains('\u001b', StringComparison.Ordinal))
            return text.Length;
        var width = 0;
        for (var elements = StringInfo.GetTextElementEnumerator(Colour().Replace(text, "")); elements.MoveNext();)
            width += IsWide(Rune.GetRuneAt(elements.GetTextElement(), 0).Value) ? 2 : 1;
        return width;
    }

    /// <summary>Cuts a text to a width, with an ellipsis where something is lost.</summary>
    public static string Fit(string text, int width, bool unicode)
    {
        if (Width(text) <= width)
            return text;
        var mark = unicode ? "…" : width > 8 ? "..." : "";
        return width <= 0 ? "" : Beginning(text, width - mark.Length) + mark;
    }

    /// <summary>
    /// A text that drives no terminal (<see cref="PrintableText"/>), with superscripts and subscripts as far as characters for them exist, otherwise such as <c>x^2</c> and <c>t^(a/2)</c>;
    /// without Unicode in ASCII (<see cref="AsciiText"/>).
    /// </summary>
    public static string Script(string text, bool unicode)
    {
        var result = new StringBuilder();
        foreach (var (part, level) in RichText.Parse(PrintableText.Line(text.ReplaceLineEndings(" "))))
        {
            var map = level > 0 ? Raised : Lowered;
            if (level == 0)
            {
                result.Append(part);
            }
            else if (unicode && part.All(character => IndexIn(map, character) >= 0))
            {
                result.Append(string.Concat(part.Select(character => map[IndexIn(map, character) + 1])));
            }
            else
            {
                var written = unicode ? part : AsciiText.Of(part);
                result.Append(level > 0 ? '^' : '_').Append(written.TrimStart('−', '-').All(letter => char.IsLetter(letter) || char.IsNumber(letter)) ? written : $"({written})");
            }
        }

        return unicode ? result.ToString() : AsciiText.Of(result.ToString());
    }

    /// <summary>Wraps a text in an ANSI foreground colour given as 0xRRGGBB.</summary>
    public static string Paint(string text, uint rgb) => string.Create(
        CultureInfo.InvariantCulture, $"\u001b[38;2;{(rgb >> 16) & 255};{(rgb >> 8) & 255};{rgb & 255}m{text}{Reset}");

    /// <summary>Breaks a text at spaces into lines of at most the width; formulas such as <c>d = 100</c> stay whole where they fit, and only a word that is longer than a line is broken.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Words(text).SelectMany(word => Width(word) <= width ? [word] : word.Split(Glue)))
        {
            var rest = word;
            if (line.Length > 0 && Width(line) + 1 + Width(rest) <= width)
            {
                line += " " + rest;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            while (Width(rest) > width)
            {
                var start = Beginning(rest, width);
                lines.Add(start);
                rest = rest[start.Length..];
            }

            line = rest;
        }

        if (line.Length > 0 || lines.Count == 0)
            lines.Add(line);
        return [.. lines.Select(whole => whole.Replace(Glue, ' '))];
    }

    /// <summary>The least width at which nothing that belongs together is broken: words, formulas, and cells that are short, such as a status.</summary>
    public static int LongestWord(string text, bool isHeading = false)
    {
        var width = Width(text);
        return width <= LargestWhole && !isHeading
            ? width
            : Words(text).Select(word => Width(word) is var own && own <= LargestGlued ? own : word.Split(Glue).Max(Width)).DefaultIfEmpty().Max();
    }

    private static string[] Words(string text) => RichText.KeepFormulasWhole(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    // As many text elements as fit, at least one.
    private static string Beginning(string text, int width)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        var (end, used) = (0, 0);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            used += Width(element);
            if (end > 0 && used > width)
                break;
            end += element.Length;
        }

        return text[..end];
    }

    private static bool IsWide(int letter) => letter is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);

    private static int IndexIn(string map, char character)
    {
        for (var i = 0; i < map.Length; i += 2)
        {
            if (map[i] == character)
                return i;
        }

        return -1;
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.None, 1000)]
    private static partial Regex Colour();
}
