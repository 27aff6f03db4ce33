namespace Eigenflow.Scaling.Fits;

/// <summary>A fitted parameter with its interval.</summary>
/// <param name="Symbol">Symbol as in the formula.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Value">The value.</param>
/// <param name="Lower">Lower end of the interval; −∞ or 0 where the curve does not bound it.</param>
/// <param name="Upper">Upper end of the interval; ∞ where the curve does not bound it.</param>
public sealed record ScalingValue(string Symbol, string Meaning, double Value, double Lower, double Upper);

/// <summary>A scaling law fitted to a curve on a window.</summary>
public sealed record FittedLaw
{
    /// <summary>Name, such as <c>power-law-floor</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Formula.</summary>
    public required string Formula { get; init; }

    /// <summary>The parameters, in the order of the formula.</summary>
    public required IReadOnlyList<ScalingValue> Parameters { get; init; }

    /// <summary>Left end of the window in x.</summary>
    public required double WindowStart { get; init; }

    /// <summary>Right end of the window in x.</summary>
    public required double WindowEnd { get; init; }

    /// <summary>Number of points.</summary>
    public required int Points { get; init; }

    /// <summary>Root mean square of the residuals of ln y.</summary>
    public required double LogResidual { get; init; }

    /// <summary>Largest residual of ln y.</summary>
    public required double LargestResidual { get; init; }

    /// <summary>Mean correlation of the noise of neighbouring points, by the weight that the residuals give each value.</summary>
    public required double Correlation { get; init; }

    /// <summary>Probability that noise alone leaves residuals as unlike noise as these are; below 0.01 the law is rejected. NaN where the points are too few for a test.</summary>
    public required double LackOfFit { get; init; }

    /// <summary>
    /// Bayesian information criterion −2 ln L + k ln n · n/(n − k − 2) with autoregressive noise at its best correlation; smaller is better. Comparable between laws on one window; a difference of six is decisive.
    /// </summary>
    public required double Criterion { get; init; }

    /// <summary>How the law stands to the curve, by the one test of laws.</summary>
    public required LawStanding Standing { get; init; }

    /// <summary>Whether noise explains what the law leaves.</summary>
    public bool Describes => Standing == LawStanding.Describes;

    /// <summary>Whether the law describes the curve only by noise so slow (neighbours correlate by more than 0.95, or six times the noise between neighbours) that the test could not tell it from a misfit, such as a step or a bump.</summary>
    public bool IsSlow { get; init; }

    /// <summary>What of the law rests on the edge of the data (a break, a floor, a scale), in words; null if nothing does.</summary>
    public required string? Edge { get; init; }

    /// <summary>The verdict in words.</summary>
    public required string Verdict { get; init; }

    /// <summary>How the intervals were obtained.</summary>
    public required string IntervalMethod { get; init; }

    internal ScalingLaw Law { get; init; } = null!;

    /// <summary>The law's coordinates about the centre.</summary>
    internal double[] Theta { get; init; } = [];

    /// <summary>ln x and ln y of the centre.</summary>
    internal (double U, double V) Centre { get; init; }

    internal Noise.LawNoise Noise { get; init; } = null!;

    /// <summary>A parameter by its symbol.</summary>
    /// <param name="symbol">Such as <c>p</c>.</param>
    /// <exception cref="ParameterException">The law has no such parameter.</exception>
    public ScalingValue this[string symbol] => Parameters.FirstOrDefault(parameter => string.Equals(parameter.Symbol, symbol, StringComparison.Ordinal))
        ?? throw new ParameterException("symbol", symbol, "one of " + string.Join(", ", Parameters.Select(parameter => parameter.Symbol)));

    /// <summary>The law's value.</summary>
    /// <param name="x">x &gt; 0.</param>
    public double At(double x)
    {
        Span<double> value = stackalloc double[1];
        Law.Evaluate([Math.Log(x) - Centre.U], Theta, value, new double[Theta.Length]);
        return Math.Exp(value[0] + Centre.V);
    }

    /// <summary>The law's local exponent d ln y/d ln x.</summary>
    /// <param name="x">x &gt; 0.</param>
    public double ExponentAt(double x) => Law.LocalExponent(Math.Log(x) - Centre.U, Theta);
}
