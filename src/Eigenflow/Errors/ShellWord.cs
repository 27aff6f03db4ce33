using System.Buffers;
using System.Text;

namespace Eigenflow;

/// <summary>Words of a command line that a message or a script shows, so that a shell reads them as they are.</summary>
public static class ShellWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%^…");

    /// <summary>The word, in single quotes where a shell would read it otherwise; as <c>$'…'</c> with octal numbers, which bash, zsh and ksh read, where it has characters that are not shown.</summary>
    /// <param name="word">A value, a path or the name of a column.</param>
    public static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word
        : PrintableText.IsPrintable(word) ? "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'"
        : "$'" + string.Concat(word.EnumerateRunes().Select(Escaped)) + "'";

    // Bytes, and not characters: those depend on the language of the shell.
    private static string Escaped(Rune letter) => letter.Value is '\'' or '\\'
        ? "\\" + letter
        : PrintableText.IsPrintable(letter)
            ? letter.ToString()
            : string.Concat(Encoding.UTF8.GetBytes(letter.ToString()).Select(value => "\\" + Convert.ToString(value, 8).PadLeft(3, '0')));
}
