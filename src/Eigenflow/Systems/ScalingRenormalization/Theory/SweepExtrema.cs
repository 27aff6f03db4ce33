using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Multiple descent: the interior maxima of an error along a sweep.</summary>
internal static class SweepExtrema
{
    private const int Named = 3;

    /// <summary>The events of a sweep: how many maxima the error has along it, and where the first three are.</summary>
    public static IReadOnlyList<NamedQuantity> Events { get; } =
    [
        new("peaks", "n_peak", "Number of interior maxima of the test error along the axis; 0 where it is monotone or has one minimum.") { Counted = ("interior maximum of the test error", "interior maxima of the test error") },
        .. Enumerable.Range(1, Named).Select(k => new NamedQuantity(FormattableString.Invariant($"peak-{k}"), FormattableString.Invariant($"x_{k}"), FormattableString.Invariant($"Saved value on the axis at which the test error has its maximum number {k}.")) { IsIncidental = true }),
    ];

    // Less than this part of a value is rounding.
    private const double Rounding = 1e-9;

    /// <summary>The values of the events.</summary>
    /// <param name="axis">The axis, ascending.</param>
    /// <param name="errors">The errors.</param>
    public static IReadOnlyDictionary<string, double?> ToEvents(double[] axis, double[] errors)
    {
        var maxima = Maxima(axis, errors);
        return Events.Select((quantity, k) => KeyValuePair.Create(quantity.Name, k == 0 ? maxima.Count : k <= maxima.Count ? maxima[k - 1].Place : (double?)null)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The strict interior maxima, in the order of the sweep. Values that are infinite count as maxima.</summary>
    /// <param name="axis">The axis, ascending.</param>
    /// <param name="errors">The errors.</param>
    public static IReadOnlyList<(double Place, double Value)> Maxima(double[] axis, double[] errors) => [.. InteriorMaxima.Of(errors, Rounding).Select(row => (axis[row], errors[row]))];
}
