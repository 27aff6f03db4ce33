namespace Eigenflow.Figures;

/// <summary>A measured exponent with the half-width of its interval, as titles and slope guides show it.</summary>
/// <param name="Value">The exponent.</param>
/// <param name="Half">Half-width of its interval, not negative.</param>
internal readonly record struct MeasuredSlope(double Value, double Half)
{
    // Curves without noise have intervals of any smallness: a wider one is as true, and can be read.
    private const double SmallestShown = 0.002;

    /// <summary>Such as <c>−0.500 ± 0.002</c>.</summary>
    public override string ToString() => DisplayNumber.WithInterval(Value, Math.Max(Half, SmallestShown));

    /// <summary>The number alone, such as <c>−0.50</c>.</summary>
    public string Short => DisplayNumber.Fixed(Value, 2);
}
