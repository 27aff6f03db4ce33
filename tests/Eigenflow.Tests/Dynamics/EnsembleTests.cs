using Eigenflow.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Dynamics;

/// <summary>The one mechanism of ensembles, with replicas of which everything is known.</summary>
public sealed class EnsembleTests
{
    private const double Large = 1e300;

    private static readonly long[] Grid = [0, 5, 10, 200];

    private static readonly NamedQuantity Value = new("value", "v", "Value.");

    [Theory]
    [InlineData(1e3)]
    [InlineData(Large)]
    public void ReplicasThatDivergeAreCountedAndLeftOut(double stateBytes)
    {
        var result = Run(Plan(5, stateBytes, new() { [1] = 7, [3] = 20 }));
        (result.Diverged, result.Status.Outcome).ShouldBe((2, SolveOutcome.Diverged));
        result.Status.Message.ShouldBe("2 of 5 replicas: diverged at step 7; all numbers are those of the other 3; take less");
        result.Replicas.ShouldBe([0, 2, 4]);
        result.Steps.ShouldBe(Grid);
        result.StepsDone.ShouldBe((3 * 200) + 7 + 20);

        // Of the values 200, 600 and 1000.
        result.Mean(3, 0).ShouldBe(600);
        result.Mean(3, 1).ShouldBe(-600);
        var columns = result.Columns(Value, (replica, row) => result[replica, row, 0]).ToDictionary(column => column.Name, column => column.Values[3], StringComparer.Ordinal);
        (columns["value"], columns["value-median"], columns["value-q10"], columns["value-q90"]).ShouldBe((600, 600, Quantile.OfSorted([200, 600, 1000], 0.1), Quantile.OfSorted([200, 600, 1000], 0.9)));
        columns["value-se"].ShouldBe(400 / Math.Sqrt(3), 1e-12);

        // The mean 3k reaches 100 at step 34, which is told at the look after it, and alone they do at 100, 34 and 20.
        result.Events["high"].ShouldBe(64);
        Numbers(result).ShouldBe(new Dictionary<string, double>(StringComparer.Ordinal) { ["high-replicas"] = 3, ["high-median"] = 64, ["high-q10"] = Quantile.OfSorted([32, 64, 128], 0.1), ["high-q90"] = Quantile.OfSorted([32, 64, 128], 0.9) });
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(Large)]
    public void WhereAllDivergeTheTrajectoryEndsBeforeTheFirst(double stateBytes)
    {
        var result = Run(Plan(3, stateBytes, new() { [0] = 20, [1] = 8, [2] = 150 }));
        result.Status.Message.ShouldBe("3 of 3 replicas: diverged at step 8; the trajectory is kept up to the first of them; take less");
        result.Steps.ShouldBe([0, 5]);
        result.Replicas.ShouldBe([0, 1, 2]);
        result.Mean(1, 0).ShouldBe(10);
        result.Events["high"].ShouldBeNull();
        Numbers(result)["high-replicas"].ShouldBe(0);
        Numbers(result).Count.ShouldBe(1, "what has not happened has no quantiles");
    }

    [Fact]
    public void EventsAreLocatedToTheStep()
    {
        // The mean of three is 2k, which reaches 100 at step 50; the looks are at 32, 64, 96, ….
        Run(Plan(3, 1e3)).Events["high"].ShouldBe(50);
        Run(Plan(3, Large)).Events["high"].ShouldBe(64, "states that do not fit together are not kept, and the event is that of the look");
        var own = Numbers(Run(Plan(3, 1e3)));
        (own["high-replicas"], own["high-median"], own["high-q90"]).ShouldBe((3, 64, Quantile.OfSorted([64, 64, 128], 0.9)));

        // Two of five have it within the run.
        own = Numbers(Run(Plan(5, 1e3, level: 799)));
        own["high-replicas"].ShouldBe(2);
        own.ShouldNotContainKey("high-median");
        own["high-q10"].ShouldBe(Quantile.OfSorted([160, 200], 0.4));
    }

    [Fact]
    public void ReplicasThatHadNotBegunAreLeftOutOfAnInterruptedRun()
    {
        using var source = new CancellationTokenSource();
        var plan = Plan(3, 1e3, advanced: (replica, step) =>
        {
            if (replica == 0 && step == 5)
                source.Cancel();
        }) with
        { Watch = null, Options = new ScriptedOptions(3, Threads: 1) };
        var result = Ensemble.Run(plan, new SolveContext(null, null, source.Token));
        result.Replicas.ShouldBe([0]);
        result.Steps.ShouldBe([0, 5]);
        result.Status.ShouldBe(new SolveStatus(SolveOutcome.Cancelled, "cancelled after step 5; the trajectory of the 1 of 3 replicas that had come so far is kept up to there"));
        result.Columns(Value, (replica, row) => result[replica, row, 0]).ShouldHaveSingleItem().Values.ShouldBe([0, 5]);

        // Cancelled before anything: the start.
        foreach (var bytes in (double[])[1e3, Large])
        {
            var start = Ensemble.Run(plan with { StateBytes = bytes }, new SolveContext(null, null, new CancellationToken(canceled: true)));
            start.Steps.ShouldBe([0]);
            start.Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(Large)]
    public void AResumedEnsembleHasTheSameRowsAndEvents(double stateBytes)
    {
        var diverging = new Dictionary<int, long> { [2] = 90 };
        foreach (var script in (Dictionary<int, long>[])[[], diverging])
        {
            var whole = Run(Plan(4, stateBytes, script));
            using var source = new CancellationTokenSource();
            var store = new MemoryStore();
            Ensemble.Run(Plan(4, stateBytes, script, advanced: (_, step) =>
            {
                if (step >= 64)
                    source.Cancel();
            }), new SolveContext(null, store, source.Token)).Status.Outcome.ShouldNotBe(SolveOutcome.Completed);
            var resumed = Ensemble.Run(Plan(4, stateBytes, script), new SolveContext(null, store, CancellationToken.None));
            store.Continued.ShouldNotBeEmpty();
            resumed.Status.ShouldBe(whole.Status);
            resumed.Steps.ShouldBe(whole.Steps);
            for (var row = 0; row < Grid.Length; row++)
                resumed.Mean(row, 0).ShouldBe(whole.Mean(row, 0));
            resumed.Events.ShouldBe(whole.Events);
            Numbers(resumed).ShouldBe(Numbers(whole));
        }
    }

    private static Dictionary<string, double> Numbers(EnsembleResult result) => result.Summary.ToDictionary(number => number.Name, number => number.Value, StringComparer.Ordinal);

    private static EnsembleResult Run(EnsemblePlan plan)
    {
        var result = Ensemble.Run(plan, new SolveContext(null, null, CancellationToken.None));
        foreach (var threads in (int[])[1, 7])
        {
            var other = Ensemble.Run(plan with { Options = new ScriptedOptions(plan.Options.Replicas, threads) }, new SolveContext(null, null, CancellationToken.None));
            other.Steps.ShouldBe(result.Steps);
            other.Events.ShouldBe(result.Events);
            Numbers(other).ShouldBe(Numbers(result));
        }

        return result;
    }

    private static EnsemblePlan Plan(int replicas, double stateBytes, Dictionary<int, long>? divergesAt = null, Action<int, long>? advanced = null, double level = 100) => new()
    {
        Options = new ScriptedOptions(replicas),
        Grid = Grid,
        Width = 2,
        Make = replica => new ScriptedTrajectory(replica, divergesAt is not null && divergesAt.TryGetValue(replica, out var step) ? step : null, advanced),
        StepWork = 1,
        StateBytes = stateBytes,
        Identity = "scripted",
        Watch = new EnsembleWatch([new NamedQuantity("high", "T", "The level.")], () => new LevelWatch(level), step => step),
        Divergence = step => new Divergence(FormattableString.Invariant($"diverged at step {step}"), "take less"),
    };
}
