namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>What is learned.</summary>
public enum EquilibriumModel
{
    /// <summary>Bayesian linear regression on Gaussian rows with a power-law covariance.</summary>
    Regression,

    /// <summary>The mean of Gaussian rows: all samples have one Hessian.</summary>
    Mean,

    /// <summary>The network of two hidden units and seven weights of the paper.</summary>
    Network,

    /// <summary>A Hessian and a diffusion matrix, without samples: the Ornstein–Uhlenbeck process.</summary>
    Matrices,

    /// <summary>Linear regression on six rows without any random number, for numbers that are known to ten digits.</summary>
    ReferenceRegression,

    /// <summary>Linear regression on the rows of a file.</summary>
    Rows,
}

/// <summary>How the samples of a step are drawn, and whether there is thermal noise.</summary>
public enum SamplingScheme
{
    /// <summary>A fresh batch of distinct samples in every step.</summary>
    WithReplacement,

    /// <summary>Shuffled epochs, read at their ends.</summary>
    WithoutReplacement,

    /// <summary>A fresh batch and thermal noise in every step.</summary>
    Sgld,

    /// <summary>Shuffled epochs with thermal noise, read at their ends.</summary>
    Sgworld,

    /// <summary>Shuffled epochs that are gone through forward and then backward, with thermal noise, read at their ends.</summary>
    ShuffledSymmetric,

    /// <summary>All samples and thermal noise in every step.</summary>
    Langevin,
}

/// <summary>Where the thermal noise of an epoch stands.</summary>
public enum NoisePlacement
{
    /// <summary>In every step, of variance 2ηT.</summary>
    PerStep,

    /// <summary>At the end of the epoch, of the same variance in all.</summary>
    PerEpoch,
}
