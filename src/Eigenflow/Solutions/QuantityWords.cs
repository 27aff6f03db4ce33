using System.Text;

namespace Eigenflow.Solutions;

/// <summary>
/// What a column, an event, a number or a prediction is called in sentences, labels and lists, where it does not say that itself: a name that spells a symbol is the symbol, abbreviations are written as people write them,
/// endings of replicas and of intervals come in front, and hyphens are spaces.
/// </summary>
public static class QuantityWords
{
    private static readonly (string Ending, string Front)[] Endings =
    [
        (ReplicaColumns.Error, "standard error of "), (ReplicaColumns.Median, "median of "), (ReplicaColumns.Low, "10 % quantile of "), (ReplicaColumns.High, "90 % quantile of "),
        ("-sd", "standard deviation of "), ("-spread", "spread of "), ("-low", "lower end of "), ("-high", "upper end of "),
        ("-r-squared", "R² of "), ("-exact", "exact "), ("-sampled", "sampled "), ("-measured", "measured "),
    ];

    private static readonly Dictionary<string, string> Written = new(StringComparer.Ordinal)
    {
        ["mse"] = "MSE",
        ["mmse"] = "MMSE",
        ["kl"] = "KL divergence",
        ["gcv"] = "cross-validation error",
        ["rms"] = "root mean square",
        ["sgd"] = "SGD",
        ["gd"] = "gradient descent",
        ["wsd"] = "WSD",
        ["cov"] = "covariance",
        ["var"] = "variance",
        ["sgld"] = "SGLD",
        ["sgworld"] = "SGWORLD",
        ["langevin"] = "Langevin dynamics",
        ["muon"] = "Muon",
    };

    private static readonly string[] Letters =
        ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"];

    /// <summary>The words of a name.</summary>
    /// <param name="name">The name, such as <c>test-error</c>.</param>
    /// <param name="symbol">Its symbol; empty for none.</param>
    public static string Of(string name, string symbol = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(symbol);
        if (Written.TryGetValue(name, out var written))
            return written;
        if (symbol.Length > 0 && IsSymbol(name, symbol))
            return symbol;
        foreach (var (ending, front) in Endings)
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal))
                return front + Of(name[..^ending.Length], Inner(symbol));
        }

        // A number at the end of a word is another word.
        var parts = name.Split('-').Select(part => part.TrimEnd("0123456789".ToCharArray()) is { Length: > 0 } letters ? Word(letters) + (letters.Length < part.Length ? " " + part[letters.Length..] : "") : part);
        return string.Join(' ', parts);
    }

    /// <summary>Words with the symbol behind them, such as <c>test error E</c>; the symbol alone where it is what it is called.</summary>
    /// <param name="words">The words.</param>
    /// <param name="symbol">The symbol; empty for none.</param>
    public static string WithSymbol(string words, string symbol)
    {
        ArgumentNullException.ThrowIfNull(words);
        return string.IsNullOrEmpty(symbol) || string.Equals(words, symbol, StringComparison.Ordinal) || words.EndsWith(" " + symbol, StringComparison.Ordinal) ? words : $"{words} {symbol}";
    }

    /// <summary>A number with its unit: <c>3 steps</c>, but <c>1.76/s²</c>, and a time <c>1.33 (flow time)</c>.</summary>
    /// <param name="number">The number as it is shown.</param>
    /// <param name="unit">The unit; empty for none.</param>
    public static string WithUnit(string number, string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Length == 0 ? number
            : unit.StartsWith("1/", StringComparison.Ordinal) ? number + unit[1..]
            : unit.EndsWith("time", StringComparison.Ordinal) ? $"{number} ({unit})"
            : $"{number} {unit}";
    }

    /// <summary>A symbol that is typed with the letters of a keyboard, as it is written: <c>kappa''</c> is κ″.</summary>
    /// <param name="typed">The symbol, or a formula with primes.</param>
    public static string Lettered(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var letter = Array.FindIndex(Letters, name => typed.StartsWith(name, StringComparison.Ordinal) && (typed.Length == name.Length || !char.IsAsciiLetterLower(typed[name.Length])));

        // The Greek alphabet has a second sigma behind rho.
        var written = letter < 0 ? typed : (char)('α' + letter + (letter > Array.IndexOf(Letters, "rho") ? 1 : 0)) + typed[Letters[letter].Length..];
        return written.Replace("''", "″", StringComparison.Ordinal).Replace('\'', '′');
    }

    /// <summary>The same at the beginning of a sentence or as a label; symbols and abbreviations stay as they are.</summary>
    /// <param name="words">The words.</param>
    public static string Sentence(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var first = words.Split(' ', 2)[0];
        return first.Length > 1 && first.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') ? char.ToUpperInvariant(words[0]) + words[1..] : words;
    }

    private static string Word(string part) => Written.GetValueOrDefault(part, part);

    // sd(u) has the symbol u.
    private static string Inner(string symbol) => symbol.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open && symbol.EndsWith(')') ? symbol[(open + 1)..^1] : "";

    // u, w1 (w_1), h-a (h_a), alpha (α), kappa1 (κ_1), one-minus-s (1 − s/s*).
    private static bool IsSymbol(string name, string symbol)
    {
        var plain = Plain(symbol);
        var spelt = Plain(name);
        if (spelt == plain || name.StartsWith("one-minus-", StringComparison.Ordinal))
            return true;
        var letters = spelt.TrimEnd("0123456789".ToCharArray());
        return Array.IndexOf(Letters, letters) >= 0;
    }

    // Without marks and with digits on the line.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is >= '₀' and <= '₉')
                plain.Append((char)('0' + (letter - '₀')));
            else if (char.IsLetterOrDigit(letter))
                plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }
}
