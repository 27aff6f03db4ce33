namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>How noise is added: x = α x₀ + σ z.</summary>
internal enum KernelKind
{
    /// <summary>α = 1, or any constant that is given.</summary>
    Edm,

    /// <summary>Variance preserving, α = √(1 − σ²).</summary>
    VariancePreserving,

    /// <summary>Flow matching, α = t and σ = 1 − t, with the data at t = 1.</summary>
    FlowMatching,

    /// <summary>Wrapped normal noise on the torus of period 1.</summary>
    Torus,
}

/// <summary>A noise level.</summary>
/// <param name="Alpha">Factor α ≥ 0 of the clean sample.</param>
/// <param name="Sigma">Standard deviation σ &gt; 0 of the noise.</param>
internal readonly record struct NoiseLevel(double Alpha, double Sigma)
{
    private const double SmallestOnTorus = 1e-4;

    /// <summary>α/σ², which makes a noisy sample the field of a posterior.</summary>
    public double FieldFactor => Alpha / (Sigma * Sigma);

    /// <summary>The level of a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="alpha">α of the kernel edm where it is not 1.</param>
    /// <param name="bridge">c of the bridge noise σ_b = c √(t(1 − t)) of the kernel flow.</param>
    /// <exception cref="ParameterException">A level that the kernel does not have.</exception>
    public static NoiseLevel Of(KernelKind kernel, double sigma, double? alpha = null, double bridge = 0)
    {
        if (!(sigma > 0) || !double.IsFinite(sigma))
            throw new ParameterException("sigma", sigma, "a finite number > 0", "without noise every target is the clean sample");
        switch (kernel)
        {
            case KernelKind.VariancePreserving when sigma >= 1:
                throw new ParameterException("sigma", sigma, "> 0 and < 1 with kernel = vp", "σ = 1 is pure noise");
            case KernelKind.FlowMatching when sigma > 1:
                throw new ParameterException("sigma", sigma, "> 0 and <= 1 with kernel = flow", "σ = 1 − t with t from 0 (noise) to below 1 (data)");
            case KernelKind.Torus when sigma < SmallestOnTorus:
                throw new ParameterException("sigma", sigma, FormattableString.Invariant($">= {SmallestOnTorus:R} with kernel = torus"), "sums over translations need as many points as 1/σ");
            case KernelKind.VariancePreserving:
                return new NoiseLevel(Math.Sqrt((1 - sigma) * (1 + sigma)), sigma);
            case KernelKind.FlowMatching:
                return new NoiseLevel(1 - sigma, bridge == 0 ? sigma : Math.Sqrt((sigma * sigma) + BridgeNoise.Variance(bridge, sigma)));
            case KernelKind.Torus:
                return new NoiseLevel(1, sigma);
            default:
                return alpha is { } given && (!(given >= 0) || !double.IsFinite(given)) ? throw new ParameterException("alpha", given, "a finite number >= 0") : new NoiseLevel(alpha ?? 1, sigma);
        }
    }
}
