namespace Eigenflow.Settings;

/// <summary>The numbers that people play with, of the far more that a parameter allows: the range of its slider. Any allowed number can still be typed.</summary>
/// <param name="From">Smallest number; with <paramref name="IsLogarithmic"/> above 0.</param>
/// <param name="To">Largest number.</param>
/// <param name="IsLogarithmic">Whether equal ways on the slider are equal factors.</param>
/// <param name="HasZero">Whether zero stands at the left end, before <paramref name="From"/>.</param>
public sealed record UsualRange(double From, double To, bool IsLogarithmic = false, bool HasZero = false)
{
    /// <summary>Equal steps.</summary>
    /// <param name="from">Smallest number.</param>
    /// <param name="to">Largest number.</param>
    public static UsualRange Even(double from, double to) => new(from, to);

    /// <summary>Equal factors.</summary>
    /// <param name="from">Smallest number, above 0.</param>
    /// <param name="to">Largest number.</param>
    public static UsualRange Decades(double from, double to) => new(from, to, IsLogarithmic: true);

    /// <summary>Zero, and above it equal factors: what may be switched off, such as noise.</summary>
    /// <param name="from">Smallest number above 0.</param>
    /// <param name="to">Largest number.</param>
    public static UsualRange ZeroAndDecades(double from, double to) => new(from, to, IsLogarithmic: true, HasZero: true);
}
