using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>
/// Runs the independent replicas of any random trajectory over a grid of steps: threads, rounds, progress, cancellation, saved states, events. Replicas go on together, so that an
/// interrupted ensemble has rows that all of them reached, while their states fit in memory, and one after another beyond. The result does not depend on the number of threads.
/// A replica that diverges is counted and left out of every mean; the others go on.
/// </summary>
internal static class Ensemble
{
    // Replicas go on together while all their states stay below this size.
    private const double MostInterleavedBytes = 1e9;

    /// <summary>Runs.</summary>
    public static EnsembleResult Run(EnsemblePlan plan, SolveContext context)
    {
        SampledParameters.Check(plan.Options);
        var replicas = plan.Options.Replicas;
        var threads = plan.Options.Threads > 0 ? plan.Options.Threads : Environment.ProcessorCount;
        var saved = plan.Grid;
        WorkLimit.Check(saved.Length == 0 ? 0 : saved[^1], replicas, plan.StepWork);

        // Rows also where events are looked for; they are not saved.
        var grid = plan.Watch is null ? saved : EnsembleEvents.Steps(saved);
        var isLook = plan.Watch is null ? [.. Enumerable.Repeat(true, grid.Length)] : EnsembleEvents.IsLook(grid);
        var rows = new EnsembleRows(replicas, plan.Width, grid.Length);
        var isTogether = plan.StateBytes * replicas <= Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.7, MostInterleavedBytes);
        var events = plan.Watch is null ? null : new EnsembleEvents(plan, rows, isTogether, threads, context.Cancellation);
        var members = Enumerable.Range(0, replicas).Select(replica => new Replica(plan, replica, grid, rows, isTogether, context)).ToArray();
        var (done, total) = (new long[replicas], 0L);
        foreach (var round in isTogether ? [.. Enumerable.Range(1, grid.Length).Where(round => isLook[round - 1])] : new[] { grid.Length })
        {
            Parallel.For(0, replicas, new ParallelOptions { MaxDegreeOfParallelism = threads }, replica =>
            {
                if (members[replica].Trajectory is { } trajectory)
                    events?.Keep(replica, trajectory);
                members[replica].Continue(round, step =>
                {
                    // A sum that goes along: thousands of replicas are not averaged at each report of one.
                    var sum = Interlocked.Add(ref total, step - done[replica]);
                    done[replica] = step;
                    context.Progress?.Report(new Progress(sum / ((double)replicas * grid[^1]), "sampling"));
                });
            });
            if (Array.TrueForAll(members, member => member.DivergedAt is null))
            {
                // Steps that are done again for it are few.
                using var whole = Interruption.Never();
                events?.Advance(grid, isLook, members.Min(member => rows.Count(member.Number)));
            }

            if (context.Cancellation.IsCancellationRequested || Array.TrueForAll(members, member => member.DivergedAt is not null))
                break;
        }

        // Ended before any replica had begun.
        if (members.All(member => rows.Count(member.Number) == 0))
            context.Cancellation.ThrowIfCancellationRequested();
        return new EnsembleResult(plan, rows, grid, isLook, [.. members.Select(member => member.DivergedAt)], events, context.Cancellation.IsCancellationRequested);
    }

    /// <summary>One replica with its saved states.</summary>
    private sealed class Replica(EnsemblePlan plan, int number, long[] grid, EnsembleRows rows, bool isTogether, SolveContext context)
    {
        private readonly string part = FormattableString.Invariant($"replica-{number}");
        private readonly byte[] identity = context.Checkpoint is null ? [] : EnsembleState.Identity(
            FormattableString.Invariant($"{plan.Identity} {plan.Width} {plan.Options.Seed} {number} ") + string.Join(',', grid), plan.IdentityColumns);

        public int Number => number;

        /// <summary>The trajectory, or null before it has begun and after its last row.</summary>
        public ITrajectory? Trajectory { get; private set; }

        /// <summary>The step at which it left every bound, or null.</summary>
        public long? DivergedAt { get; private set; }

        /// <summary>Goes on to the end of a round.</summary>
        public void Continue(int round, Action<long> report)
        {
            try
            {
                GoOn(round, report);
            }
            catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
            {
                // Ended within a step: its state is of no use, the rows before it are.
                Trajectory = null;
            }
        }

        private void GoOn(int round, Action<long> report)
        {
            // Thousands may not have begun, or what they begin with may take long: only the first has a row then. Saved states are read by all.
            var isLate = number > 0 && Trajectory is null && context.Cancellation.IsCancellationRequested && (!isTogether || context.Checkpoint is null);
            if (DivergedAt is not null || rows.Count(number) >= round || isLate)
                return;
            var trajectory = Trajectory ??= Begin();

            // Steps whose state is kept are done whole.
            using var whole = context.Checkpoint is null ? Interruption.By(context.Cancellation) : Interruption.Never();
            while (rows.Count(number) < round)
            {
                var target = grid[rows.Count(number)];
                while (trajectory.Step < target)
                {
                    if (context.Cancellation.IsCancellationRequested)
                    {
                        // A replica that has not begun has nothing to keep; thousands may be left.
                        if (trajectory.Step > 0)
                            Save(trajectory);
                        return;
                    }

                    if (!trajectory.Advance(Math.Min(plan.Piece, target - trajectory.Step)))
                    {
                        Diverge(trajectory.Step);
                        return;
                    }

                    report(trajectory.Step);
                    if (context.Checkpoint is not null && context.Checkpoint.IsDue(part))
                        Save(trajectory);
                }

                Record(trajectory, target);
            }

            // Saving flushes to disk, which may take longer than a short replica: it can be made again.
            if (context.Checkpoint is not null && context.Checkpoint.IsDue(part))
                Save(trajectory);
            if (rows.Count(number) == grid.Length)
                Trajectory = null;
        }

        private void Record(ITrajectory trajectory, long target)
        {
            // Looking changes no state: it may be interrupted, and then there is no row.
            using var interruption = Interruption.By(context.Cancellation);
            try
            {
                trajectory.Observe(rows.Add(number), Array.BinarySearch(plan.Grid, target) >= 0);
            }
            catch (OperationCanceledException)
            {
                rows.Drop(number);
                if (trajectory.Step > 0)
                    Save(trajectory);
                throw;
            }
        }

        private ITrajectory Begin()
        {
            var trajectory = plan.Make(number);
            if (context.Checkpoint?.Load(part) is { } stored && EnsembleState.TryRead(stored, identity, trajectory, rows, number))
                context.Checkpoint.Continue(part, trajectory.Step);
            return trajectory;
        }

        private void Diverge(long step)
        {
            DivergedAt = step;
            Trajectory = null;
        }

        private void Save(ITrajectory trajectory) => context.Checkpoint?.Save(part, EnsembleState.Write(identity, trajectory, rows, number));
    }
}
