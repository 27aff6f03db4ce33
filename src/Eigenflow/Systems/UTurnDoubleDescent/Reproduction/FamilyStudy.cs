using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>A family of smoothers with the sweeps that show its double descent, and that it is none.</summary>
internal sealed record FamilyStudy
{
    /// <summary>First part of identifiers, such as <c>forest</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name at the beginning of titles.</summary>
    public required string Name { get; init; }

    /// <summary>Where the points come from.</summary>
    public required SmootherProblem Problem { get; init; }

    /// <summary>The family.</summary>
    public required SmootherFamily Family { get; init; }

    /// <summary>The ends of both axes.</summary>
    public required SmootherModel End { get; init; }

    /// <summary>Switches of the composite paths on the first axis, before the one at interpolation.</summary>
    public required IReadOnlyList<long> Switches { get; init; }

    /// <summary>Fixed values of the second axis for sweeps along the first: the columns of features for components.</summary>
    public required IReadOnlyList<double> SecondValues { get; init; }

    /// <summary>Fixed values of the first axis for sweeps along the second.</summary>
    public required IReadOnlyList<double> FirstValues { get; init; }

    /// <summary>Values of the first axis in sweeps along it.</summary>
    public required IReadOnlyList<double> First { get; init; }

    /// <summary>Values of the second axis in sweeps along it: the excess over the components for components.</summary>
    public required IReadOnlyList<double> Second { get; init; }

    /// <summary>Axis of the sweeps along the second.</summary>
    public required string SecondAxis { get; init; }

    /// <summary>Whether p_train of what interpolates is exactly n.</summary>
    public bool HasExactTrain { get; init; }

    /// <summary>Replicas.</summary>
    public int Replicas { get; init; } = 8;

    /// <summary>Rows of a path.</summary>
    public int Points { get; init; } = 18;

    /// <summary>The path with a switch.</summary>
    public Solution Path(SwitchForm place, CancellationToken cancellation) => Solve(SmootherSweep.PathAxis, End, null, place, cancellation);

    /// <summary>The sweep along one axis.</summary>
    public Solution Along(string axis, IReadOnlyList<double> at, SmootherModel model, CancellationToken cancellation) => Solve(axis, model, at, SwitchForm.Interpolation, cancellation);

    private Solution Solve(string axis, SmootherModel model, IReadOnlyList<double>? at, SwitchForm place, CancellationToken cancellation)
    {
        var solution = Problem.Solve(
            new SmootherSweep { MethodName = Id, Along = axis, Family = Family, Model = model, Switch = place, At = at, Points = Points, Replicas = Replicas, Seed = Problem.Seed, Threads = 1 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return solution;
    }
}
