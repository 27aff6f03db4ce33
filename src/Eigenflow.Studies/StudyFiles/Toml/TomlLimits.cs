using Eigenflow.Data;

namespace Eigenflow.Studies;

/// <summary>
/// Refuses texts that would keep a reader of TOML busy or exhaust its stack, before it sees them: brackets nested too deeply, and too many names, tables and lists. Strings and comments are passed over.
/// </summary>
internal static class TomlLimits
{
    private const int DeepestNesting = 32;
    private const int MostEntries = 10_000;

    /// <summary>Checks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <param name="expected">What is expected there, for messages.</param>
    /// <exception cref="InputFileException">Beyond a limit.</exception>
    public static void Check(string text, string path, string expected)
    {
        int depth = 0, entries = 0, line = 1;
        for (var place = 0; place < text.Length; place++)
        {
            var letter = text[place];
            if (letter == '\n')
            {
                line++;
            }
            else if (letter == '#')
            {
                place = EndOfLine(text, place) - 1;
            }
            else if (letter is '"' or '\'')
            {
                var start = place;
                place = EndOfString(text, place);
                line += text.AsSpan(start, Math.Min(place, text.Length) - start).Count('\n');
            }
            else if (letter is '[' or '{' && ++depth > DeepestNesting)
            {
                throw new InputFileException(path, "its brackets are nested too deeply", FormattableString.Invariant($"{expected}, with at most {DeepestNesting} levels of brackets"), line);
            }
            else if (letter is ']' or '}')
            {
                depth = Math.Max(0, depth - 1);
            }

            if ((letter == '=' || (letter is '[' or '{' && depth == 1)) && ++entries > MostEntries)
                throw new InputFileException(path, "it has too many names and lists", FormattableString.Invariant($"{expected}, with at most {MostEntries} names, tables and lists"), line);
        }
    }

    private static int EndOfLine(string text, int place) => text.IndexOf('\n', place) is var end and >= 0 ? end : text.Length;

    // The place of the last quote. A string in simple quotes ends with its line at the latest.
    private static int EndOfString(string text, int place)
    {
        var quote = text[place];
        var mark = new string(quote, 3);
        var isLong = string.CompareOrdinal(text, place, mark, 0, mark.Length) == 0;
        for (var k = place + (isLong ? mark.Length : 1); k < text.Length; k++)
        {
            if (text[k] == '\\' && quote == '"')
                k++;
            else if (!isLong && text[k] == '\n')
                return k - 1;
            else if (text[k] == quote && (!isLong || string.CompareOrdinal(text, k, mark, 0, mark.Length) == 0))
                return k + (isLong ? mark.Length - 1 : 0);
        }

        return text.Length;
    }
}
