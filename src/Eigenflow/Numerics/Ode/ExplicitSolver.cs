namespace Eigenflow.Numerics.Ode;

/// <summary>The integrator of the library for systems that are not stiff, whatever their Jacobian: Dormand–Prince 5(4) (<see cref="ExplicitStages{TSystem}"/>).</summary>
/// <typeparam name="TSystem">The system; a sealed class or a struct, so that its calls are direct.</typeparam>
/// <param name="system">The system.</param>
/// <param name="options">Its options.</param>
/// <exception cref="ParameterException">An option that is not allowed.</exception>
public sealed class ExplicitSolver<TSystem>(TSystem system, AdaptiveOptions options) : AdaptiveSolver(system, Stages(system, options), options)
    where TSystem : IOdeSystem
{
    private static ExplicitStages<TSystem> Stages(TSystem system, AdaptiveOptions options)
    {
        options.Validate();
        return new ExplicitStages<TSystem>(system);
    }
}
