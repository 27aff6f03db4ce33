namespace Eigenflow.Systems;

/// <summary>Finds the name that a mistyped one was meant to be.</summary>
public static class Suggestion
{
    /// <summary>The sentence «did you mean X?», or empty when nothing is close or the name was typed right.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">The names that exist.</param>
    public static string For(string typed, IEnumerable<string> names)
    {
        var best = names
            .Select(name => (name, distance: Distance(typed, name)))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.name, StringComparer.Ordinal)
            .FirstOrDefault();
        var isClose = best.name is not null
            && best.distance > 0
            && (best.distance <= Math.Max(1, best.name.Length / 3)
                || (typed.Length >= 3 && best.name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)));
        return isClose ? $"did you mean {best.name}?" : "";
    }

    // Edit distance with insertions, deletions and substitutions of cost one.
    private static int Distance(string first, string second)
    {
        var previous = Enumerable.Range(0, second.Length + 1).ToArray();
        var current = new int[second.Length + 1];
        for (var i = 1; i <= first.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var substitution = previous[j - 1] + (char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]) ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[second.Length];
    }
}
