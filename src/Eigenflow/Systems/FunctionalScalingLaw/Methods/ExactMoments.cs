using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Level 0: the exact mean loss of SGD on Gaussian features at every step, without any limit (derived). With δ = v − θ* and m_j = E δ_j²,
/// m_j ← m_j [(1 − ηλ_j)² + η²λ_j²/B] + (η²/B) λ_j (2E + σ²): the covariance of a gradient, H δδᵀ H + (δᵀHδ) H + σ²H, enters through its diagonal alone,
/// and the features that the model does not see act as label noise, already within 2E. With momentum three moments per mode are carried, exactly for every schedule of η, ρ and B.
/// </summary>
public sealed record ExactMoments : MomentMethod
{
    /// <inheritdoc/>
    public override string Name => "exact";

    /// <summary>Momentum; none by default.</summary>
    public MomentumOptions Momentum { get; init; } = MomentumOptions.None;

    private protected override MomentumOptions OwnMomentum => Momentum;

    private protected override MomentEngine Engine(ScalingLawProblem problem, KernelModes modes) =>
        Momentum.IsActive ? new MomentumEngine(problem.Noise, modes, Momentum) : new ExactEngine(problem.Noise, modes);

    private protected override KernelModes Carried(ScalingLawProblem problem) => Momentum.IsActive ? MomentumEngine.Modes(problem, Modes) : base.Carried(problem);
}

/// <summary>The recursion of <see cref="ExactMoments"/>.</summary>
internal sealed class ExactEngine(double noise, KernelModes modes)
    : KernelEngine(new MomentKernel(modes.Eigenvalues, modes.SignalWeights, modes.NoiseWeights), modes.Size)
{
    public override double Approximation => modes.Approximation;

    public override double Signal => Kernel.Signal / 2;

    public override double NoisePart => Kernel.Noise / 2;

    public override void Update(double rate, double batch)
    {
        Kernel.Discrete(rate, batch, (2 * modes.Approximation) + Kernel.Signal + Kernel.Noise + noise);
        Time += rate;
    }
}

/// <summary>The same with momentum. Modes oscillate as functions of λ, so that each is carried by itself.</summary>
internal sealed class MomentumEngine(double noise, KernelModes modes, MomentumOptions momentum) : MomentEngine(modes.Size)
{
    /// <summary>The largest model that is carried with momentum.</summary>
    public const long LargestModel = 20_000_000;

    private const double BytesPerMode = 72;
    private readonly MomentumKernel kernel = new(modes.Eigenvalues, modes.SignalWeights, momentum.Kind);
    private long step;

    public override double Approximation => modes.Approximation;

    public override double Signal => kernel.Signal / 2;

    public override double NoisePart => kernel.Noise / 2;

    /// <summary>Every mode by itself.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="representation">What was asked for.</param>
    /// <exception cref="EigenflowException">Compressed modes, or too many of them.</exception>
    public static KernelModes Modes(ScalingLawProblem problem, ModeRepresentation representation)
    {
        Check(representation);
        if (problem.ModelSize > LargestModel)
            throw new TooLargeException($"momentum with model-size = {problem.ModelSize}", problem.ModelSize * BytesPerMode, LargestModel * BytesPerMode, "use a smaller model; the modes beyond it act as label noise of variance 2D_M");
        return problem.Modes(ModeRepresentation.Full);
    }

    /// <summary>Refuses compressed modes.</summary>
    /// <param name="representation">What was asked for.</param>
    /// <exception cref="ParameterException">Compressed modes.</exception>
    public static void Check(ModeRepresentation representation)
    {
        if (representation == ModeRepresentation.Compressed)
            throw new ParameterException("modes", "compressed", "full or auto with momentum", "with momentum modes oscillate, and nodes do not stand for their neighbours");
    }

    public override void Update(double rate, double batch)
    {
        kernel.Advance(rate, momentum.At(step++), batch, noise + (2 * modes.Approximation));
        Time += rate;
    }
}
