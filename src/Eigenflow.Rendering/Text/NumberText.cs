using System.Globalization;

namespace Eigenflow.Rendering.Text;

/// <summary>
/// Numbers of tables: six significant digits; an uncertainty has the decimals of its value. From 10⁻⁴ to 10⁶ numbers are written plainly,
/// beyond with a power of ten that value and uncertainty share.
/// </summary>
internal static class NumberText
{
    private const int Digits = 6;

    /// <summary>A number for terminals, such as <c>0.333333</c> or <c>1.5e-7</c>.</summary>
    public static string Plain(double value, double? uncertainty = null) => Compose(value, uncertainty, exponent => $"e{exponent}");

    /// <summary>The same with a power of ten in the notation of <see cref="RichText"/>.</summary>
    public static string Rich(double value, double? uncertainty = null) =>
        Compose(value, uncertainty, exponent => $" × 10^{{{exponent}}}").Replace('-', '−');

    private static string Compose(double value, double? uncertainty, Func<string, string> power)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "not a number" : value > 0 ? "∞" : "-∞";
        var half = uncertainty is { } given && double.IsFinite(given) ? Math.Abs(given) : (double?)null;
        var magnitude = Magnitude(Math.Max(Math.Abs(value), half ?? 0));
        var scale = magnitude is >= -4 and < 6 ? 0 : magnitude;
        var decimals = Math.Max(0, Digits - 1 - magnitude + scale);

        // An uncertainty that these decimals would round away keeps one digit of its own.
        if (half is { } small && small > 0)
            decimals = Math.Max(decimals, scale - Magnitude(small));
        decimals = Math.Min(decimals, 15);
        var number = Scaled(value, scale).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var exponent = scale == 0 ? "" : power(scale.ToString(CultureInfo.InvariantCulture));
        if (half is not { } width)
            return Trim(number) + exponent;
        var plusMinus = Scaled(width, scale).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return scale == 0 ? $"{number} ± {plusMinus}" : $"({number} ± {plusMinus}){exponent}";
    }

    // Exponent of the number after rounding to six digits, so that 0.9999999 counts as 1.
    private static int Magnitude(double value)
    {
        if (value == 0)
            return 0;
        var text = value.ToString("E5", CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    // Division in two steps, because 10^-320 is not a normal double.
    private static double Scaled(double value, int scale) =>
        Math.Abs(scale) <= 300 ? value * Math.Pow(10, -scale) : value * Math.Pow(10, -scale / 2) * Math.Pow(10, -(scale - (scale / 2)));

    private static string Trim(string number) =>
        number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
}
