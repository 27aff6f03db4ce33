using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>A way to obtain the loss curve of a <see cref="ScalingLawProblem"/>. Immutable options; all defaults make sense alone.</summary>
public abstract record ScalingLawMethod
{
    /// <summary>Name as hosts spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Number of logarithmically spaced steps that are saved, and half as many evenly spaced ones, which show the decay at the end. Default 200.</summary>
    public int Points { get; init; } = 200;

    /// <summary>Exactly these steps are saved, 0 to K; or null.</summary>
    public IReadOnlyList<long>? AtSteps { get; init; }

    /// <summary>Solves.</summary>
    /// <param name="problem">The problem, already validated.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the solve early with the trajectory up to there.</param>
    internal abstract Solution Solve(ScalingLawProblem problem, IProgress<Progress>? progress, CancellationToken cancellation);

    /// <summary>The saved steps.</summary>
    private protected long[] Grid(long steps)
    {
        if (AtSteps is { } given)
        {
            if (given.Count == 0 || given.Any(step => step < 0 || step > steps))
                throw new ParameterException("at-steps", given.Count == 0 ? "(empty)" : given.First(step => step < 0 || step > steps), $"a list of step numbers from 0 to steps = {steps}");
            return [.. given.Distinct().Order()];
        }

        var even = Math.Max(1, Points / 2);
        return
        [
            .. TimeGrid.Steps(steps, Math.Max(2, Points))
                .Concat(Enumerable.Range(1, even).Select(k => (long)Math.Round((double)steps * k / even))).Distinct().Order(),
        ];
    }

    /// <summary>The solution with what all methods share.</summary>
    private protected Solution Assemble(ScalingLawProblem problem, IReadOnlyList<Observable> columns, SolveStatus status, SolverStatistics statistics, Stability stability) => new()
    {
        System = FunctionalScalingLawSystem.Identifier,
        Method = Name,
        Setting = new Setting([
            new("capacity", problem.Capacity), new("difficulty", problem.Difficulty), new("features", problem.Features), new("model-size", problem.ModelSize),
            new("noise", problem.Noise), new("batch", problem.Batch.Text), new("steps", problem.Schedule.Steps), new("schedule", problem.Schedule.Shape.Text), new("peak", problem.Schedule.Peak)]),
        Observables = columns,
        Status = status,
        Statistics = statistics,
        Warnings = stability.Warning is { } warning ? [warning] : [],
    };
}
