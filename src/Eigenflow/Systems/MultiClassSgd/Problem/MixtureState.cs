namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>What is read of a state of training, in theory and in simulation alike; l outputs, C classes of the modes.</summary>
internal sealed record MixtureState
{
    /// <summary>m_i, l numbers per class.</summary>
    public required double[][] Means { get; init; }

    /// <summary>B by spectrum: l × l numbers, or the l on the diagonal.</summary>
    public required double[][] Variances { get; init; }

    /// <summary>‖X‖², with the variances.</summary>
    public required double SquaredNorm { get; init; }

    /// <summary>The part of the own mean outputs, Σ_i p_i m_i, that clean directions carry.</summary>
    public required double CleanPart { get; init; }

    /// <summary>‖∇R‖², where a rule asks for it.</summary>
    public double SquaredGradient { get; init; }

    /// <summary>What the rule has accumulated.</summary>
    public double Accumulated { get; init; }
}
