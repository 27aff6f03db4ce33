using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>A deterministic update rule, recorded over the steps of a schedule: the columns are <c>step</c> and the quantities of the rule.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
internal abstract record RuleMethod<TProblem> : ScheduledMethod<TProblem>
    where TProblem : IProblem
{
    /// <summary>What the rule observes, in its order.</summary>
    private protected abstract IReadOnlyList<NamedQuantity> Quantities { get; }

    /// <summary>The rule at step 0.</summary>
    private protected abstract StateRule Rule(TProblem problem);

    internal sealed override Solution Solve(TProblem problem, SolveContext context)
    {
        var schedule = Schedule(problem);
        var (grid, rule) = (Grid(schedule.Steps), Rule(problem));
        var trajectory = new RuleTrajectory(rule, schedule, Quantities.Count);
        var (rows, status) = SteppedRun.Run(trajectory, grid, context, () => RuleDivergence.At(Quantities[0], rule, trajectory.Step));
        return Assemble(
            problem, [StepColumn(grid[..rows.Count]), .. Quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])]))], status,
            new SolverStatistics { Steps = trajectory.Step, Evaluations = trajectory.Step, StateSize = rule.State.Length });
    }
}

/// <summary>A random update rule over independent replicas: the columns are <c>step</c> and the quantities of the rule, each with its standard error, median and quantiles.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
internal abstract record SampledRuleMethod<TProblem> : ScheduledMethod<TProblem>, ISampledMethod
    where TProblem : IProblem
{
    /// <inheritdoc/>
    public int Replicas { get; init; } = 1;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    /// <summary>What the rule observes, in its order.</summary>
    private protected abstract IReadOnlyList<NamedQuantity> Quantities { get; }

    /// <summary>The rule of a replica at step 0.</summary>
    private protected abstract StateRule Rule(TProblem problem, int replica);

    /// <summary>Everything that would change a trajectory beside schedule, seed and replica, as text: a state that was saved for another problem is not gone on from.</summary>
    private protected abstract string Identity(TProblem problem);

    internal sealed override Solution Solve(TProblem problem, SolveContext context)
    {
        var schedule = Schedule(problem);
        var first = Rule(problem, 0);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(schedule.Steps),
                Width = Quantities.Count,
                Make = replica => new RuleTrajectory(Rule(problem, replica), schedule, Quantities.Count),
                StepWork = 10.0 * first.State.Length,
                StateBytes = 2.0 * sizeof(double) * first.State.Length,
                Identity = $"{problem.SystemId} {Name} {Identity(problem)} {schedule.Identity}",
                Divergence = step => RuleDivergence.At(Quantities[0], first, step),
            },
            context);
        var columns = Quantities.SelectMany((quantity, k) => ensemble.Columns(quantity, (replica, row) => ensemble[replica, row, k]));
        return Assemble(
            problem, [StepColumn(ensemble.Steps), .. columns], ensemble.Status, new SolverStatistics { Steps = ensemble.StepsDone, Evaluations = ensemble.StepsDone, StateSize = first.State.Length });
    }
}

/// <summary>What is said of a rule that left its bound.</summary>
internal static class RuleDivergence
{
    /// <summary>The divergence at a step, found after a piece of steps.</summary>
    public static Divergence At(NamedQuantity quantity, StateRule rule, long step) =>
        new(DisplayText.Plain($"diverged by step {step} ({quantity.Name} above {rule.Bound:G4})"), "reduce learning-rate");
}
