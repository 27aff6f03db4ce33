using Eigenflow.Spectra;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>The largest term of the bound.</summary>
public enum Bottleneck
{
    /// <summary>M^(−(β−1)).</summary>
    ModelSize,

    /// <summary>σ²D/T.</summary>
    Noise,

    /// <summary>D^(−(β−1)): what has not been learned from the data.</summary>
    Data,
}

/// <summary>
/// The scaling law with constants one, R(T) ≲ M^(−(β−1)) + σ²D/T + 1{D &lt; M} D^(−(β−1)), D = min(T^(1/max(β, (α+β)/2)), M), η ~ D^min(0, (α−β)/2) (rates of arXiv 2502.09106; form recalled; the linear model alike with α in place of (α+β)/2).
/// A guide of slopes, never a quantitative curve.
/// </summary>
public sealed record RiskBound
{
    /// <summary>The bound.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="samples">T ≥ 1.</param>
    public RiskBound(QuadraticProblem problem, double samples)
    {
        var exponents = ScalingExponents.Of(problem);
        Dimension = Math.Min(Math.Pow(samples, exponents.Dimension), problem.ModelSize);
        Rate = Math.Pow(samples, exponents.Rate);
        ModelTerm = Math.Pow(problem.ModelSize, -exponents.ModelSize);
        NoiseTerm = problem.Noise * Dimension / samples;
        DataTerm = Dimension < problem.ModelSize ? Math.Pow(Dimension, -exponents.ModelSize) : 0;
    }

    /// <summary>D.</summary>
    public double Dimension { get; }

    /// <summary>η with constant one.</summary>
    public double Rate { get; }

    /// <summary>M^(−(β−1)).</summary>
    public double ModelTerm { get; }

    /// <summary>σ²D/T.</summary>
    public double NoiseTerm { get; }

    /// <summary>D^(−(β−1)) while D &lt; M.</summary>
    public double DataTerm { get; }

    /// <summary>The sum.</summary>
    public double Total => ModelTerm + NoiseTerm + DataTerm;

    /// <summary>The largest term.</summary>
    public Bottleneck Bottleneck => DataTerm >= ModelTerm && DataTerm >= NoiseTerm ? Bottleneck.Data : ModelTerm >= NoiseTerm ? Bottleneck.ModelSize : Bottleneck.Noise;

    /// <summary>The bottleneck in words.</summary>
    public string Label => Bottleneck switch
    {
        Bottleneck.Data => "data-limited: D < M modes are learned; more samples help",
        Bottleneck.ModelSize => "model-limited: a larger model helps",
        _ => "noise-limited: more samples at smaller steps help",
    };

    /// <summary>
    /// LB(T) = Σ_{i ≤ d} 1/(i^β + T/σ²) (derived): for Gaussian targets w*_i ~ N(0, i^(−(β−α))) no estimator of any kind has a smaller average excess risk, by Jensen over Σ_k x_ik² with all other coordinates revealed. It does not depend on α.
    /// For one deterministic target it is a reference on average. Zero without noise.
    /// </summary>
    /// <param name="signalExponent">β &gt; 1.</param>
    /// <param name="noise">σ² ≥ 0.</param>
    /// <param name="samples">T &gt; 0.</param>
    /// <param name="modes">d ≥ 1.</param>
    public static double LowerBound(double signalExponent, double noise, double samples, long modes)
    {
        if (noise == 0)
            return 0;
        var sum = 0.0;
        foreach (var (number, weight) in SmoothSum.Nodes(0, modes, 4096, Math.Min(SmoothSum.LargestLogarithmicStep, Math.PI / signalExponent)))
            sum += weight / (Math.Pow(number, signalExponent) + (samples / noise));
        return sum;
    }
}
