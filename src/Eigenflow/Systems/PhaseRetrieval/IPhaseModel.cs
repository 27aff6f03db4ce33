using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A continuous-time form of the dynamics: what the stiff solver integrates and how statistics are read off its state.</summary>
internal interface IPhaseModel : ILowRankSystem
{
    /// <summary>The statistics of a state.</summary>
    PhaseStatistics Observe(ReadOnlySpan<double> state);

    /// <summary>Reads statistics off states in the variables of this moment, also after a later change of variables.</summary>
    Func<double[], PhaseStatistics> Observer();

    /// <summary>Offers a change of variables after an accepted step; returns whether the state was changed.</summary>
    bool Reformulate(Span<double> state, PhaseStatistics statistics);
}
