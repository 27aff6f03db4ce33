using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Eigenflow.Data;

/// <summary>Numbers as texts spell them, missing values, and what other texts are: dates, units, separators of thousands.</summary>
internal static partial class NumberText
{
    private const int LongestNumber = 400;

    // What pandas writes and reads as missing.
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> MissingWords = new HashSet<string>(
        ["NA", "N/A", "#N/A", "#N/A N/A", "#NA", "<NA>", "NULL", "None", "NaT", "nan", "+nan", "-nan", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN"], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a field stands for a missing value: empty, or NA, nan, null, None and the like, in any case.</summary>
    public static bool IsMissing(ReadOnlySpan<char> field) => field.IsEmpty || (field.Length <= 8 && MissingWords.Contains(field));

    /// <summary>Whether a missing value is written as "not a number", as a computation gives it, and not left out.</summary>
    public static bool IsNotANumber(ReadOnlySpan<char> field) => field.Length is 3 or 4 && field[^3..].Equals("nan", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a number, also an infinite one: 1, -2.5, 3e-4, 3D-4, inf; with a decimal comma if wanted. "nan" is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> field, bool isDecimalComma, out double value)
    {
        if (!isDecimalComma && double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return field[^1] != '\0' && !double.IsNaN(value);
        value = double.NaN;
        if (field.Length is > 0 and < LongestNumber && TryParseOther(field, isDecimalComma, out value))
            return true;

        // What is no number is not zero.
        value = double.NaN;
        return false;
    }

    /// <summary>Whether a text is a number with a decimal comma.</summary>
    public static bool HasDecimalComma(ReadOnlySpan<char> field) => field.Contains(',') && TryParse(field, true, out _);

    /// <summary>Whether a text is a number whose comma may as well separate thousands: 1,234.</summary>
    public static bool MayBeThousands(ReadOnlySpan<char> field) => CommaThousands().IsMatch(field);

    /// <summary>Whether a text is a number whose point may as well separate thousands: 1.234.</summary>
    public static bool MayBePointThousands(ReadOnlySpan<char> field) => PointThousands().IsMatch(field);

    /// <summary>Whether a text is a whole number of digits alone, with a sign or without.</summary>
    public static bool IsWhole(ReadOnlySpan<char> field)
    {
        var digits = field.IsEmpty || field[0] is not ('-' or '+') ? field : field[1..];
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Whether a text is a number, or is meant as one: with separators of thousands, a percent sign, an error, or a letter such as M for millions.</summary>
    public static bool IsMeantAsNumber(string text, bool isDecimalComma) =>
        TryParse(text, isDecimalComma, out _) || TryParse(text, !isDecimalComma, out _) || (text.Length < LongestNumber && (Thousands().IsMatch(text) || Adorned().IsMatch(text)));

    /// <summary>Whether a text is a number with a unit, separators of thousands, or both.</summary>
    public static bool IsAdorned(ReadOnlySpan<char> field) => field.Length < LongestNumber && (Thousands().IsMatch(field) || Adorned().IsMatch(field) || Units().IsMatch(field));

    /// <summary>What a text is that is no finite number, and what to do.</summary>
    public static (string What, string Remedy) Describe(string text, bool isDecimalComma)
    {
        if (text.Length == 0)
            return ("it is missing", "leave out the rows or the columns with missing values, or fill them");
        if (IsMissing(text))
            return ("it is a missing value", "leave out the rows or the columns with missing values, or fill them");
        if (TryParse(text, isDecimalComma, out var value))
            return (double.IsInfinity(value) && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 ? "it is beyond the largest double, 1.8e308" : "it is infinite", "change the unit of the data, or leave out its row");
        if (text.Length >= LongestNumber)
            return ("it is a long text", "leave the column out, or mend the field");
        if (isDecimalComma && TryParse(text, false, out _))
            return ("it has a decimal point, and other numbers of the file have decimal commas", "write all numbers with a decimal point");
        if (Thousands().IsMatch(text))
            return ("it seems to separate thousands", "write numbers without separators of thousands and with a decimal point");
        if (HasDecimalComma(text))
            return ("it has a decimal comma, and other numbers of the file have none", "write all numbers with a decimal point");
        if (Dates().IsMatch(text))
            return ("it is a date or a time", "leave the column out, or write it as a number");
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase))
            return ("it is a truth value", "write 1 and 0, or leave the column out");
        if (ComplexNumbers().IsMatch(text))
            return ("it is a complex number", "write real and imaginary parts in columns of their own");
        if (Units().Match(text) is { Success: true } match)
            return ($"it has a unit ('{Shorten(match.Groups["unit"].Value.Trim())}')", "write the number alone, and the unit in the heading");
        return text[0] is '[' or '(' or '{'
            ? ("it is a list", "write one number per field")
            : ("it is a text", "leave the column out, or mend the field");
    }

    /// <summary>A text for a message.</summary>
    public static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static bool TryParseOther(ReadOnlySpan<char> field, bool isDecimalComma, out double value)
    {
        Span<char> letters = stackalloc char[field.Length];
        field.CopyTo(letters);
        value = double.NaN;
        if (isDecimalComma)
        {
            if (letters.Contains('.'))
                return false;
            letters.Replace(',', '.');
        }

        // A sign as typesetters write it, and the exponent of Fortran.
        letters.Replace('−', '-');
        var unsigned = letters[0] is '-' or '+' ? letters[1..] : letters;
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = letters[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (!unsigned.IsEmpty && unsigned.ContainsAny(FortranExponent) && !unsigned.ContainsAnyExcept(FortranLetters))
        {
            letters.Replace('D', 'e');
            letters.Replace('d', 'e');
        }

        return double.TryParse(letters, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsNaN(value) && letters[^1] != '\0';
    }

    private static readonly SearchValues<char> FortranExponent = SearchValues.Create("dD");

    private static readonly SearchValues<char> FortranLetters = SearchValues.Create("0123456789.+-dD");

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(,\d{3})+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommaThousands();

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}\.\d{3}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PointThousands();

    [GeneratedRegex(@"^[+-]?\d{1,3}((,\d{3})+(\.\d*)?|(\.\d{3})+,\d*|(\.\d{3}){2,}|([ '’_\u00A0\u202F]\d{3})+([.,]\d*)?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*(%|‰|[kKMGTB]|±.*|\+/-.*|\(\d+\))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Adorned();

    [GeneratedRegex(@"^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}|\d{4}-\d{2}$|\d{1,2}[- ][A-Za-z]{3}[- ]\d{2,4}|\d+ days)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dates();

    [GeneratedRegex(@"^\(?[+-]?[\d.]+(e[+-]?\d+)?([+-][\d.]+(e[+-]?\d+)?)?[ij]\)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ComplexNumbers();

    [GeneratedRegex(@"^([+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?(?<unit>\s*[\p{L}\p{Sc}%‰°µ""'/][^;]*)|(?<unit>[\p{Sc}])\s*[+-]?[\d.,]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Units();
}
