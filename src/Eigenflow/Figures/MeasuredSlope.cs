namespace Eigenflow.Figures;

/// <summary>A measured exponent with the half-width of its interval, as titles and slope guides show it.</summary>
/// <param name="Value">The exponent.</param>
/// <param name="Half">Half-width of its interval, not negative.</param>
internal readonly record struct MeasuredSlope(double Value, double Half)
{
    // Curves without noise have intervals of any smallness: a wider one is as true, and can be read.
    private const double SmallestShown = 0.002;

    /// <summary>Half-width of the 95 % interval of the mean exponent over the window, which claims of it have.</summary>
    public double MeanHalf { get; init; }

    /// <summary>The half-width as it is shown.</summary>
    public double ShownHalf => Math.Max(Half, SmallestShown);

    /// <summary>Such as <c>−0.500 ± 0.002</c>.</summary>
    public override string ToString() => DisplayNumber.WithInterval(Value, ShownHalf);

    /// <summary>The number alone, such as <c>−0.50</c>.</summary>
    public string Short => DisplayNumber.Fixed(Value, 2);
}
