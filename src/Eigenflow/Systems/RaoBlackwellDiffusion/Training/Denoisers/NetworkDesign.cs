using Eigenflow.Numerics.Networks;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>How a network is made equivariant.</summary>
internal enum Equivariance
{
    /// <summary>Not at all: it has to learn the symmetry.</summary>
    None,

    /// <summary>φ(x) = |G|⁻¹ Σ_g g⁻¹ f(g x) over a finite group.</summary>
    Average,

    /// <summary>φ(x) = Σ_g g⁻¹ f(g x), which is f(x) − f(−x) for the flip of the whole vector.</summary>
    Sum,
}

/// <summary>How the noise levels are weighted in the loss.</summary>
internal enum LossWeight
{
    /// <summary>ω = 1.</summary>
    Uniform,

    /// <summary>ω = α²/σ², the weight of an error of the predicted noise.</summary>
    SignalToNoise,
}

/// <summary>A network that learns a denoiser at some noise levels.</summary>
/// <param name="Problem">The data, the noise and the target.</param>
/// <param name="Levels">The noise levels.</param>
/// <param name="Hidden">Widths of the hidden layers; none is a linear map.</param>
/// <param name="Activation">Of the hidden units.</param>
/// <param name="Equivariance">How it is made equivariant.</param>
internal sealed record NetworkDesign(DiffusionProblem Problem, NoiseLevels Levels, IReadOnlyList<int> Hidden, Activation Activation, Equivariance Equivariance)
{
    /// <summary>Unit of the coordinates in the network: the power of ten nearest to their root mean square, so that data in other units are learned alike.</summary>
    public double InputUnit { get; } = Problem.IsTorus ? 1 : PowerOfTen(Math.Sqrt(Problem.MeanSquare / Problem.Dimension));

    /// <summary>Unit of what comes out: that of the coordinates, or of a score.</summary>
    public double OutputUnit => Problem.IsTorus ? 1 / Problem.Level.Sigma : InputUnit;

    /// <summary>Unit of the loss whose gradient is followed: learning rates and the floor of Adam mean the same in all units of the data.</summary>
    public double LossUnit => OutputUnit * OutputUnit;

    /// <summary>Whether the level is an input.</summary>
    public bool HasLevel => Levels.Count > 1;

    /// <summary>The layers: coordinates, or sine and cosine of those of the torus, and the level.</summary>
    public NetworkShape Shape => new(Activation, [(Problem.IsTorus ? 2 : 1) * Problem.Dimension + (HasLevel ? 1 : 0), .. Hidden, Problem.Dimension]);

    private static double PowerOfTen(double size) => Math.Pow(10, Math.Round(Math.Log10(size)));
}
