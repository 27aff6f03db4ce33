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
/// replaced by the signal, the first order in γ (coefficients derived for Gaussian features; arXiv 2509.19189 has them up to constants).
/// </summary>
public sealed record ScalingLaw : IntrinsicTimeMethod
{
    /// <inheritdoc/>
    public override string Name => "law";

    private protected override MomentEngine Engine(ScalingLawProblem problem, KernelModes modes)
    {
        CheckSubSteps();
        return new FlowEngine(problem.Noise, modes, SubSteps, keepsSquare: false, isLinear: true);
    }
}

/// <summary>The recursions of this file.</summary>
internal sealed class FlowEngine(double noise, KernelModes modes, int subSteps, bool keepsSquare, bool isLinear)
    : MomentEngine(new MomentKernel(modes.Eigenvalues, modes.SignalWeights, modes.NoiseWeights), modes.Size)
{
    public override double Approximation => modes.Approximation;

    public override double Signal => Kernel.Signal / 2;

    public override double NoisePart => Kernel.Noise / 2;

    public override void Update(double rate, double batch)
    {
        for (var k = 0; k < subSteps; k++)
        {
            var intensity = noise + Kernel.Signal + (isLinear ? 0 : Kernel.Noise + (2 * modes.Approximation));
            Kernel.Exponential(rate / subSteps, rate / batch, intensity, keepsSquare);
        }

        Time += rate;
    }
}
