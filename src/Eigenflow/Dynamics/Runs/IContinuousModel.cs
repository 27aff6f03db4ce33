using Eigenflow.Numerics.Ode;

namespace Eigenflow.Dynamics;

/// <summary>A continuous-time form of some dynamics: what a solver integrates and how a row of statistics is read off its state.</summary>
/// <typeparam name="TRow">A row of statistics.</typeparam>
internal interface IContinuousModel<TRow> : IOdeSystem
{
    /// <summary>The row of a state.</summary>
    TRow Observe(ReadOnlySpan<double> state);

    /// <summary>Reads rows off states in the variables of this moment, also after a later change of variables.</summary>
    Func<double[], TRow> Observer();

    /// <summary>Offers a change of variables after an accepted step; returns whether the state was changed.</summary>
    bool Reformulate(Span<double> state, TRow row);
}

/// <summary>Looks for events of a trajectory in continuous time.</summary>
/// <typeparam name="TRow">A row of statistics.</typeparam>
internal interface IContinuousWatch<TRow>
{
    /// <summary>The first row, at time zero.</summary>
    void Begin(TRow row);

    /// <summary>The row after a step.</summary>
    /// <param name="row">The row at the end of the step.</param>
    /// <param name="locate">The first time in the step at which a margin stops being negative, or null.</param>
    void Advance(TRow row, Func<Func<TRow, double>, double?> locate);

    /// <summary>The times by name; null for events that have not happened.</summary>
    IReadOnlyDictionary<string, double?> ToDictionary();
}
