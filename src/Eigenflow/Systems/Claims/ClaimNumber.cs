using System.Globalization;

namespace Eigenflow.Systems;

/// <summary>Sizes, times and limits in the sentences of claims: six digits, powers of ten where they are shorter.</summary>
internal static class ClaimNumber
{
    public static string Text(double value) => Math.Abs(value) is 0 or (>= 1e-3 and < 1e6)
        ? value.ToString("0.######", CultureInfo.InvariantCulture)
        : value.ToString(double.IsFinite(value) ? "0.#####e0" : "G", CultureInfo.InvariantCulture);
}
