using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>A method that does update steps. Without a learning rate it takes a quarter of the edge of stability under sampling, where no run diverged.</summary>
public abstract record QuadraticDescent : ScheduledMethod<QuadraticProblem>
{
    /// <summary>Steps where none are given.</summary>
    public const long DefaultStepCount = 10_000;

    /// <summary>Factor g ≥ 0 of the gradient: the step is gη. Default 1, the gradient of (f − y)²/4 in v and of (f − y)²/2 in w; others write 2 or 4.</summary>
    public double GradientFactor { get; init; } = 1;

    /// <summary>Whether the slopes of all modes are columns (w1, w2, …).</summary>
    public bool KeepsWeights { get; init; }

    /// <summary>Whether a step size beyond the edge of stability is run all the same.</summary>
    public bool IsForced { get; init; }

    /// <summary>Samples per step, as far as the method has them.</summary>
    private protected virtual long Samples => 1;

    /// <inheritdoc/>
    private protected override double DefaultRate(QuadraticProblem problem) => Stability.Of(problem, Samples).SafeRate / GradientFactor;

    /// <inheritdoc/>
    private protected override long DefaultSteps(QuadraticProblem problem, double learningRate) => DefaultStepCount;

    /// <summary>The edge of stability of this method.</summary>
    private protected virtual double Edge(Stability stability) => stability.Edge;

    /// <summary>What is said of the step size.</summary>
    private protected virtual IEnumerable<string> RateWarnings(Stability stability, double rate) => QuadraticWarnings.OfRate(stability, rate, GradientFactor);

    /// <summary>Checks problem, schedule and step size.</summary>
    /// <exception cref="ParameterException">Something that is not allowed.</exception>
    internal void Check(QuadraticProblem problem) => _ = Prepare(problem);

    /// <summary>The schedule and the warnings.</summary>
    private protected (LearningRateSchedule Schedule, IReadOnlyList<string> Warnings) Prepare(QuadraticProblem problem)
    {
        if (!(GradientFactor > 0) || !double.IsFinite(GradientFactor))
            throw new ParameterException("gradient-factor", GradientFactor, "a finite number > 0");
        CheckProblem(problem);
        var schedule = Schedule(problem);
        var stability = Stability.Of(problem, Samples);
        var rate = GradientFactor * schedule.Peak;
        QuadraticWarnings.CheckRate(stability, Edge(stability), rate, GradientFactor, IsForced);
        return (schedule, [.. QuadraticWarnings.OfProblem(problem), .. RateWarnings(stability, rate)]);
    }

    /// <summary>Refuses problems that the method is not for.</summary>
    private protected virtual void CheckProblem(QuadraticProblem problem)
    {
    }

    /// <summary>The times of steps.</summary>
    private protected Observable TimeColumn(LearningRateSchedule schedule, IReadOnlyList<long> steps)
    {
        var times = new double[steps.Count];
        var (done, time) = (0L, 0.0);
        for (var row = 0; row < times.Length; row++)
        {
            if (schedule.IsConstant)
            {
                time = schedule.TimeAt(steps[row]);
            }
            else
            {
                for (; done < steps[row]; done++)
                    time += schedule.RateAt(done);
            }

            times[row] = GradientFactor * time;
        }

        return QuadraticColumns.Time.Column(times);
    }

    /// <summary>Solves by a rule without random numbers.</summary>
    private protected Solution Solve(QuadraticProblem problem, SolveContext context, Func<int, StateRule> make, Func<StateRule, long, SolveStatus?> ending)
    {
        var (schedule, warnings) = Prepare(problem);
        var weights = QuadraticColumns.Weights(problem, KeepsWeights);
        var quantities = this is LinearMoments ? [QuadraticColumns.Risk] : QuadraticColumns.Of(problem, weights);
        var (grid, rule) = (Grid(schedule.Steps), make(weights));
        var trajectory = new RuleTrajectory(rule, schedule, quantities.Count);
        var (rows, status) = SteppedRun.Run(trajectory, grid, context, () => new Divergence(FormattableString.Invariant($"diverged by step {trajectory.Step} (risk above a million times the first one)"), "reduce learning-rate"));
        return Assemble(
            problem, [TimeColumn(schedule, grid[..rows.Count]), StepColumn(grid[..rows.Count]), .. quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])]))],
            status.Outcome == SolveOutcome.Diverged ? ending(rule, trajectory.Step) ?? status : status,
            new SolverStatistics { Steps = trajectory.Step, Evaluations = trajectory.Step, StateSize = rule.State.Length, Modes = "full" }) with
        { Warnings = warnings };
    }
}
