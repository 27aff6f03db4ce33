using Eigenflow.Numerics;
using Eigenflow.Settings;

namespace Eigenflow.Scaling.Epochs;

/// <summary>Whether a column shows double descent of a size.</summary>
public enum DescentVerdict
{
    /// <summary>Minimum, then maximum; bump and descent have the size and are above zero beyond their noise.</summary>
    Confirmed,

    /// <summary>The error still rises at the last epoch: a later descent cannot be excluded.</summary>
    Horizon,

    /// <summary>No rise and fall of the size is compatible with the curve and its noise.</summary>
    Refuted,

    /// <summary>The noise does not tell.</summary>
    Inconclusive,
}

/// <summary>A difference of two bins with its 95 % interval.</summary>
/// <param name="Value">The difference.</param>
/// <param name="Half">Half-width of the interval.</param>
public sealed record EpochDifference(double Value, double Half)
{
    /// <summary>Lower end.</summary>
    public double Lower => Value - Half;

    /// <summary>Upper end.</summary>
    public double Upper => Value + Half;
}

/// <summary>Options of a reading.</summary>
public sealed record EpochReadingOptions
{
    /// <summary>Range of both sizes.</summary>
    public static Parameter<double> SizeRange { get; } = Parameter.Number("bump", 0, 1) with { MinimumIsOpen = true };

    /// <summary>Smallest move between two extrema, h; default 0.01.</summary>
    public double Reversal { get; init; } = 0.01;

    /// <summary>Size of the double descent that is claimed, δ; default 0.02.</summary>
    public double Bump { get; init; } = 0.02;
}

/// <summary>What one curve shows: its shape, its extrema, the best epoch to stop, and whether it is a double descent.</summary>
public sealed record EpochReading
{
    /// <summary>The curve.</summary>
    public required EpochCurve Curve { get; init; }

    /// <summary>The curve in bins.</summary>
    public required EpochBins Bins { get; init; }

    /// <summary>Extrema in the order of the epoch.</summary>
    public required IReadOnlyList<TurningPoint> Extrema { get; init; }

    /// <summary>The shape in a word: flat, monotone-down, monotone-up, U, double-descent, double-descent+rise, hump or other.</summary>
    public required string Shape { get; init; }

    /// <summary>Bin of the smallest error: where to stop.</summary>
    public required int Optimum { get; init; }

    /// <summary>Error of the last bin minus the smallest.</summary>
    public required EpochDifference Gap { get; init; }

    /// <summary>Rise from the first minimum to the maximum after it; null without them.</summary>
    public required EpochDifference? Bump { get; init; }

    /// <summary>Fall from that maximum to the smallest later error; null without them.</summary>
    public required EpochDifference? Descent { get; init; }

    /// <summary>Largest rise that is followed by a fall of at least the same size.</summary>
    public required double LargestUpDown { get; init; }

    /// <summary>Upper end of <see cref="LargestUpDown"/> within its noise.</summary>
    public required double LargestUpDownUpper { get; init; }

    /// <summary>Whether it is a double descent of the claimed size.</summary>
    public required DescentVerdict Verdict { get; init; }

    /// <summary>Reads a curve.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static EpochReading Of(EpochCurve curve, EpochReadingOptions? options = null)
    {
        options ??= new EpochReadingOptions();
        var bins = EpochBins.Of(curve);
        var (extrema, direction) = TurningPoints.Of(bins, options.Reversal);
        var shape = ShapeOf(extrema, direction);
        var optimum = Array.IndexOf(bins.Values, bins.Values.Min());
        EpochDifference? bump = null, descent = null;
        if (extrema is [{ IsMaximum: false } first, { IsMaximum: true } top, ..])
        {
            var later = top.Bin;
            for (var bin = top.Bin + 1; bin < bins.Count; bin++)
                later = bins.Values[bin] < bins.Values[later] ? bin : later;
            bump = Difference(bins, top.Bin, first.Bin);
            descent = Difference(bins, top.Bin, later);
        }

        var largest = LargestOf(bins.Values);
        var upper = largest + (bins.Quantile * Math.Sqrt(2) * Quantile.Median(bins.Errors));
        return new EpochReading
        {
            Curve = curve,
            Bins = bins,
            Extrema = extrema,
            Shape = shape,
            Optimum = optimum,
            Gap = Difference(bins, bins.Count - 1, optimum),
            Bump = bump,
            Descent = descent,
            LargestUpDown = largest,
            LargestUpDownUpper = upper,
            Verdict = bump is { Lower: > 0 } && descent is { Lower: > 0 } && bump.Value >= options.Bump && descent.Value >= options.Bump ? DescentVerdict.Confirmed
                : shape is "U" or "monotone-up" ? DescentVerdict.Horizon
                : upper < options.Bump ? DescentVerdict.Refuted
                : DescentVerdict.Inconclusive,
        };
    }

    private static string ShapeOf(IReadOnlyList<TurningPoint> extrema, int direction) => string.Concat(extrema.Select(point => point.IsMaximum ? '+' : '-')) switch
    {
        "" => direction switch { 0 => "flat", > 0 => "monotone-up", _ => "monotone-down" },
        "-" => "U",
        "-+" => "double-descent",
        "-+-" => "double-descent+rise",
        "+" => "hump",
        _ => "other",
    };

    private static EpochDifference Difference(EpochBins bins, int of, int from) =>
        new(bins.Values[of] - bins.Values[from], of == from ? 0 : bins.Quantile * Math.Sqrt((bins.Errors[of] * bins.Errors[of]) + (bins.Errors[from] * bins.Errors[from])));

    // max over i < k < l of min(y_k − y_i, y_k − y_l), not below zero: minima before and after every bin.
    private static double LargestOf(double[] values)
    {
        var after = new double[values.Length];
        after[^1] = double.PositiveInfinity;
        for (var bin = values.Length - 2; bin >= 0; bin--)
            after[bin] = Math.Min(after[bin + 1], values[bin + 1]);
        var (before, largest) = (double.PositiveInfinity, 0.0);
        for (var bin = 0; bin < values.Length; bin++)
        {
            largest = Math.Max(largest, values[bin] - Math.Max(before, after[bin]));
            before = Math.Min(before, values[bin]);
        }

        return largest;
    }
}
