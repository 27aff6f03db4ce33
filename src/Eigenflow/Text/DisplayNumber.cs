using System.Globalization;
using System.Text.RegularExpressions;

namespace Eigenflow;

/// <summary>
/// Numbers for people, in labels, captions, titles, tables and pages: at most four significant digits, plain from 0.001 to 10⁴, otherwise with a power of ten in the notation of figures
/// (<c>1.5×10^{−7}</c>, <c>10^{6}</c>); a true minus sign; zero has no sign. Files that programs read use <see cref="WrittenNumber"/>.
/// </summary>
public static partial class DisplayNumber
{
    /// <summary>Most significant digits that are shown.</summary>
    public const int MostDigits = 4;

    /// <summary>Most significant digits of numbers that are to be told apart.</summary>
    private const int MostCompared = 6;

    private const int SmallestPlain = -3;
    private const int LargestPlain = 3;

    private const int LargestDenominator = 6;
    private const double LargestFraction = 10;
    private const double WholeTolerance = 1e-9;

    // Beyond this many decimals a number is written with a power of ten.
    private const int MostDecimals = 9;

    /// <summary>A number.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="digits">Most significant digits, 1 to 4; the digits before the point are shown in any case.</param>
    public static string Of(double value, int digits = MostDigits) => Written(value, Math.Clamp(digits, 1, MostDigits));

    /// <summary>A whole number that counts something: all its digits, unless it is a round one from 10⁴ on.</summary>
    /// <param name="value">Any whole number.</param>
    public static string Count(long value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture).TrimStart('-');
        return digits.Length > LargestPlain + 1 && digits.TrimEnd('0').Length <= MostDigits ? Of(value) : Signed(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// What was predicted beside what was measured. The measured number has the decimals of its interval, and the predicted one as many. Two numbers that differ and would read the same get up to six digits.
    /// </summary>
    /// <param name="predicted">The one.</param>
    /// <param name="measured">The other.</param>
    /// <param name="half">Half-width of the interval of the latter, or null.</param>
    public static (string Predicted, string Measured) Compared(double predicted, double measured, double? half)
    {
        if (half is { } width && double.IsFinite(width) && width != 0)
        {
            var text = WithInterval(measured, width);
            return (Beside(predicted, text), text);
        }

        for (var digits = MostDigits; digits <= MostCompared && predicted != measured; digits++)
        {
            var (one, other) = (Written(predicted, digits), Written(measured, digits));
            if (!string.Equals(one, other, StringComparison.Ordinal))
                return (one, other);
        }

        return (Of(predicted), Of(measured));
    }

    /// <summary>A text with its numbers as programs read them: <c>1.5e-7</c> for <c>1.5×10^{−7}</c>, and <c>-0.5</c> for <c>−0.5</c>.</summary>
    /// <param name="text">A cell or a sentence.</param>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TypesetMinus().Replace(PowerOfTen().Replace(text, match => (match.Groups["times"].Success ? "e" : "1e") + match.Groups["power"].Value.Replace('−', '-')), "-");
    }

    /// <summary>A number with the half-width of its interval, such as <c>−0.500 ± 0.002</c>: the decimals are those of the half-width's first digit (two where it is a one).</summary>
    /// <param name="value">Any number.</param>
    /// <param name="half">Half-width of the interval; where it is not finite the number stands alone, and where it is zero or smaller than any decimal that is shown: never ± 0.</param>
    public static string WithInterval(double value, double half)
    {
        half = Math.Abs(half);
        if (!double.IsFinite(value) || !double.IsFinite(half) || half == 0)
            return Of(value);
        var (first, place) = Split(half, 1);
        var decimals = (first[0] == '1' ? 1 : 0) - place;
        var largest = Split(Math.Max(Math.Abs(value), half), MostDigits).Exponent;
        var scale = largest is >= SmallestPlain and <= LargestPlain && decimals <= MostDecimals ? 0 : largest;
        var shown = Math.Clamp(decimals + scale, 0, MostDecimals);
        var factor = Math.Pow(10, scale);

        // An interval that the decimals do not show is none that can be read.
        if (half / factor < 0.5 * Math.Pow(10, -shown))
            return Of(value);
        var text = $"{Fixed(value / factor, shown)} ± {Fixed(half / factor, shown)}";
        return scale == 0 ? text : $"({text})×{Power(scale)}";
    }

    /// <summary>An interval, such as <c>−0.51 to −0.49</c>.</summary>
    /// <param name="low">Lower end; may be infinite.</param>
    /// <param name="high">Upper end; may be infinite.</param>
    /// <param name="digits">Most significant digits of each.</param>
    public static string Range(double low, double high, int digits = MostDigits) => $"{Of(low, digits)} to {Of(high, digits)}";

    /// <summary>A simple fraction such as <c>−2/3</c> where the number is one with a denominator up to six, otherwise the number.</summary>
    /// <param name="value">Any number.</param>
    public static string Fraction(double value)
    {
        for (var denominator = 2; denominator <= LargestDenominator && Math.Abs(value) < LargestFraction; denominator++)
        {
            var numerator = Math.Round(value * denominator);
            if (numerator != 0 && Math.Abs(numerator - (value * denominator)) < WholeTolerance)
                return Math.Abs(value - Math.Round(value)) < WholeTolerance ? Of(Math.Round(value)) : $"{Of(numerator)}/{Of(denominator)}";
        }

        return Of(value);
    }

    /// <summary>A part of one in per cent, such as <c>8.8 %</c>.</summary>
    /// <param name="part">The part.</param>
    /// <param name="digits">Most significant digits.</param>
    public static string Percent(double part, int digits = 2) => Of(100 * part, digits) + " %";

    /// <summary>A power of ten, such as <c>10^{−3}</c>.</summary>
    /// <param name="exponent">The exponent.</param>
    public static string Power(int exponent) => $"10^{{{Signed(exponent.ToString(CultureInfo.InvariantCulture))}}}";

    /// <summary>A number with a fixed count of decimals; zero has no sign.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="decimals">Decimals, from 0.</param>
    public static string Fixed(double value, int decimals)
    {
        var text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Signed(text.Any(character => character is >= '1' and <= '9') ? text : text.TrimStart('-'));
    }

    private static string Written(double value, int digits)
    {
        if (!double.IsFinite(value))
            return Special(value);
        if (value == 0)
            return "0";
        var (mantissa, exponent) = Split(value, digits);
        if (exponent is >= SmallestPlain and <= LargestPlain)
            return Trimmed(Fixed(value, Math.Max(0, digits - 1 - exponent)));
        var number = Trimmed(Signed(mantissa));
        return number switch { "1" => Power(exponent), "−1" => "−" + Power(exponent), _ => $"{number}×{Power(exponent)}" };
    }

    // As many digits of the predicted number as make the decimals of the measured one, from four to six.
    private static string Beside(double predicted, string measured)
    {
        var (first, point) = (measured.Split(' ')[0], measured.IndexOf('.', StringComparison.Ordinal));
        if (predicted == 0 || !double.IsFinite(predicted) || point < 0 || measured.StartsWith('('))
            return Of(predicted);
        var decimals = first.Length - point - 1;
        return Written(predicted, Math.Clamp(Split(predicted, MostDigits).Exponent + 1 + decimals, MostDigits, MostCompared));
    }

    [GeneratedRegex(@"((?<times>(?<=[\d)]) ?× ?)|(?<![\w.^×]))10\^\{(?<power>[-−]?\d+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PowerOfTen();

    [GeneratedRegex(@"(?<![\w\d.^{])−(?=\d|∞)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TypesetMinus();

    private static string Special(double value) => double.IsNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";

    // Mantissa and exponent after rounding, so that 0.99999 counts as 1.
    private static (string Mantissa, int Exponent) Split(double value, int digits)
    {
        var text = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        return (text[..mark], int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static string Signed(string text) => text.Replace('-', '−');

    private static string Trimmed(string number) => number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
}
