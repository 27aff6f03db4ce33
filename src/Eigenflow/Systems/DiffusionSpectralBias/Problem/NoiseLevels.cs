namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The noise levels of a problem.</summary>
/// <param name="Architecture">Flow matching and EDM fix the objective.</param>
/// <param name="Objective">Read by the others.</param>
/// <param name="Process">Read by the others.</param>
/// <param name="Weighting">ω(σ).</param>
/// <param name="SigmaData">σ_d of EDM.</param>
internal sealed record NoiseLevels(Architecture Architecture, Objective Objective, NoiseProcess Process, NoiseWeighting Weighting, double SigmaData)
{
    private const double LogMean = -1.2;
    private const double LogDeviation = 1.2;

    /// <summary>The level at σ &gt; 0; of flow matching that at t = 1/(1 + σ).</summary>
    public NoiseLevel At(double sigma)
    {
        if (Architecture.IsFlow)
            return Flow(1 / (1 + sigma), sigma / (1 + sigma));
        var weight = Weight(sigma);
        if (Architecture.Kind == ArchitectureKind.Edm)
        {
            var (skip, output, input) = Preconditioning(sigma);
            return new NoiseLevel(input, input * sigma, (1 - skip) / output, -skip * sigma / output, weight * output * output);
        }

        var alpha = Process == NoiseProcess.VariancePreserving ? 1 / Math.Sqrt(1 + (sigma * sigma)) : 1;
        var s = sigma * alpha;
        return Objective switch
        {
            Objective.Noise => new(alpha, s, 0, 1, weight),
            Objective.Score => new(alpha, s, 0, -1 / sigma, weight),
            Objective.Velocity => new(alpha, s, -s, alpha, weight),
            _ => new(alpha, s, 1, 0, weight),
        };
    }

    /// <summary>The level of flow matching at a time t, with 1 − t beside it so that neither loses digits.</summary>
    public NoiseLevel Flow(double t, double rest) => new(t, rest, 1, -1, Weight(rest / t));

    /// <summary>c_skip, c_out and c_in of EDM.</summary>
    public (double Skip, double Output, double Input) Preconditioning(double sigma)
    {
        var norm = Math.Sqrt((sigma * sigma) + (SigmaData * SigmaData));
        return (SigmaData / norm * (SigmaData / norm), sigma * SigmaData / norm, 1 / norm);
    }

    private double Weight(double sigma)
    {
        switch (Weighting)
        {
            case NoiseWeighting.Inverse:
                return 1 / (1 + (sigma * sigma));
            case NoiseWeighting.Edm:
                return (1 / (SigmaData * SigmaData)) + (1 / (sigma * sigma));
            case NoiseWeighting.LogNormal:
                var place = (Math.Log(sigma) - LogMean) / LogDeviation;
                return Math.Exp(-0.5 * place * place);
            default:
                return 1;
        }
    }
}
