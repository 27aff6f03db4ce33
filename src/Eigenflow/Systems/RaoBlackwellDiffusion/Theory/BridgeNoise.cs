namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// Velocity targets of flow matching with a bridge noise, x_t = t x₁ + (1 − t) z + σ_b ε with σ_b(t) = c √(t(1 − t)): v = x₁ − z + (σ_b′/σ_b)(x_t − t x₁ − (1 − t) z). Given x_t and x₁ the sample z is normal around
/// (1 − t)(x_t − t x₁)/s² with the variance σ_b²/s², s² = (1 − t)² + σ_b². Averaging x₁ alone over its orbit (arXiv 2502.09890) keeps that of z: some variance remains (derived).
/// </summary>
internal readonly record struct BridgeNoise
{
    private readonly double sampleVariance, sampleSlope;
    private readonly int directions;

    /// <param name="problem">A problem with a bridge noise, t &gt; 0.</param>
    public BridgeNoise(DiffusionProblem problem)
    {
        double left = problem.Sigma, time = 1 - left, own = Variance(problem.Bridge, left), square = (left * left) + own;
        var slope = (1 - (2 * time)) / (2 * time * left);
        (KeptClean, KeptNoisy, KeptSample) = (1 - (time * slope), slope, -(1 + (left * slope)));
        (sampleVariance, sampleSlope) = (problem.Deviation * problem.Deviation * own / square, left / square);
        Clean = KeptClean - (KeptSample * sampleSlope * time);
        Noisy = KeptNoisy + (KeptSample * sampleSlope);
        (Time, Deviation) = (time, problem.Deviation * Math.Sqrt(own));
        directions = problem.Dimension - (problem.IsCentred ? problem.Templates.Columns : 0);
    }

    /// <summary>t.</summary>
    public double Time { get; }

    /// <summary>σ_b of a coordinate.</summary>
    public double Deviation { get; }

    /// <summary>Factor of x₁, or of its mean, in v = a x₁ + b x_t + c z: 1 − t σ_b′/σ_b.</summary>
    public double KeptClean { get; }

    /// <summary>Factor of x_t in it, σ_b′/σ_b.</summary>
    public double KeptNoisy { get; }

    /// <summary>Factor of z in it, −1 − (1 − t) σ_b′/σ_b.</summary>
    public double KeptSample { get; }

    /// <summary>Factor of the mean of x₁ in E[v|x_t, orbit]: 1 − t s′/s.</summary>
    public double Clean { get; }

    /// <summary>Factor of x_t in it, s′/s.</summary>
    public double Noisy { get; }

    private double OfSample => KeptSample * KeptSample * sampleVariance * directions;

    /// <summary>σ_b² of a coordinate.</summary>
    /// <param name="bridge">c.</param>
    /// <param name="left">1 − t.</param>
    public static double Variance(double bridge, double left) => bridge * bridge * left * (1 - left);

    /// <summary>E tr Cov(v|x_t, orbit): the variance of the augmented velocity target.</summary>
    /// <param name="orbit">E tr Cov(x₁|x_t, orbit).</param>
    public double Whole(double orbit) => (Clean * Clean * orbit) + OfSample;

    /// <summary>What is left of it where x₁ alone is averaged over its orbit.</summary>
    /// <param name="orbit">E tr Cov(x₁|x_t, orbit).</param>
    public double Left(double orbit) => (Math.Pow(KeptSample * sampleSlope * Time, 2) * orbit) + OfSample;
}
