namespace Eigenflow.Settings;

/// <summary>A range of numbers; an end that is not given is that of <see cref="Parameter.LargestNumber"/>.</summary>
/// <param name="Minimum">Smallest number, or null.</param>
/// <param name="Maximum">Largest number, or null.</param>
/// <param name="MinimumIsOpen">Whether the smallest itself is excluded.</param>
/// <param name="MaximumIsOpen">Whether the largest itself is excluded.</param>
public readonly record struct ValueRange(double? Minimum, double? Maximum, bool MinimumIsOpen = false, bool MaximumIsOpen = false)
{
    /// <summary>Numbers above zero.</summary>
    public static ValueRange Positive { get; } = Above(0);

    /// <summary>Numbers that are not negative.</summary>
    public static ValueRange NotNegative { get; } = AtLeast(0);

    /// <summary>Numbers strictly between 0 and 1.</summary>
    public static ValueRange InsideUnit { get; } = new(0, 1, true, true);

    /// <summary>Numbers above a bound.</summary>
    /// <param name="bound">The bound, excluded.</param>
    public static ValueRange Above(double bound) => new(bound, null, true);

    /// <summary>Numbers from a bound on.</summary>
    /// <param name="bound">The bound, included.</param>
    public static ValueRange AtLeast(double bound) => new(bound, null);

    /// <summary>Numbers between two bounds, both included.</summary>
    /// <param name="minimum">Smallest.</param>
    /// <param name="maximum">Largest.</param>
    public static ValueRange Within(double minimum, double maximum) => new(minimum, maximum);

    /// <summary>The same up to a bound.</summary>
    /// <param name="bound">The bound, included.</param>
    public ValueRange UpTo(double bound) => this with { Maximum = bound };

    /// <summary>The same below a bound.</summary>
    /// <param name="bound">The bound, excluded.</param>
    public ValueRange Below(double bound) => this with { Maximum = bound, MaximumIsOpen = true };
}
