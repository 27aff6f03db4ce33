using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumParameters;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>How solutions of this system are overlaid: variance, covariance, mean and entropy production against time units.</summary>
internal static class EquilibriumOverlay
{
    public static readonly Overlay Overlay = new()
    {
        Title = "In and out of equilibrium",
        Subject = "cov-11",
        SubjectNumber = ("cov-11", "stationary Σ_{11}"),
        ExactEnding = "-exact",
        Description = "Moments around the minimum on their way to the stationary law (of one trajectory: up to there), and entropy production per time unit; of one run the current in a plane.",
        Panels =
        [
            new("cov-11", "variance", "variance Σ_{11}") { AbscissaLabel = "time units k" },
            new("cov-12", "covariance", "covariance Σ_{12}") { AbscissaLabel = "time units k", IsLogarithmicY = false },
            new("mean-1", "mean", "mean m_{1}") { AbscissaLabel = "time units k", IsLogarithmicY = false },
            new("circulation-12", "circulation", "circulation C_{12}") { AbscissaLabel = "time units k", IsLogarithmicY = false, OfOne = CurrentPanel.Of, Solutions = (1, 1) },
            new("entropy", "entropy production", "entropy production σ̇") { AbscissaLabel = "time units k", IsLogarithmicY = false },
        ],
        IsTheoryOf = (theory, chains) => string.Equals(theory.Setting[Scheme.Name] as string ?? ChainMethod.NameOf(SamplingScheme.WithReplacement), chains.Method == "trajectory" ? ChainMethod.NameOf(SamplingScheme.WithReplacement) : chains.Method, StringComparison.Ordinal),
        Caption = [EquilibriumParameters.Problem, Samples, Dimension, Batch, Draws, NoiseScale, Prior, Exponent, LearningRate, Temperature, Scheme, Chains, Seed],
    };
}
