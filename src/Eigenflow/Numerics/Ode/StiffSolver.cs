namespace Eigenflow.Numerics.Ode;

/// <summary>
/// The stiff integrator of the library: Rodas5P (order 5, L-stable, dense output of order 4) for Jacobians that are diagonal plus low rank,
/// J = D + U Vᵀ. The stages are <see cref="LowRankStages{TSystem}"/>, or <see cref="CoupledStages"/> for systems coupled by two sums.
/// </summary>
/// <typeparam name="TSystem">The system; a sealed class or a struct, so that its calls are direct.</typeparam>
/// <param name="system">The system.</param>
/// <param name="options">Its options.</param>
/// <exception cref="ParameterException">An option that is not allowed.</exception>
public sealed class StiffSolver<TSystem>(TSystem system, AdaptiveOptions options) : AdaptiveSolver(system, Stages(system, options), options)
    where TSystem : ILowRankSystem
{
    private static StageKernel Stages(TSystem system, AdaptiveOptions options)
    {
        options.Validate();
        return StageKernel.Of(system);
    }
}
