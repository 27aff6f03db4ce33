using Eigenflow.Dynamics;
using Eigenflow.Systems.MultiClassSgd.Kernels;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Homogenised SGD, the diffusion that fluctuates as SGD does (arXiv 2308.08977): dX = −γ ∇R dt + γ √(Σ_i p_i K_i ⊗ I_i/(d B)) dW, by Euler–Maruyama with the step dt = 1/d; its error is of the order γ/d.
/// The noise along the means and the weights is dropped, as in the theory, so that overlaps with the means fluctuate less than those of SGD.
/// Work per step: l d Gaussians, the population gradient, and a root of l × l numbers per mode.
/// </summary>
public sealed record HomogenisedSgd : SampledMixtureMethod
{
    private const int MostOutputs = 16;

    /// <inheritdoc/>
    public override string Name => "homogenised";

    private protected override Func<int, ITrajectory> Make(MultiClassProblem problem, MixtureModes modes, LearningRateRule rule, MixtureRows rows) => problem.Outputs > MostOutputs || (problem.Loss is OutputLoss loss && OutputSystem.IsDiagonal(modes, loss))
        ? throw new ParameterException("classes", problem.Outputs, $"at most {MostOutputs} with method = homogenised", "use method = sgd")
        : replica => new DiffusionTrajectory(modes, problem.Loss, rule, rows, Batch, Seed, replica);
}
