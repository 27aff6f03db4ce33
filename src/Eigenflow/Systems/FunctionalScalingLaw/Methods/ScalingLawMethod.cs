using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>A way to obtain the loss curve of a <see cref="ScalingLawProblem"/>, whose schedule is part of the problem.</summary>
public abstract record ScalingLawMethod : SteppedMethod<ScalingLawProblem>
{
    // Evenly spaced steps show the decay at the end.
    private protected override (int Logarithmic, int Even) Layout => (Math.Max(2, Points), Math.Max(1, Points / 2));

    /// <summary>The solution with the warning about stability.</summary>
    private protected Solution Assemble(ScalingLawProblem problem, IReadOnlyList<Observable> columns, SolveStatus status, SolverStatistics statistics, StabilityLimit stability) =>
        Assemble(problem, columns, status, statistics) with { Warnings = stability.Warning is { } warning ? [warning] : [] };

    /// <summary>What is said of a loss that left every bound.</summary>
    private protected static Divergence Diverged(string what, StabilityLimit stability) => new(what, DisplayText.Plain($"use peak < {stability.LargestRate:G4}, the largest stable learning rate"));
}
