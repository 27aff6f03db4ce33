namespace Eigenflow.Settings;

/// <summary>Finds the name that a mistyped one was meant to be.</summary>
public static class Suggestion
{
    private const int LongestWord = 100;

    /// <summary>The sentence «did you mean X?», or empty when nothing is close or the name was typed right.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">The names that exist.</param>
    public static string For(string typed, IEnumerable<string> names)
    {
        // Options are compared by their words: the hyphens before them are not what was mistyped.
        var word = typed.TrimStart('-');
        if (word.Length > LongestWord)
            return "";
        var known = names.ToArray();
        var best = known
            .Select(name => (name, distance: Distance(word, name.TrimStart('-'))))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best.name is null || (best.distance == 0 && string.Equals(typed, best.name, StringComparison.Ordinal)))
            return "";
        if (best.distance <= Math.Max(1, best.name.TrimStart('-').Length / 3) && best.distance < word.Length)
            return $"did you mean {best.name}?";
        var begun = word.Length < 3 ? null : known
            .Where(name => name.TrimStart('-').StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();
        return begun is null ? "" : $"did you mean {begun}?";
    }

    // Edit distance with insertions, deletions, substitutions and exchanges of neighbours of cost one.
    private static int Distance(string first, string second)
    {
        var rows = new int[first.Length + 1, second.Length + 1];
        for (var j = 0; j <= second.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= first.Length; i++)
        {
            rows[i, 0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var substitution = rows[i - 1, j - 1] + (IsSame(first[i - 1], second[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(substitution, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && IsSame(first[i - 1], second[j - 2]) && IsSame(first[i - 2], second[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[first.Length, second.Length];
    }

    private static bool IsSame(char first, char second) => char.ToLowerInvariant(first) == char.ToLowerInvariant(second);
}
