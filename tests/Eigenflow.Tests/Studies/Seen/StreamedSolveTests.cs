using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Tests.Conformance;
using Eigenflow.Tests.Dynamics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>A run that is watched gives the bits of one that is not, and what is seen of it on the way are its first rows.</summary>
public sealed class StreamedSolveTests
{
    public static TheoryData<string, string> Methods() => ResumeTests.Methods();

    [Theory]
    [MemberData(nameof(Methods))]
    public void AWatchedRunHasTheBitsOfAnother(string id, string method)
    {
        var system = TestedSystems.Find(id);
        var streamed = new StreamedSolve(system, system.Smallest(method)) { ShortestInterval = TimeSpan.Zero, LongestInterval = TimeSpan.Zero };
        Bits.OfAll(streamed.Run(null, _ => { }, TestContext.Current.CancellationToken)).ShouldBe(Bits.OfAll(SmallSolutions.Of(id, method)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void WhatWasReachedAreItsFirstRows(string id, string method)
    {
        var (system, whole) = (TestedSystems.Find(id), SmallSolutions.Of(id, method));
        var run = system.Smallest(method);
        using var source = new CancellationTokenSource();
        var all = new Stop(source, -1);
        system.Solve(run, all, cancellation: TestContext.Current.CancellationToken);
        var store = new MemoryStore();
        system.Solve(run, new Stop(source, (all.Count / 2) + 1), store, source.Token);

        // Methods that tell nothing of a part of a run, such as ladders whose unit is the last loss, show nothing on the way.
        if (new StreamedSolve(system, run).Reached(store.States, TestContext.Current.CancellationToken) is not { } reached)
            return;
        reached.Rows.ShouldBeLessThanOrEqualTo(whole.Rows);
        Bits.Of(reached).ShouldBe(Bits.Of(whole, reached.Rows));
    }

    [Fact]
    public void PointsAppearBeforeTheEnd()
    {
        var system = TestedSystems.Find("phase-retrieval");
        var run = system.Smallest("sgd", ("dimension", "50"), ("steps", "400000"), ("points", "40"));
        var whole = system.Solve(run, cancellation: TestContext.Current.CancellationToken);
        var rows = new List<Solution>();
        var streamed = new StreamedSolve(system, run) { ShortestInterval = TimeSpan.FromMilliseconds(5), LongestInterval = TimeSpan.FromMilliseconds(10) };

        // On a busy machine the run would be over before anybody looks: it waits for that.
        Bits.OfAll(streamed.Run(new Unhurried(() => rows.Count > 0), rows.Add, TestContext.Current.CancellationToken)).ShouldBe(Bits.OfAll(whole));
        rows.ShouldNotBeEmpty();
        rows.Select(solution => solution.Rows).ShouldBeInOrder();
        rows.ShouldAllBe(solution => solution.Status.Outcome == SolveOutcome.Cancelled && Bits.Of(solution, null) == Bits.Of(whole, solution.Rows));
    }

    [Fact]
    public void ACancelledRunKeepsWhatItReached()
    {
        var system = TestedSystems.Find("phase-retrieval");
        var run = system.Smallest("sgd", ("dimension", "50"), ("steps", "100000000"), ("points", "40"));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var streamed = new StreamedSolve(system, run) { ShortestInterval = TimeSpan.FromMilliseconds(20) };
        var solution = streamed.Run(null, _ => source.Cancel(), source.Token);
        solution.Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        solution.Rows.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void ARunThatIsRefusedIsRefused()
    {
        var system = TestedSystems.Find("phase-retrieval");
        var run = system.Smallest("sgd", ("steps", "1000000000000000"), ("replicas", "60000"), ("dimension", "1000"));
        Should.Throw<ParameterException>(() => new StreamedSolve(system, run).Run(null, _ => { }, TestContext.Current.CancellationToken)).Parameter.ShouldBe("steps");
    }

    /// <summary>Holds a run up, at each of its reports, as long as nothing was seen of it.</summary>
    private sealed class Unhurried(Func<bool> isSeen) : IProgress<Progress>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

        public void Report(Progress value) => SpinWait.SpinUntil(isSeen, Longest);
    }
}
