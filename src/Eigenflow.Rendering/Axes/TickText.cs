using System.Globalization;

namespace Eigenflow.Rendering.Axes;

/// <summary>Numbers on axes, as rich text with a true minus sign.</summary>
internal static class TickText
{
    /// <summary>A power of ten, such as <c>10^{−3}</c>.</summary>
    public static string Power(int exponent) => $"10^{{{Whole(exponent)}}}";

    /// <summary>A whole number.</summary>
    public static string Whole(long number) => Signed(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number with a fixed count of decimals; zero has no sign.</summary>
    public static string Fixed(double number, int decimals)
    {
        var text = number.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Signed(text.Any(character => character is >= '1' and <= '9') ? text : text.TrimStart('-'));
    }

    /// <summary>Whether numbers of this magnitude are written plainly: from 0.001 to 10000.</summary>
    public static bool IsPlain(int exponent) => exponent is >= -3 and < 4;

    /// <summary>A digit times a power of ten, plainly or such as <c>2×10^{5}</c>.</summary>
    public static string Multiple(int digit, int exponent, bool isPlain) =>
        isPlain
            ? Fixed(digit * Math.Pow(10, exponent), Math.Max(0, -exponent))
            : digit == 1 ? Power(exponent) : $"{Whole(digit)}×{Power(exponent)}";

    private static string Signed(string text) => text.Replace('-', '−');
}
