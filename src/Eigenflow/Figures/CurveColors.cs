namespace Eigenflow.Figures;

/// <summary>Numbers of the colours of what has one wherever it is drawn: schedules, update rules, coefficients, observables. Values of ordered parameters have a <see cref="ColorScale"/>.</summary>
internal static class CurveColors
{
    /// <summary>What belongs to no curve in particular, such as the law that several share.</summary>
    public const int Neutral = -1;

    /// <summary>Gradient descent.</summary>
    public const int GradientDescent = 0;

    /// <summary>Spectral descent.</summary>
    public const int SpectralDescent = 1;

    /// <summary>Coefficient of the signal.</summary>
    public const int Signal = 0;

    /// <summary>Coefficient of the loudest noise direction.</summary>
    public const int Spike = 1;

    /// <summary>Coefficient of all other noise directions.</summary>
    public const int Bulk = 2;

    /// <summary>Loss, and the error of the parameters.</summary>
    public const int Error = 3;

    /// <summary>Overlap with the teacher.</summary>
    public const int Overlap = 4;

    /// <summary>Overlap of the weights with themselves.</summary>
    public const int SelfOverlap = 5;

    // The order of their first letters would change with every new one.
    private static readonly string[] Schedules = ["constant", "cosine", "wsd", "exponential", "linear", "cyclic", "power", "8-1-1", "quadratic", "multicosine", "square"];

    /// <summary>Number of the colour of a schedule.</summary>
    /// <param name="name">Its name or text, such as <c>wsd</c>, <c>WSD</c> or <c>power:3</c>.</param>
    public static int Schedule(string name) => Array.FindIndex(Schedules, known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase));
}
