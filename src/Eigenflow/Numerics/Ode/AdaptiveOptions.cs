namespace Eigenflow.Numerics.Ode;

/// <summary>Options of a solver that chooses its steps.</summary>
public sealed record AdaptiveOptions
{
    /// <summary>
    /// Relative tolerance, 1e-13 to 0.1. Default 1e-8: eight digits are more than any simulation resolves, at about twice the cost of five.
    /// </summary>
    public double RelativeTolerance { get; init; } = 1e-8;

    /// <summary>First step, or null to choose it from the derivative at the start. Default null.</summary>
    public double? InitialStep { get; init; }

    /// <summary>
    /// Largest number of accepted and rejected steps. Default 2·10⁶: a trajectory over logarithmic time takes thousands; reaching this limit means
    /// that the problem cannot be integrated at this tolerance.
    /// </summary>
    public long MaximumSteps { get; init; } = 2_000_000;

    /// <summary>
    /// Largest factor by which a step may grow. Default 8: from a first step of 1e-6 the horizon 1e12 is then reached in tens of steps when nothing happens.
    /// </summary>
    public double LargestGrowth { get; init; } = 8;

    internal void Validate()
    {
        if (!(RelativeTolerance is >= 1e-13 and <= 0.1))
            throw new ParameterException("rtol", RelativeTolerance, "a number >= 1e-13 and <= 0.1");
        if (InitialStep is { } step && (!(step > 0) || !double.IsFinite(step)))
            throw new ParameterException("initial-step", step, "a finite number > 0");
        if (MaximumSteps < 1)
            throw new ParameterException("maximum-steps", MaximumSteps, "a whole number >= 1");
        if (!(LargestGrowth > 1))
            throw new ParameterException("largest-growth", LargestGrowth, "a number > 1");
    }
}
