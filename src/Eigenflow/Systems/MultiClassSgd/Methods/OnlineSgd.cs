using Eigenflow.Dynamics;
using Eigenflow.Systems.MultiClassSgd.Kernels;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// One-pass SGD with fresh samples of the mixture, an ensemble of replicas. Risks and errors are those of the population at the actual weights. Adaptive rules accumulate the squared gradients of the samples themselves;
/// line search and Polyak's rate are given the population risk and its gradients, as in the theory (arXiv 2405.19585, section 2).
/// Work per step: d Gaussians and (1 + 2 l) d fused operations per sample; memory (l + 1) d doubles per replica.
/// </summary>
public sealed record OnlineSgd : SampledMixtureMethod
{
    /// <inheritdoc/>
    public override string Name => "sgd";

    private protected override Func<int, ITrajectory> Make(MultiClassProblem problem, MixtureModes modes, LearningRateRule rule, MixtureRows rows)
    {
        var tables = new SampleTables(modes);
        return replica => new SampleTrajectory(modes, problem.Loss, rule, rows, Batch, Seed, replica, tables);
    }
}
