using Eigenflow.Figures;

namespace Eigenflow.Rendering.Axes;

/// <summary>
/// The interval that an axis shows, in scaled units: log10 of the value on a logarithmic axis, the value itself on a linear one.
/// </summary>
/// <param name="IsLogarithmic">Whether the scale is logarithmic.</param>
/// <param name="Minimum">Lower end in scaled units.</param>
/// <param name="Maximum">Upper end in scaled units, greater than the lower one.</param>
internal readonly record struct AxisRange(bool IsLogarithmic, double Minimum, double Maximum)
{
    // Differences below this part of the values are rounding and no change.
    private const double LeastRelative = 1e-7;

    /// <summary>Where a data value lies: 0 at the lower end, 1 at the upper end; NaN when the scale has no place for it.</summary>
    public double Fraction(double value)
    {
        if (!double.IsFinite(value) || (IsLogarithmic && value <= 0))
            return double.NaN;

        // Halved, because the difference of two doubles can overflow.
        var scaled = IsLogarithmic ? Math.Log10(value) : value;
        return ((0.5 * scaled) - (0.5 * Minimum)) / ((0.5 * Maximum) - (0.5 * Minimum));
    }

    /// <summary>Whether the axis shows the value, with an allowance for rounding at the ends.</summary>
    public bool Shows(double value) => Fraction(value) is >= -1e-9 and <= 1 + 1e-9;

    /// <summary>Chooses the range of an axis: its limits where given, otherwise the data with a margin.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">Values that must be visible; those that the scale cannot show are passed over.</param>
    /// <param name="margin">Margin on both sides as a fraction of the data's extent.</param>
    public static AxisRange Fit(Axis axis, IEnumerable<double> values, double margin)
    {
        var low = double.PositiveInfinity;
        var high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!double.IsFinite(value) || (axis.IsLogarithmic && value <= 0))
                continue;
            var scaled = axis.IsLogarithmic ? Math.Log10(value) : value;
            low = Math.Min(low, scaled);
            high = Math.Max(high, scaled);
        }

        var lower = Limit(axis, axis.Minimum);
        var upper = Limit(axis, axis.Maximum);
        if (low > high)
        {
            // No data: one unit (one decade) beside a limit that is given, otherwise from 0 to 1 (1 to 10).
            low = lower ?? (upper - 1) ?? 0;
            high = upper ?? low + 1;
        }

        // The margin is a part of what is shown, not of what limits cut off.
        var (shownLow, shownHigh) = (Math.Max(low, lower ?? low), Math.Min(high, upper ?? high));
        var pad = Math.Max(0, margin * ((0.5 * shownHigh) - (0.5 * shownLow)) * 2);
        if (!(high - low > LeastRelative * Math.Max(Math.Abs(low), Math.Abs(high))))
            pad = axis.LeastExtent > 0 ? axis.LeastExtent / 2 : axis.IsLogarithmic ? 0.5 : low == 0 ? 1 : 0.1 * Math.Max(Math.Abs(low), Math.Abs(high));
        else if (high - low < axis.LeastExtent)
            pad = Math.Max(pad, (axis.LeastExtent - (high - low)) / 2);
        var from = lower ?? Math.Max(low - pad, -double.MaxValue);
        var to = upper ?? Math.Min(high + pad, double.MaxValue);

        // All data lie outside the one limit that is given.
        if (!(to > from))
            (from, to) = upper is null ? (from, from + Math.Max(1, 0.1 * Math.Abs(from))) : (to - Math.Max(1, 0.1 * Math.Abs(to)), to);
        return new AxisRange(axis.IsLogarithmic, from, to);
    }

    private static double? Limit(Axis axis, double? value) => value switch
    {
        { } number when axis.IsLogarithmic => Math.Log10(number),
        _ => value,
    };
}
