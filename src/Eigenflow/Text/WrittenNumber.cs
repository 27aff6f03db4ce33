using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Eigenflow;

/// <summary>Numbers as they are written to tables, CSV and JSON, without regard to the culture: a zero has no sign, whatever rounding or subtraction it comes from.</summary>
public static partial class WrittenNumber
{
    /// <summary>The fewest digits that give back the same double.</summary>
    /// <param name="value">Any number.</param>
    public static string RoundTrip(double value) => (value + 0.0).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A count of significant digits.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="digits">1 to 17.</param>
    public static string Rounded(double value, int digits) => (value + 0.0).ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The number in JSON; null where it is not finite.</summary>
    /// <param name="value">Any number.</param>
    public static JsonValue? Json(double value) => double.IsFinite(value) ? JsonValue.Create(value + 0.0) : null;

    /// <summary>A text with the numbers that were rounded to −0, −0.00, … without their sign.</summary>
    /// <param name="text">A cell or a sentence.</param>
    public static string Unsigned(string text) => text.Contains('0', StringComparison.Ordinal) && text.AsSpan().ContainsAny('-', '−') ? SignedZero().Replace(text, "${zero}") : text;

    [GeneratedRegex(@"(?<![\w.^{])[-−](?<zero>0(\.0+)?)(?![\w.])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SignedZero();
}
