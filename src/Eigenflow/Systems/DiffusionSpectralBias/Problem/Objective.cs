namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>What the network is trained to give.</summary>
public enum Objective
{
    /// <summary>The clean sample x₀.</summary>
    Clean,

    /// <summary>The noise ε.</summary>
    Noise,

    /// <summary>The score −z/σ.</summary>
    Score,

    /// <summary>v = α z − s x₀.</summary>
    Velocity,
}

/// <summary>How data and noise are mixed: x = α x₀ + s z with s/α = σ.</summary>
public enum NoiseProcess
{
    /// <summary>α = 1, s = σ.</summary>
    VarianceExploding,

    /// <summary>α² + s² = 1.</summary>
    VariancePreserving,
}

/// <summary>Weight ω(σ) of the loss at a noise level, which multiplies its learning rate.</summary>
public enum NoiseWeighting
{
    /// <summary>ω = 1.</summary>
    Uniform,

    /// <summary>ω = 1/(1 + σ²): keeps steps stable at all levels.</summary>
    Inverse,

    /// <summary>ω = (σ² + σ_d²)/(σ σ_d)².</summary>
    Edm,

    /// <summary>ω = exp(−(ln σ + 1.2)²/(2 · 1.2²)): levels drawn from a log-normal law, relative to the most frequent one.</summary>
    LogNormal,
}

/// <summary>
/// One noise level of any objective: inputs x = α x₀ + s z, target y = a x₀ + c z, weight ω of the loss (arXiv 2503.03206, and derived). A gain w of a mode of variance λ follows dw/dτ = 2η(K − R w) with K = ω(aαλ + cs) and R = ω(α²λ + s²);
/// the denoiser that it stands for has the gain A + B w in coordinates x/α.
/// </summary>
internal readonly record struct NoiseLevel(double Alpha, double S, double A, double C, double Weight)
{
    /// <summary>Numerator of the optimum per unit of λ.</summary>
    public double SignalDrive => Weight * A * Alpha;

    /// <summary>Numerator of the optimum at λ = 0.</summary>
    public double NoiseDrive => Weight * C * S;

    /// <summary>Rate per unit of λ.</summary>
    public double SignalRate => Weight * Alpha * Alpha;

    /// <summary>Rate at λ = 0.</summary>
    public double NoiseRate => Weight * S * S;

    /// <summary>Gain of the denoiser at w = 0.</summary>
    public double Offset => -C * Alpha / Determinant;

    /// <summary>Gain of the denoiser per gain w.</summary>
    public double Factor => Alpha * S / Determinant;

    /// <summary>Bias of the denoiser per bias of the network.</summary>
    public double BiasFactor => S / Determinant;

    private double Determinant => (A * S) - (C * Alpha);

    /// <summary>K for a mode.</summary>
    public double Drive(double eigenvalue) => (SignalDrive * eigenvalue) + NoiseDrive;

    /// <summary>R for a mode.</summary>
    public double Rate(double eigenvalue) => (SignalRate * eigenvalue) + NoiseRate;

    /// <summary>The loss of a mode without its weight, E(w x − y)².</summary>
    /// <param name="eigenvalue">λ.</param>
    /// <param name="gain">w, or its real part.</param>
    /// <param name="turn">Its imaginary part.</param>
    public double Loss(double eigenvalue, double gain, double turn = 0)
    {
        double signal = (Alpha * gain) - A, noise = (S * gain) - C;
        var loss = (signal * signal * eigenvalue) + (noise * noise);
        return turn == 0 ? loss : loss + (turn * turn * ((Alpha * Alpha * eigenvalue) + (S * S)));
    }
}
