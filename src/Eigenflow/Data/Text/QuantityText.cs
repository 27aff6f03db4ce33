using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// Counts as tables and names of runs spell them: 124M, 1.3B, 70m, 350K, 300 B, 1e6. K, M, B or G, and T are thousands to trillions in either case: a count has no thousandths. What else stands behind a number (MB, Mi, bn), an exponent beside a
/// letter and separators of thousands are not understood; learning rates and losses are no counts, and 3m of them is refused elsewhere.
/// </summary>
internal static class QuantityText
{
    /// <summary>What is understood, for messages.</summary>
    public const string Expected = "numbers, with K, M, B or T behind them for thousands, millions, billions or trillions, such as 124M, 1.3B or 1e6";

    /// <summary>The letters, for patterns.</summary>
    public const string Letters = "kKmMbBgGtT";

    /// <summary>Reads a count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isDecimalComma">Whether its numbers have decimal commas.</param>
    /// <param name="value">The number; not a number where it is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, bool isDecimalComma, out double value)
    {
        if (NumberText.TryParse(text, isDecimalComma, out value))
            return true;
        value = double.NaN;
        text = text.Trim();
        if (text.Length < 2 || !Letters.Contains(text[^1], StringComparison.Ordinal))
            return false;
        var digits = text[..^1].TrimEnd();
        if (digits.IsEmpty || digits.ContainsAnyExcept(isDecimalComma ? "0123456789," : "0123456789.") || !NumberText.TryParse(digits, isDecimalComma, out var number))
            return false;

        // The power as part of the text, so that 1.3B is the double that 1.3e9 is.
        var power = char.ToUpperInvariant(text[^1]) switch { 'K' => "e3", 'M' => "e6", 'T' => "e12", _ => "e9" };
        value = double.Parse(string.Concat(digits, power).Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) && double.IsFinite(number);
    }
}
