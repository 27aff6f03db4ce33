namespace Eigenflow.Rendering.Text;

/// <summary>Finds the variables in a text: single letters that stand for a quantity are slanted, words, units, articles and numerals of phases are not.</summary>
internal static class Variables
{
    private const string Operators = "=∝≈≤≥<>×±+−·/|‖∈→^_*(),;:²³₀₁₂₃";
    private const string Units = "smhgKBW";

    // Behind an article stands a noun, and none of these.
    private static readonly string[] Joins = [" and ", " or ", " is ", " for ", " at ", " in ", " with ", " from ", " to ", " of ", " by ", " against "];

    /// <summary>Splits a text into stretches of variables and of other text.</summary>
    /// <param name="text">Text on one level of <see cref="RichText"/>.</param>
    /// <param name="before">The character before it on the line, or a blank.</param>
    /// <param name="after">The character behind it, or a blank.</param>
    public static IEnumerable<(string Text, bool IsVariable)> Split(string text, char before = ' ', char after = ' ')
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsVariable(text, i, before, after))
                continue;
            if (i > start)
                yield return (text[start..i], false);
            yield return (text[i..(i + 1)], true);
            start = i + 1;
        }

        if (start < text.Length)
            yield return (text[start..], false);
    }

    private static bool IsVariable(string text, int i, char before, char after)
    {
        var letter = text[i];
        if (!IsLetter(letter) || letter == 'I')
            return false;
        var left = i > 0 ? text[i - 1] : before;
        var right = i + 1 < text.Length ? text[i + 1] : after;

        // The letter of a panel.
        if (left == '(' && right == ')' && (i < 2 || text[i - 2] == ' '))
            return false;
        if (char.IsLetter(left) || char.IsLetterOrDigit(right) || left is '\'' or '’' or '.' or '_' || right is '\'' or '’')
            return false;

        // The letter within a number such as 1e-6.
        if (letter is 'e' or 'E' && char.IsDigit(left) && right is '-' or '+' && i + 2 < text.Length && char.IsDigit(text[i + 2]))
            return false;

        // Hyphens join words, points abbreviate them.
        if ((left == '-' && i > 1 && char.IsLetter(text[i - 2])) || (right is '-' or '.' && i + 2 < text.Length && char.IsLetter(text[i + 2])))
            return false;

        // The number of an equation, and the name of an appendix.
        if ((right == '.' && i + 2 < text.Length && char.IsDigit(text[i + 2])) || text.AsSpan(0, i).EndsWith("ppendix ", StringComparison.Ordinal))
            return false;
        var next = Next(text, i + 1, after);
        if (letter is 'a' or 'A' && right is ' ' or '\u00A0' && char.IsLetterOrDigit(next) && !IsAlone(text, i) && !Array.Exists(Joins, word => Follows(text, i, word) || Follows(text, i, '\u00A0' + word[1..])))
            return false;
        if (letter == 'd' && (Follows(text, i, " ln") || Follows(text, i, "/d ") || Follows(text, i, "\u00A0ln")))
            return false;
        return !(Units.Contains(letter, StringComparison.Ordinal) && left is ' ' or '\u00A0' && i > 1 && char.IsDigit(text[i - 2]) && !Operators.Contains(next, StringComparison.Ordinal));
    }

    // An "a" behind an operator or a comma is a quantity, behind a word an article, unless the word names what it is.
    private static bool IsAlone(string text, int i)
    {
        var head = text[..i].TrimEnd();
        return head.Length > 0 && ("=∝≈≤≥<>×±+−·/|".Contains(head[^1], StringComparison.Ordinal) || head.EndsWith("exponent", StringComparison.Ordinal));
    }

    private static char Next(string text, int i, char after)
    {
        while (i < text.Length && text[i] is ' ' or '\u00A0')
            i++;
        return i < text.Length ? text[i] : after;
    }

    private static bool Follows(string text, int i, string ending) => string.CompareOrdinal(text, i + 1, ending, 0, ending.Length) == 0;

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= 'α' and <= 'ω');
}
