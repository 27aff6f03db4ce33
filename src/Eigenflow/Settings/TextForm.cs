using System.Globalization;

namespace Eigenflow.Settings;

/// <summary>What a comma inside a text of a form is.</summary>
public enum CommaMeaning
{
    /// <summary>It ends the value: the next one of a list begins.</summary>
    EndsValue,

    /// <summary>It stands between the items of one value, as in <c>list:0.8,0.2</c>.</summary>
    SeparatesItems,

    /// <summary>It may be a letter of a name, as in <c>file:a,b.csv</c>.</summary>
    IsLetter,
}

/// <summary>One form that the text of a parameter may have, such as <c>spiked:COUNT:STRENGTH</c>: what begins it, and what its commas are.</summary>
public sealed record TextForm
{
    private static readonly char[] Ends = [':', '+', '*'];

    private TextForm(string pattern, CommaMeaning commas, int numbers)
    {
        Pattern = pattern;
        Commas = commas;
        Numbers = numbers;
        Word = numbers > 0 ? "" : WordOf(pattern);
    }

    /// <summary>The form as help texts show it.</summary>
    public string Pattern { get; }

    /// <summary>The word it begins with; empty for bare numbers.</summary>
    public string Word { get; }

    /// <summary>What a comma inside it is.</summary>
    public CommaMeaning Commas { get; }

    /// <summary>How many bare numbers make one value, 0 where it begins with a word.</summary>
    public int Numbers { get; }

    /// <summary>The form <c>file:PATH</c>.</summary>
    public static TextForm File { get; } = new("file:PATH", CommaMeaning.IsLetter, 0);

    /// <summary>A word, or a word with fields behind colons.</summary>
    /// <param name="pattern">Such as <c>power-law</c> or <c>zero-one:RANK</c>.</param>
    public static TextForm Of(string pattern) => new(pattern, CommaMeaning.EndsValue, 0);

    /// <summary>A word with a list of items behind a colon.</summary>
    /// <param name="pattern">Such as <c>list:VALUE,VALUE,…</c>.</param>
    public static TextForm List(string pattern) => new(pattern, CommaMeaning.SeparatesItems, 0);

    /// <summary>Bare numbers.</summary>
    /// <param name="pattern">Such as <c>three numbers a,b,c</c>.</param>
    /// <param name="count">How many make one value, ≥ 1.</param>
    public static TextForm OfNumbers(string pattern, int count) => new(pattern, count > 1 ? CommaMeaning.SeparatesItems : CommaMeaning.EndsValue, count);

    /// <summary>What stands before the first field of a text.</summary>
    /// <param name="text">What the user typed.</param>
    public static string WordOf(string text) => text.IndexOfAny(Ends) is >= 0 and var end ? text[..end] : text;

    /// <summary>The path of a text <c>file:PATH</c>, or null for another one.</summary>
    /// <param name="text">What the user typed.</param>
    public static string? PathOf(string text) =>
        text.StartsWith("file:", StringComparison.Ordinal) && text.Length > "file:".Length ? text["file:".Length..] : null;

    /// <summary>A finite number, or null.</summary>
    /// <param name="text">What the user typed.</param>
    public static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number of magnitude below 9e15, or null.</summary>
    /// <param name="text">What the user typed.</param>
    public static long? Whole(string text) => Real(text) is { } number && number == Math.Floor(number) && Math.Abs(number) < 9e15 ? (long)number : null;

    /// <inheritdoc/>
    public override string ToString() => Pattern;
}
