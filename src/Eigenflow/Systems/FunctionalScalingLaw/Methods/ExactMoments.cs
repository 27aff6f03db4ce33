using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Level 0: the exact mean loss of SGD on Gaussian features at every step, without any limit (derived). With δ = v − θ* and m_j = E δ_j²,
/// m_j ← m_j [(1 − ηλ_j)² + η²λ_j²/B] + (η²/B) λ_j (2E + σ²): the covariance of a gradient, H δδᵀ H + (δᵀHδ) H + σ²H, enters through its diagonal alone,
/// and the features that the model does not see act as label noise, already within 2E.
/// </summary>
public sealed record ExactMoments : MomentMethod
{
    /// <inheritdoc/>
    public override string Name => "exact";

    private protected override MomentEngine Engine(ScalingLawProblem problem, KernelModes modes) => new ExactEngine(problem.Noise, modes);
}

/// <summary>The recursion of <see cref="ExactMoments"/>.</summary>
internal sealed class ExactEngine(double noise, KernelModes modes)
    : MomentEngine(new MomentKernel(modes.Eigenvalues, modes.SignalWeights, modes.NoiseWeights), modes.Size)
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
