namespace Eigenflow.Rendering.Axes;

/// <summary>
/// Ticks of linear axes: steps of 1, 2 or 5 times a power of ten, decimals as the step needs them, and a common power of ten at the end of
/// the axis when numbers are 10⁵ and more or below 10⁻³.
/// </summary>
internal static class LinearTicks
{
    /// <summary>Finds the ticks.</summary>
    /// <param name="range">A linear range.</param>
    /// <param name="length">Length of the axis in pixels.</param>
    /// <param name="spacing">Least distance of labels in pixels.</param>
    public static TickSet Find(AxisRange range, double length, double spacing)
    {
        var half = (0.5 * range.Maximum) - (0.5 * range.Minimum);
        var rawStep = 2 * half * Math.Min(1, spacing / length);
        if (!double.IsFinite(rawStep))
            rawStep = half;
        var exponent = (int)Math.Floor(Math.Log10(rawStep) + 1e-9);
        var digit = 1;
        foreach (var candidate in new[] { 1, 2, 5, 10 })
        {
            digit = candidate;
            if (candidate * Math.Pow(10, exponent) >= rawStep * (1 - 1e-9))
                break;
        }

        if (digit == 10)
            (digit, exponent) = (1, exponent + 1);
        var step = digit * Math.Pow(10, exponent);
        var largest = Math.Max(Math.Abs(range.Minimum), Math.Abs(range.Maximum));
        var magnitude = (int)Math.Floor(Math.Log10(largest) + 1e-12);
        var scale = magnitude is >= 5 or < -3 ? magnitude : 0;
        var decimals = Math.Clamp(scale - exponent, 0, 15);

        var major = new List<Tick>();
        var from = Math.Ceiling((range.Minimum / step) - 1e-9);
        for (var i = 0; i < 200 && range.Shows((from + i) * step); i++)
        {
            var value = (from + i) * step;
            major.Add(new Tick(value, TickText.Fixed(value / Math.Pow(10, scale), decimals)));
        }

        // Minor ticks divide the step so that each part is again 1, 2 or 5 times a power of ten.
        var parts = digit == 2 ? 4 : 5;
        var minor = new List<double>();
        var smallFrom = Math.Ceiling((range.Minimum / step * parts) - 1e-9);
        for (var i = 0; i < 2000 && range.Shows((smallFrom + i) * step / parts); i++)
        {
            if ((smallFrom + i) % parts != 0)
                minor.Add((smallFrom + i) * step / parts);
        }

        return new TickSet(major, minor, scale == 0 ? "" : "× " + TickText.Power(scale));
    }
}
