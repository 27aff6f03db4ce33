using Eigenflow.Schedules;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>A recursion in intrinsic time with the noise frozen over each sub-step.</summary>
public abstract record IntrinsicTimeMethod : MomentMethod
{
    /// <summary>Sub-steps per update step, ≥ 1. Default 1: the canonical recursion, whose error is of first order in η.</summary>
    public int SubSteps { get; init; } = 1;

    private protected void CheckSubSteps()
    {
        if (SubSteps is < 1 or > 1_000_000)
            throw new ParameterException("sub-steps", SubSteps, "a whole number from 1 to 1e6");
    }
}

/// <summary>Level 1: second moments of the SDE of SGD in intrinsic time, dm_j/dt = −2λ_j m_j + γ(t) [λ_j² m_j + λ_j (2E + σ²)] with γ = η/B (arXiv 2509.19189, moments derived).</summary>
public sealed record StochasticDifferential : IntrinsicTimeMethod
{
    /// <inheritdoc/>
    public override string Name => "sde";

    private protected override MomentEngine Engine(ScalingLawProblem problem, KernelModes modes)
    {
        CheckSubSteps();
        return new FlowEngine(problem.Noise, modes, SubSteps, keepsSquare: true, isLinear: false);
    }
}

/// <summary>
/// Level 1: the Volterra equation E(t) = D_M + ½ e_M(t) + ∫ K_M(t − z) γ(z) [E(z) + σ²/2] dz, which is the SDE without its λ² m term.
/// The kernel is a sum of exponentials, so that modes are advanced and no convolution is ever formed.
/// </summary>
public sealed record VolterraEquation : IntrinsicTimeMethod
{
    /// <inheritdoc/>
    public override string Name => "volterra";

    private protected override MomentEngine Engine(ScalingLawProblem problem, KernelModes modes)
    {
        CheckSubSteps();
        return new FlowEngine(problem.Noise, modes, SubSteps, keepsSquare: false, isLinear: false);
    }
}

/// <summary>
/// Level 2: the functional scaling law of a model of size M, E ≈ D_M + ½ (e_M(t) + ∫ K_M(t − z) [e_M(z) + σ²] γ(z) dz): the Volterra equation with its own loss
/// replaced by the signal, the first order in γ (coefficients derived for Gaussian features; arXiv 2509.19189 has them up to constants). Momentum enters through η_ρ = η/(1 − ρ) in place of η and,
/// for Nesterov, a noise that fast modes filter by 1/(1 + η_ρ λ) (derived).
/// </summary>
public sealed record ScalingLaw : IntrinsicTimeMethod
{
    // Where the law with momentum is warned of.
    private const double LargestGain = 0.1;
    private const double LargestPart = 0.1;

    /// <inheritdoc/>
    public override string Name => "law";

    /// <summary>Momentum; none by default.</summary>
    public MomentumOptions Momentum { get; init; } = MomentumOptions.None;

    private protected override MomentumOptions OwnMomentum => Momentum;

    private protected override string? Caution(ScalingLawProblem problem, KernelModes modes)
    {
        if (!Momentum.IsActive || Momentum.Growth == MomentumGrowth.Increasing)
            return null;
        var stability = StabilityLimit.Momentum(problem, modes, Momentum);
        if (stability.IsStable && stability.Gain > LargestGain)
            return DisplayText.Plain($"the law with momentum is of first order in κ, here κ = {stability.Gain:G4} > {LargestGain}; method = exact has no such limit");
        const double Memories = MomentumPredictions.Memories;
        if (problem.Schedule.Steps * (1 - Momentum.Strength) < Memories)
            return DisplayText.Plain($"the law with momentum holds after its transient, from {Memories}/(1 - momentum) = {Memories / (1 - Momentum.Strength):G4} steps on; method = exact shows what is before");
        if (!stability.IsStable || problem.Schedule.Shape is not ConstantShape || !problem.Batch.IsConstant)
            return null;

        // Scatter of the first steps is made of few steps, not of a continuum.
        var order = new FirstOrderLoss(modes, stability, problem.Noise, problem.Schedule.Steps);
        var missing = ((problem.Noise + (2 * modes.Approximation)) * order.UnitScatter) - (MomentumLaw.Floor(stability.Kind, modes, problem.Noise, stability.EffectiveRate, stability.Batch) * order.Reached);
        if (Math.Abs(missing) > LargestPart * order.Loss)
            return FormattableString.Invariant($"the scatter of the law with momentum is too {(missing > 0 ? "small" : "large")} by about {100 * Math.Abs(missing) / order.Loss:F0} % of the loss: κ, the steps along fast modes or features that are not seen are not small; method = exact has no such limit");
        return order.OtherScatter > LargestPart * order.Loss
            ? FormattableString.Invariant($"{100 * order.OtherScatter / order.Loss:F0} % of the loss of the law is scatter by what was not learned yet, which it has to leading order only; method = exact has no such limit")
            : null;
    }

    private protected override MomentEngine Engine(ScalingLawProblem problem, KernelModes modes)
    {
        CheckSubSteps();
        return Momentum.IsActive ? new MomentumLawEngine(problem.Noise, modes, SubSteps, Momentum) : new FlowEngine(problem.Noise, modes, SubSteps, keepsSquare: false, isLinear: true);
    }
}

/// <summary>Sub-steps of a step, of which there may be a million.</summary>
internal static class SubStepPieces
{
    private const int Piece = 64;

    /// <summary>Ends the work in the middle of a step where that was asked for.</summary>
    /// <param name="part">Number of the sub-step.</param>
    public static void Look(int part)
    {
        if (part % Piece == Piece - 1)
            Numerics.Interruption.Check();
    }
}

/// <summary>The recursions of this file.</summary>
internal sealed class FlowEngine(double noise, KernelModes modes, int subSteps, bool keepsSquare, bool isLinear)
    : KernelEngine(new MomentKernel(modes.Eigenvalues, modes.SignalWeights, modes.NoiseWeights), modes.Size)
{
    public override int Parts => subSteps;

    public override double Approximation => modes.Approximation;

    public override double Signal => Kernel.Signal / 2;

    public override double NoisePart => Kernel.Noise / 2;

    public override void Update(double rate, double batch)
    {
        for (var k = 0; k < subSteps; k++)
        {
            SubStepPieces.Look(k);
            var intensity = noise + Kernel.Signal + (isLinear ? 0 : Kernel.Noise + (2 * modes.Approximation));
            Kernel.Exponential(rate / subSteps, rate / batch, intensity, keepsSquare);
        }

        Time += rate;
    }
}

/// <summary>The linear law with momentum, after the transient: signal ½e_M and noise ½∫K[e_M + σ²]γ in the time of η_ρ; for Nesterov the noise of a mode is divided by 1 + η_ρλ (derived).</summary>
internal sealed class MomentumLawEngine(double noise, KernelModes modes, int subSteps, MomentumOptions momentum) : MomentEngine(modes.Size)
{
    private readonly double[] start = [.. Enumerable.Repeat(1.0, modes.Size)];
    private readonly double[] injected = new double[modes.Size];
    private double signal = 2 * (modes.InitialLoss - modes.Approximation);
    private double scatter;
    private long step;

    public override int Parts => subSteps;

    public override double Approximation => modes.Approximation;

    public override double Signal => signal / 2;

    public override double NoisePart => scatter / 2;

    public override void Update(double rate, double batch)
    {
        var effective = momentum.EffectiveRate(rate, step++);
        var filter = momentum.Kind == MomentumKind.Nesterov ? effective : 0;
        for (var part = 0; part < subSteps; part++)
        {
            SubStepPieces.Look(part);
            var drive = effective / batch * (noise + signal) / 2;
            var time = -2 * effective / subSteps;
            (signal, scatter) = (0, 0);
            for (var j = modes.Size - 1; j >= 0; j--)
            {
                var eigenvalue = modes.Eigenvalues[j];
                var change = double.ExpM1(time * eigenvalue);
                start[j] += start[j] * change;
                injected[j] += (injected[j] * change) - (drive * change / (1 + (filter * eigenvalue)));
                signal += modes.SignalWeights[j] * start[j];
                scatter += modes.NoiseWeights[j] * injected[j];
            }
        }

        Time += rate;
    }
}
