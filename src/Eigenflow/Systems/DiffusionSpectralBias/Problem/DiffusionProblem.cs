using System.Numerics;
using Eigenflow.Data;
using Eigenflow.Dynamics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// A linear denoiser with independent parameters at every noise level, trained by gradient flow dθ/dτ = −η ∇L on L = E|D(x₀ + σz; σ) − x₀|² (no ½, no 1/d), and the distribution that the probability-flow ODE of the half-trained denoiser
/// generates (arXiv 2503.03206). Only ητ matters. Immutable.
/// </summary>
public sealed record DiffusionProblem : IProblem
{
    /// <summary>Largest number of modes.</summary>
    public const int LargestDimension = 1_000_000;

    /// <summary>Largest variance of a mode.</summary>
    public const double LargestVariance = 1e30;

    /// <summary>Variances of the modes λ_k ≥ 0: of eigenvectors in any order, or of the waves k = 0 … N − 1 of convolutions.</summary>
    public double[] Variances { get; init; } = [];

    /// <summary>Component of the mean of the data along every mode; empty for zero.</summary>
    public double[] Mean { get; init; } = [];

    /// <summary>Initial gain Q of every mode at every noise level: W(0) = Q I, or the gain that the inner network of edm has; for ties and products the product of all layers, &gt; 0.</summary>
    public double Gain { get; init; } = 0.1;

    /// <summary>Learning rate η &gt; 0.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>Architecture.</summary>
    public Architecture Architecture { get; init; }

    /// <summary>End σ_0 &gt; 0 of the sampling ODE.</summary>
    public double SigmaMin { get; init; } = 0.002;

    /// <summary>Start σ_T &gt; σ_0 of the sampling ODE.</summary>
    public double SigmaMax { get; init; } = 80;

    /// <summary>σ_d &gt; 0 of the preconditioning and weight of EDM.</summary>
    public double SigmaData { get; init; } = 0.5;

    /// <summary>What the network gives; flow matching and edm have their own.</summary>
    public Objective Objective { get; init; }

    /// <summary>How data and noise are mixed; flow matching and edm have their own.</summary>
    public NoiseProcess Process { get; init; }

    /// <summary>Weight of the loss at every noise level.</summary>
    public NoiseWeighting Weighting { get; init; }

    /// <summary>c = a_1² − a_l² ≥ 0: by how much the squared gain of the first of L ≥ 2 layers exceeds those of the others at the start.</summary>
    public double Unbalance { get; init; }

    /// <summary>Start that is not a multiple of the identity: W(0), d × d in the basis of the modes, or P(0), d × r, of ties; null for the aligned one.</summary>
    public DataMatrix? Start { get; init; }

    /// <summary>γ_k(0) of the waves k of a circular filter of full width, with γ_−k the conjugate of γ_k; null for Q. Variances of the sampling ODE see its real part alone.</summary>
    internal Complex[]? Filter { get; init; }

    /// <summary>The noise level at which weights and losses are told.</summary>
    public double WeightSigma { get; init; } = 1;

    /// <summary>What the modes are in the space of the data; null for cosines.</summary>
    internal ModeSet? Modes { get; init; }

    /// <inheritdoc/>
    public string SystemId => DiffusionSpectralBiasSystem.Identifier;

    /// <summary>Number of modes.</summary>
    internal int Dimension => Variances.Length;

    /// <summary>Whether modes see each other: a mean, or a start that is not aligned.</summary>
    internal bool IsCoupled => Start is not null || Array.Exists(Mean, value => value != 0);

    /// <summary>The noise levels.</summary>
    internal NoiseLevels Levels => new(Architecture, Objective, Process, Weighting, SigmaData);

    /// <summary>The modes with their basis.</summary>
    internal ModeSet Set => Modes ?? new ModeSet(Variances, Basis()) { Mean = Mean };

    /// <summary>What multiplies the rate: every place of a lattice adds its gradient to a shared filter.</summary>
    internal double Sharing => Architecture.IsConvolution ? Dimension : 1;

    /// <summary>T = 2ητ, times the number of places of a convolution.</summary>
    internal double TimeScale => 2 * LearningRate * Sharing;

    /// <inheritdoc/>
    public void Validate()
    {
        if (Variances.Length is < 1 or > LargestDimension)
            throw new ParameterException("dimension", Variances.Length, $"a whole number from 1 to {LargestDimension}");
        _ = Set.Checked("spectrum");
        Require("learning-rate", LearningRate, LearningRate > 0, "a finite number > 0");
        Require("sigma-min", SigmaMin, SigmaMin > 0, "a finite number > 0");
        Require("sigma-max", SigmaMax, SigmaMax > SigmaMin, FormattableString.Invariant($"a finite number > sigma-min = {SigmaMin:R}"));
        Require("sigma-data", SigmaData, SigmaData > 0, "a finite number > 0");
        Require("weight-sigma", WeightSigma, WeightSigma > 0, "a finite number > 0");
        Require("gain", Gain, true, "a finite number");
        Require("unbalance", Unbalance, Unbalance >= 0, "a finite number >= 0");
        if (Architecture.IsTied || Architecture.Layers > 1)
        {
            Require("gain", Gain, Gain >= 0, $"a number > 0 for architecture = {Architecture}, whose gains are products of its layers");
            if (Gain == 0 && Start is null)
                throw new ParameterException("gain", Gain, $"a number > 0 for architecture = {Architecture}", "zero is a fixed point, modes never emerge");
        }

        if (Unbalance > 0 && (Architecture.Layers < 2 || Architecture.Kind == ArchitectureKind.Residual))
            throw new ParameterException("unbalance", Unbalance, $"left out, or 0, for architecture = {Architecture}", "it belongs to deep:L with L >= 2");
        if (Architecture.Kind == ArchitectureKind.Residual && Gain != 1)
            throw new ParameterException("gain", Gain, "1 for residual networks, which begin as the identity");
        if ((Architecture.IsFlow || Architecture.Kind == ArchitectureKind.Edm) && (Objective != Objective.Clean || Process != NoiseProcess.VarianceExploding))
            throw new ParameterException("objective", Objective, $"left out for architecture = {Architecture}, which has its own");
        if (Architecture.IsFlow && Weighting == NoiseWeighting.Edm)
            throw new ParameterException("weighting", "edm", $"uniform, inverse or log-normal for architecture = {Architecture}", "the weight of EDM is infinite at the end of the path");
        if (Mean.Length > 0 && Mean.Length != Dimension)
            throw new ParameterException("mean", $"({Mean.Length} numbers)", $"one number per mode ({Dimension})");
        if (Array.Exists(Mean, value => !double.IsFinite(value)))
            throw new ParameterException("mean", "(not finite)", "finite numbers");
        if (IsCoupled)
            CoupledChecks.Check(this);
        if (Architecture.IsConvolution && Set.Basis is WaveBasis waves)
            StationaryModes.CheckSymmetry(Variances, waves);
        if (Filter is { } filter)
            StationaryModes.CheckFilter(filter, this);
        if (Architecture.Kind == ArchitectureKind.Patch)
            _ = Patch();
    }

    /// <inheritdoc/>
    public Settings.Setting Describe() => DiffusionParameters.Describe(this);

    /// <summary>The modes of a patch, or null for other architectures.</summary>
    internal PatchModes? Patch()
    {
        if (Architecture.Kind != ArchitectureKind.Patch)
            return null;
        var basis = (WaveBasis)Set.Basis;
        return StationaryModes.Patch(Variances, basis, Architecture.Count);
    }

    private ModeBasis Basis()
    {
        var (width, height) = Architecture.IsConvolution ? (Dimension, 1) : ModeBasis.ShapeOf(Dimension);
        return Architecture.IsConvolution ? new WaveBasis(width, height) : new CosineBasis(width, height);
    }

    private static void Require(string name, double value, bool holds, string allowed)
    {
        if (!holds || !double.IsFinite(value))
            throw new ParameterException(name, value, allowed);
    }
}
