using System.Buffers;
using System.Globalization;
using System.Text;

namespace Eigenflow;

/// <summary>
/// Texts that come from files (names of columns and files, titles, statements, messages) as they may be shown: a character that is obeyed and not shown, such as ESC, a line break
/// or a change of the direction of writing, becomes U+FFFD, so that a text neither drives a terminal, nor looks like another, nor starts a line of its own.
/// </summary>
public static class PrintableText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(letter => (char)letter)]);
    private static readonly SearchValues<char> PlainOrBreak = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(letter => (char)letter), '\n', '\t']);

    /// <summary>One line: neither line breaks nor tabs are left.</summary>
    /// <param name="text">Any text.</param>
    public static string Line(string text) => text.AsSpan().ContainsAnyExcept(Plain) ? Replaced(text, keepsBreaks: false) : text;

    /// <summary>Several lines: line feeds and tabs stay as they are.</summary>
    /// <param name="text">Any text.</param>
    public static string Block(string text) => text.AsSpan().ContainsAnyExcept(PlainOrBreak) ? Replaced(text, keepsBreaks: true) : text;

    /// <summary>Whether every character of a text is shown as it is.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsPrintable(string text) => !text.AsSpan().ContainsAnyExcept(Plain) || text.EnumerateRunes().All(IsPrintable);

    /// <summary>Whether a character is shown: no control (C0, DEL, C1), no format (directions, joiners, marks of no width, tags), no separator of lines.</summary>
    /// <param name="letter">The character.</param>
    public static bool IsPrintable(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);

    private static string Replaced(string text, bool keepsBreaks)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
            result.Append(IsPrintable(letter) || (keepsBreaks && letter.Value is ('\n' or '\t')) ? letter.ToString() : "\uFFFD");
        return result.ToString();
    }
}
