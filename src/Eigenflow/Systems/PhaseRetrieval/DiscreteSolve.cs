using System.Diagnostics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A deterministic update rule that can be advanced, observed and set back.</summary>
internal interface IDiscreteEngine
{
    /// <summary>Steps done.</summary>
    long Step { get; }

    /// <summary>Does steps; false once the state has left every bound.</summary>
    bool Advance(long count);

    /// <summary>The statistics now.</summary>
    PhaseStatistics Observe();

    /// <summary>Remembers the state.</summary>
    void Save();

    /// <summary>Goes back to the remembered state.</summary>
    void Restore();
}

/// <summary>Runs an update rule over a grid of steps. Events are located to the step: an interval that holds one is run twice.</summary>
internal static class DiscreteSolve
{
    // Intervals grow with the step, so that running one twice for an event costs little at any time.
    private const long SmallestChunk = 64;
    private const long LargestChunk = 1 << 16;
    private const long Stride = 32;

    public static (List<long> Steps, List<PhaseStatistics> Rows, IReadOnlyDictionary<string, double?> Events, SolveStatus Status, SolverStatistics Statistics) Run(
        IDiscreteEngine engine, long[] grid, LearningRateSchedule schedule, double largestRate, PhaseEvents events, int stateSize, string modes,
        IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var steps = new List<long>();
        var rows = new List<PhaseStatistics>();
        var status = SolveStatus.Completed;
        var statistics = engine.Observe();
        events.Begin(statistics);
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

                var from = engine.Step;
                var to = Math.Min(target, from + Math.Clamp(from / 8, SmallestChunk, LargestChunk));
                engine.Save();
                var isBounded = engine.Advance(to - from);
                if (!isBounded)
                {
                    status = new SolveStatus(SolveOutcome.Diverged, Divergence(engine.Step, schedule.Peak, largestRate));
                    break;
                }

                statistics = engine.Observe();
                events.Advance(statistics, margin => schedule.TimeAt(Locate(margin, to)));
                progress?.Report(new Progress((double)engine.Step / last, "stepping"));
            }

            if (status.Outcome != SolveOutcome.Completed)
                break;
            steps.Add(target);
            rows.Add(statistics);
        }

        return (steps, rows, events.ToDictionary(), status, new SolverStatistics
        {
            Steps = engine.Step,
            Evaluations = engine.Step,
            StateSize = stateSize,
            Modes = modes,
            WallSeconds = clock.Elapsed.TotalSeconds,
        });

        // The first step of the interval at which the margin is not negative, found in strides and then within one; the engine ends where it was.
        long Locate(Func<PhaseStatistics, double> margin, long end)
        {
            engine.Restore();
            var begin = engine.Step;
            Walk(Stride);
            var before = Math.Max(begin, engine.Step - Stride);
            engine.Restore();
            engine.Advance(before - begin);
            Walk(1);
            var found = engine.Step;
            engine.Advance(end - found);
            return found;

            void Walk(long stride)
            {
                while (engine.Step < end && margin(engine.Observe()) < 0)
                    engine.Advance(Math.Min(stride, end - engine.Step));
            }
        }
    }

    /// <summary>The message of a run that left every bound.</summary>
    public static string Divergence(long step, double learningRate, double largestRate)
    {
        var remedy = learningRate < largestRate
            ? FormattableString.Invariant($"{largestRate:G4} is the largest stable one near the teacher, so that the start or the escape needs a smaller one: use learning-rate <= {learningRate / 2:G4}")
            : FormattableString.Invariant($"use learning-rate < {largestRate:G4}, the largest stable one near the teacher, or less while the student escapes");
        return FormattableString.Invariant(
            $"diverged at step {step} (state not finite or s > 1000 s*) with learning-rate = {learningRate:G6}; the trajectory is kept up to there; {remedy}");
    }
}
