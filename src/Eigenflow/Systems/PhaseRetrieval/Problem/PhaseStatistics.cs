namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The statistics of one state of the student.</summary>
/// <param name="S">s = wᵀQw.</param>
/// <param name="U">u = wᵀQw*, with the sign relative to the given teacher.</param>
/// <param name="MeanSquaredError">(1/d) min(‖w − w*‖², ‖w + w*‖²).</param>
/// <param name="Loss">L = 3s² + 3s*² − 4u² − 2ss*, without the label noise.</param>
/// <param name="Shortfall">1 − s/s*, accurate down to underflow.</param>
/// <param name="Misalignment">1 − |u|/s*, accurate down to underflow.</param>
public readonly record struct PhaseStatistics(double S, double U, double MeanSquaredError, double Loss, double Shortfall, double Misalignment)
{
    /// <summary>L less the least loss of a student that sees only some modes, without cancellation; 0 for one of all modes, whose loss has no floor.</summary>
    public double Excess { get; init; }

    // Differences of a few terms are off by a few units in the last place of the largest.
    private const double Rounding = 8 * 2.2204460492503131e-16;

    /// <summary>A difference that cannot be negative, such as a loss: 0 where it is by no more than the error of its terms.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="terms">The sum of the sizes of its terms.</param>
    /// <param name="error">Relative error that the terms have beside their rounding.</param>
    public static double Settled(double difference, double terms, double error = 0) => difference < 0 && difference >= -(Rounding + error) * terms ? 0 : difference;

    /// <summary>The statistics from the sums over w.</summary>
    /// <param name="s">s.</param>
    /// <param name="u">u.</param>
    /// <param name="squaredDistance">min(‖w − w*‖², ‖w + w*‖²).</param>
    /// <param name="teacherOverlap">s*.</param>
    /// <param name="dimension">d.</param>
    public static PhaseStatistics FromOverlaps(double s, double u, double squaredDistance, double teacherOverlap, double dimension) => new(
        s, u, squaredDistance / dimension, Settled(LossOf(s, u, teacherOverlap), 3 * ((s * s) + (teacherOverlap * teacherOverlap))), 1 - (s / teacherOverlap), 1 - (Math.Abs(u) / teacherOverlap));

    /// <summary>
    /// The statistics from the sums over the deviation e = w ∓ w*: with q = ±eᵀQw* and p = eᵀQe,
    /// s = s* + 2q + p, |u| = s* + q, L = 8q² + 12pq + 3p² + 4s*p, free of cancellation.
    /// </summary>
    /// <param name="linear">q.</param>
    /// <param name="quadratic">p.</param>
    /// <param name="squaredDistance">‖e‖².</param>
    /// <param name="sign">Sign of the teacher that the student approaches.</param>
    /// <param name="teacherOverlap">s*.</param>
    /// <param name="dimension">d.</param>
    public static PhaseStatistics FromDeviation(double linear, double quadratic, double squaredDistance, int sign, double teacherOverlap, double dimension) => new(
        teacherOverlap + (2 * linear) + quadratic,
        sign * (teacherOverlap + linear),
        squaredDistance / dimension,
        LossOfDeviation(linear, quadratic, teacherOverlap),
        -((2 * linear) + quadratic) / teacherOverlap,
        linear >= -teacherOverlap ? -linear / teacherOverlap : 2 + (linear / teacherOverlap));

    /// <summary>L = 3s² + 3s*² − 4u² − 2ss* (arXiv 2511.18661; exact for Gaussian inputs).</summary>
    /// <param name="s">s.</param>
    /// <param name="u">u.</param>
    /// <param name="teacherOverlap">s*.</param>
    /// <param name="visible">γ of a student of few modes (<see cref="StudentTarget"/>), in terms of what it converges to: the loss is then that above its least.</param>
    public static double LossOf(double s, double u, double teacherOverlap, double visible = 1) =>
        (3 * s * s) + (3 * teacherOverlap * teacherOverlap) - (4 * visible * u * u) - (2 * (3 - (2 * visible)) * s * teacherOverlap);

    /// <summary>L = 8q² + 12pq + 3p² + 4s*p, the same in terms of the deviation.</summary>
    /// <param name="linear">q.</param>
    /// <param name="quadratic">p.</param>
    /// <param name="teacherOverlap">s*.</param>
    /// <param name="visible">γ, as above.</param>
    public static double LossOfDeviation(double linear, double quadratic, double teacherOverlap, double visible = 1) =>
        ((12 - (4 * visible)) * linear * linear) + (12 * quadratic * linear) + (3 * quadratic * quadratic) + (4 * visible * teacherOverlap * quadratic);
}
