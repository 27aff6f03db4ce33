using System.Text;
using System.Text.RegularExpressions;

namespace Eigenflow.Rendering.Text;

/// <summary>
/// Texts of figures may hold superscripts and subscripts: <c>10^{-3}</c>, <c>t^2</c>, <c>S_d</c>, <c>λ_{max}</c>. After <c>^</c> stands a group in
/// braces or parentheses, or a number or word. <c>_</c> starts a subscript only after a single letter (with a star or a factor, as in <c>8w*_i</c>), so that
/// names such as <c>learning_rate</c> stay as they are. A hyphen before a digit in a raised or lowered part becomes a minus sign.
/// </summary>
internal static partial class RichText
{
    /// <summary>Size of raised and lowered parts relative to the line: the smallest text of a printed picture is one of them.</summary>
    public const double ScriptSize = 0.75;

    private const int LongestText = 4000;

    /// <summary>Splits a text into parts on the line (0), raised (+1) and lowered (−1).</summary>
    public static IReadOnlyList<(string Text, int Level)> Parse(string text)
    {
        var parts = new List<(string, int)>();
        var plain = new StringBuilder();
        var i = 0;
        while (i < text.Length)
        {
            var level = text[i] switch { '^' when i > 0 => 1, '_' when FollowsSingleLetter(text, i) => -1, _ => 0 };
            var end = level == 0 ? i : level > 0 && i + 1 < text.Length && text[i + 1] == '(' ? EndOfPower(text, i + 1) : EndOfScript(text, i + 1);
            if (end <= i + 1)
            {
                plain.Append(text[i++]);
                continue;
            }

            if (plain.Length > 0)
                parts.Add((plain.ToString(), 0));
            plain.Clear();
            var script = text[i + 1] is '{' or '(' ? text[(i + 2)..(end - 1)] : text[(i + 1)..end];
            parts.Add((script.Replace('-', '−'), level));
            i = end;
        }

        if (plain.Length > 0 || parts.Count == 0)
            parts.Add((plain.ToString(), 0));
        return parts;
    }

    // A raised part ends like a digit, a lowered one too: a letter behind it begins something new.
    private static char Before((string Text, int Level) part) => part.Level == 0 ? part.Text[^1] : ')';

    private static char After((string Text, int Level) part) => part.Level == 0 ? part.Text[0] : part.Level > 0 ? '^' : '_';

    /// <summary>Formulas such as <c>d = 1000</c> and <c>2 %</c> get spaces at which no line is broken.</summary>
    public static string KeepFormulasWhole(string text) => Glue().Replace(text, "\u00A0");

    /// <summary>Shapes one line.</summary>
    public static ShapedText Shape(string text, double size, bool bold = false)
    {
        text = Cut(text);
        var face = bold ? FontFace.Bold : FontFace.Regular;
        var runs = new List<GlyphRun>();
        double pen = 0;
        var parts = Parse(text);
        for (var i = 0; i < parts.Count; i++)
        {
            var (part, level) = parts[i];
            var partSize = level == 0 ? size : ScriptSize * size;
            var rise = level switch { > 0 => 0.37 * size, < 0 => -0.16 * size, _ => 0 };
            foreach (var (piece, isVariable) in Variables.Split(part, i == 0 || level != 0 ? ' ' : Before(parts[i - 1]), i + 1 < parts.Count && level == 0 ? After(parts[i + 1]) : ' '))
            {
                var glyphs = new List<PlacedGlyph>();
                var width = face.Shape(piece, glyphs) * partSize / face.UnitsPerEm;
                runs.Add(new GlyphRun(face, piece, partSize, pen, rise, isVariable, glyphs));
                pen += width;
            }
        }

        return new ShapedText(text, runs, pen, size);
    }

    /// <summary>Breaks a text at spaces into lines that fit a width; a word wider than the line is broken where it must be.</summary>
    public static IReadOnlyList<ShapedText> Wrap(string text, double size, double width, bool bold = false)
    {
        var lines = new List<ShapedText>();
        foreach (var paragraph in Cut(text).Split('\n'))
            WrapParagraph(paragraph, size, width, bold, lines);
        return lines;
    }

    // Names in data may be megabytes, and no figure shows so much.
    private static string Cut(string text) => text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…");

    private static void WrapParagraph(string text, double size, double width, bool bold, List<ShapedText> lines)
    {
        var words = new Queue<string>(KeepFormulasWhole(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var line = "";
        while (words.Count > 0)
        {
            var word = words.Dequeue();
            var longer = line.Length == 0 ? word : line + " " + word;
            if (Shape(longer, size, bold).Width <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
                lines.Add(Shape(line, size, bold));
            line = word;
            while (line.Length > 1 && Shape(line, size, bold).Width > width)
            {
                var cut = LongestFit(line, size, width, bold);
                lines.Add(Shape(line[..cut], size, bold));
                line = line[cut..];
            }
        }

        if (line.Length > 0)
            lines.Add(Shape(line, size, bold));
    }

    [GeneratedRegex(@" (?=[=∝≈≤≥<>×±%/·](?: |$|[,.;)]))|(?<= [=∝≈≤≥<>×±/·]) |(?<= a) (?=[\p{L}\d])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Glue();

    // The number of leading characters that fit, at least one, by bisection: widths grow with the length.
    private static int LongestFit(string line, double size, double width, bool bold)
    {
        var fits = 1;
        var tooLong = line.Length;
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (Shape(line[..middle], size, bold).Width <= width)
                fits = middle;
            else
                tooLong = middle;
        }

        return fits;
    }

    private static bool FollowsSingleLetter(string text, int i)
    {
        // A star belongs to its letter (w*), and a number before a letter is a factor (8λ).
        var letter = i > 1 && text[i - 1] == '*' ? i - 2 : i - 1;

        // So does what stands above it (λ̂).
        while (letter > 0 && char.GetUnicodeCategory(text[letter]) == System.Globalization.UnicodeCategory.NonSpacingMark)
            letter--;
        return letter >= 0 && char.IsLetter(text[letter]) && (letter == 0 || !(char.IsLetter(text[letter - 1]) || text[letter - 1] == '_'));
    }

    // A power in parentheses stands without them.
    private static int EndOfPower(string text, int i)
    {
        var close = text.IndexOf(')', i);
        return close > i + 1 && text.IndexOf('(', i + 1, close - i - 1) < 0 ? close + 1 : i;
    }

    // The index after the script that starts at i, or i when there is none.
    private static int EndOfScript(string text, int i)
    {
        if (i < text.Length && text[i] == '{')
        {
            var close = text.IndexOf('}', i);
            return close > i + 1 ? close + 1 : i;
        }

        var end = i < text.Length && text[i] is '-' or '−' or '+' ? i + 1 : i;
        var start = end;
        while (end < text.Length && (char.IsLetter(text[end]) || (char.IsNumber(text[end]) && text[end] is not ('¹' or '²' or '³')) || text[end] is '∞' or '*'))
            end++;
        return end > start ? end : i;
    }
}
