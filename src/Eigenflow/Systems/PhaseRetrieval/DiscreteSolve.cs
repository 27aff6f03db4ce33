using System.Diagnostics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A deterministic update rule that can be advanced and observed. It watches its events in every step.</summary>
internal interface IDiscreteEngine
{
    /// <summary>Steps done.</summary>
    long Step { get; }

    /// <summary>Does steps; false once the state has left every bound.</summary>
    bool Advance(long count);

    /// <summary>The statistics now.</summary>
    PhaseStatistics Observe();
}

/// <summary>Looks for events after every step of an update rule, so that they are those of the steps and not of the saved rows.</summary>
internal sealed class StepWatch(PhaseEvents events, LearningRateSchedule schedule, double overlap)
{
    /// <summary>The sums after a step.</summary>
    public void Look(PhaseFrame frame, double linear, double quadratic, long step)
    {
        if (events.AreComplete)
            return;
        var statistics = frame.Statistics(linear, quadratic, 0, overlap, 1);
        if (events.Happens(statistics))
            events.Mark(statistics, schedule.TimeAt(step));
    }
}

/// <summary>Runs an update rule over a grid of steps.</summary>
internal static class DiscreteSolve
{
    // Progress and cancellation are looked at between intervals that grow with the step.
    private const long SmallestChunk = 64;
    private const long LargestChunk = 1 << 16;

    public static (List<long> Steps, List<PhaseStatistics> Rows, IReadOnlyDictionary<string, double?> Events, SolveStatus Status, SolverStatistics Statistics) Run(
        IDiscreteEngine engine, long[] grid, LearningRateSchedule schedule, double largestRate, PhaseEvents events, int stateSize, string modes,
        IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var steps = new List<long>();
        var rows = new List<PhaseStatistics>();
        var status = SolveStatus.Completed;
        events.Begin(engine.Observe());
        var last = grid[^1];
        foreach (var target in grid)
        {
            while (engine.Step < target && status.Outcome == SolveOutcome.Completed)
            {
                if (cancellation.IsCancellationRequested)
                {
                    status = new SolveStatus(SolveOutcome.Cancelled, $"cancelled at step {engine.Step}; the trajectory is kept up to there");
                    break;
                }

                var chunk = Math.Clamp(engine.Step / 8, SmallestChunk, LargestChunk);
                if (!engine.Advance(Math.Min(chunk, target - engine.Step)))
                {
                    status = new SolveStatus(SolveOutcome.Diverged, Divergence(engine.Step, schedule.Peak, largestRate));
                    break;
                }

                progress?.Report(new Progress((double)engine.Step / last, "stepping"));
            }

            if (status.Outcome != SolveOutcome.Completed)
                break;
            steps.Add(target);
            rows.Add(engine.Observe());
        }

        return (steps, rows, events.ToDictionary(), status, new SolverStatistics
        {
            Steps = engine.Step,
            Evaluations = engine.Step,
            StateSize = stateSize,
            Modes = modes,
            WallSeconds = clock.Elapsed.TotalSeconds,
        });
    }

    /// <summary>The message of a run that left every bound.</summary>
    public static string Divergence(long step, double learningRate, double largestRate)
    {
        var remedy = learningRate < largestRate
            ? FormattableString.Invariant($"{largestRate:G4} is the largest stable one near the teacher, so that the start or the escape needs a smaller one: use learning-rate <= {learningRate / 2:G4}")
            : FormattableString.Invariant($"use learning-rate < {largestRate:G4}, the largest stable one near the teacher, or less while the student escapes");
        return FormattableString.Invariant(
            $"diverged at step {step} (state not finite or s > 1000 max(s*, s(0))) with learning-rate = {learningRate:G6}; the trajectory is kept up to there; {remedy}");
    }
}
