namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>What is compared: α against β.</summary>
public enum SpectralRegime
{
    /// <summary>α &lt; β: the linear model is optimal already.</summary>
    SignalFallsFaster,

    /// <summary>α = β.</summary>
    Boundary,

    /// <summary>α &gt; β: the quadratic model has the better exponent.</summary>
    SpectrumFallsFaster,
}

/// <summary>The exponents of the scaling law (rates: arXiv 2502.09106, published summary; compute and flow: derived). R ∝ T^(−p), up to logarithms and constants.</summary>
/// <param name="Exponent">α &gt; 1.</param>
/// <param name="SignalExponent">β &gt; 1.</param>
/// <param name="IsLinear">Whether for the linear model.</param>
public readonly record struct ScalingExponents(double Exponent, double SignalExponent, bool IsLinear)
{
    /// <summary>The exponents of a problem.</summary>
    public static ScalingExponents Of(QuadraticProblem problem) => new(problem.Exponent, problem.SignalExponent, problem.Model == QuadraticModel.Linear);

    /// <summary>α against β.</summary>
    public SpectralRegime Regime => Exponent.CompareTo(SignalExponent) switch { < 0 => SpectralRegime.SignalFallsFaster, 0 => SpectralRegime.Boundary, _ => SpectralRegime.SpectrumFallsFaster };

    /// <summary>The exponent of 1/T at which a mode is learned with a constant step: α for the linear model, (α + β)/2 for the quadratic ones.</summary>
    public double Learning => IsLinear ? Exponent : (Exponent + SignalExponent) / 2;

    /// <summary>D ∝ T^x: x = 1/max(β, learning exponent).</summary>
    public double Dimension => 1 / Math.Max(SignalExponent, Learning);

    /// <summary>R ∝ T^(−p): p = (β − 1)/max(β, learning exponent).</summary>
    public double Data => (SignalExponent - 1) * Dimension;

    /// <summary>The information-theoretic exponent 1 − 1/β.</summary>
    public double LowerBound => 1 - (1 / SignalExponent);

    /// <summary>How far the exponent is from the optimum.</summary>
    public double Gap => LowerBound - Data;

    /// <summary>R ∝ M^(−x) at T → ∞.</summary>
    public double ModelSize => SignalExponent - 1;

    /// <summary>η ∝ T^x of the best step size, up to logarithms.</summary>
    public double Rate => IsLinear ? Math.Min(0, (Exponent / SignalExponent) - 1) : Math.Min(0, (Exponent - SignalExponent) / 2) * Dimension;

    /// <summary>R ∝ C^(−q) for C = MT.</summary>
    public double Compute => Data / (1 + Dimension);

    /// <summary>M ∝ C^x at the best split of C.</summary>
    public double ComputeModelSize => Dimension / (1 + Dimension);

    /// <summary>R ∝ t^(−p) of the flow with infinite M and no noise, up to logarithms.</summary>
    public double Flow => (SignalExponent - 1) / Learning;
}
