using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Shared pieces of this system's figures.</summary>
internal static class Curves
{
    public const string Paper = "arXiv:2511.18661";

    public const string Derived = "derived (docs/systems/phase-retrieval.md)";

    /// <summary>The shaded phases of a trajectory between two times; phases that are not reached are left out.</summary>
    public static IReadOnlyList<Region> Phases(Solution solution, double first, double last)
    {
        var names = new[] { "I", "IIa", "IIb", "III" };
        var ends = new[] { solution.Events[PhaseEvents.Escape], solution.Events[PhaseEvents.Crossing], solution.Events[PhaseEvents.Convergence], last };
        var regions = new List<Region>();
        var start = first;
        for (var k = 0; k < names.Length; k++)
        {
            var end = Math.Min(ends[k] ?? last, last);
            if (end > start)
            {
                regions.Add(new Region(start, end, names[k]));
                start = end;
            }

            if (ends[k] is null)
                break;
        }

        return regions;
    }

    /// <summary>A whole number in a label: powers of ten as such.</summary>
    public static string Count(long value)
    {
        var exponent = (int)Math.Round(Math.Log10(value));
        return exponent >= 3 && value == (long)Math.Pow(10, exponent)
            ? $"10^{{{exponent.ToString(CultureInfo.InvariantCulture)}}}"
            : value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A simple fraction such as 2/3 where the number is one, otherwise its decimals; with a true minus sign.</summary>
    public static string Fraction(double value)
    {
        var sign = value < 0 ? "−" : "";
        for (var denominator = 1; denominator <= 6; denominator++)
        {
            var numerator = Math.Round(Math.Abs(value) * denominator);
            if (Math.Abs((Math.Abs(value) * denominator) - numerator) < 1e-9)
                return sign + Text(numerator) + (denominator == 1 ? "" : "/" + Text(denominator));
        }

        return sign + Text(Math.Abs(value));
    }

    /// <summary>A number with its interval in a table, both with the decimals of the interval's second digit.</summary>
    public static string Cell(double value, double half)
    {
        var decimals = half > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(half)), 0, 8) : 5;
        var format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return Signed($"{value.ToString(format, CultureInfo.InvariantCulture)} ± {half.ToString(format, CultureInfo.InvariantCulture)}");
    }

    /// <summary>A range in a table, in powers of ten such as <c>10^{5} … 3 × 10^{8}</c>.</summary>
    public static string Range(string symbol, double from, double to) => $"{symbol} = {Scientific(from)} … {Scientific(to)}";

    /// <summary>A number in a label.</summary>
    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A number in a table.</summary>
    public static string Cell(double value) =>
        value != 0 && Math.Abs(value) is >= 1e5 or < 1e-3 ? Scientific(value, "0.###") : Signed(value.ToString("G5", CultureInfo.InvariantCulture));

    /// <summary>A number with its power of ten in a text, such as <c>2 × 10^{-3}</c>.</summary>
    public static string Scientific(double value, string format = "0.#")
    {
        if (value is >= 0.01 and < 1000)
            return value.ToString(value >= 10 ? "0" : value >= 1 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        var digits = (value / Math.Pow(10, exponent)).ToString(format, CultureInfo.InvariantCulture);
        var power = $"10^{{{exponent.ToString(CultureInfo.InvariantCulture)}}}";
        return Signed(string.Equals(digits, "1", StringComparison.Ordinal) ? power : $"{digits} × {power}");
    }

    private static string Signed(string text) => text.Replace('-', '−');
}
