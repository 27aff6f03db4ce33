using System.Globalization;
using Shouldly;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Compares with a number to the digits that it is written with.</summary>
internal static class Printed
{
    /// <summary>Within 0.6 units of the last written digit.</summary>
    public static void ShouldPrint(this double actual, string text, string? message = null)
    {
        var parts = text.Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        actual.ShouldBe(double.Parse(text, CultureInfo.InvariantCulture), 0.6 * Math.Pow(10, exponent - decimals), message);
    }
}
