using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Every method solves its smallest setting, with the same bits whatever the threads, and ends where it is told to.</summary>
public sealed class SolveTests
{
    // A guard against hanging, no measurement.
    private const int Patience = 10_000;

    public static TheoryData<string, string> Methods() => TestedSystems.Methods();

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Methods))]
    public async Task TheSmallestSettingIsSolved(string id, string method)
    {
        await Task.Yield();
        var system = TestedSystems.Find(id);
        var solution = system.Solve(system.Smallest(method), cancellation: TestContext.Current.CancellationToken);
        solution.Status.ShouldBe(SolveStatus.Completed);
        (solution.System, solution.Method).ShouldBe((id, method));
        solution.Setting.ShouldBe(system.Smallest(method).Values);
        solution.Rows.ShouldBeGreaterThan(1);
        solution.Observables.ShouldAllBe(column => column.Values.Length == solution.Rows);
        for (var row = 1; row < solution.Rows; row++)
            solution.Axis.Values[row].ShouldBeGreaterThan(solution.Axis.Values[row - 1]);
        Bits.OfAll(SmallSolutions.Of(id, method)).ShouldBe(Bits.OfAll(solution), "equal settings give equal bits");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void ThreadsDoNotChangeABit(string id, string method)
    {
        var system = TestedSystems.Find(id);
        var made = MadeMethod.Of(system, system.Smallest(method));
        if (made.Record is not ISampledMethod)
            return;
        foreach (var threads in (int[])[1, 2, 7])
            Bits.OfAll(made.WithThreads(threads).Solve()).ShouldBe(Bits.OfAll(SmallSolutions.Of(id, method)), $"{threads} threads");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void CancelledAtOnceItKeepsWhatThereIs(string id, string method)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        IsBeginning(id, method, source.Token, null);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void CancelledInTheMiddleItKeepsTheRowsUpToThere(string id, string method)
    {
        var system = TestedSystems.Find(id);
        using var source = new CancellationTokenSource();
        var whole = new Stop(source, -1);
        system.Solve(system.Smallest(method), whole);
        var kept = IsBeginning(id, method, source.Token, new Stop(source, (whole.Count / 2) + 1));
        if (whole.Count > 4)
            kept.ShouldNotBeNull().Rows.ShouldBeInRange(1, SmallSolutions.Of(id, method).Rows - (IsOfFewerReplicas(kept!) ? 0 : 1));
    }

    private static bool IsOfFewerReplicas(Solution solution) => solution.Status.Message.Contains("replicas that had come so far", StringComparison.Ordinal);

    private static Solution? IsBeginning(string id, string method, CancellationToken cancellation, IProgress<Progress>? progress)
    {
        var system = TestedSystems.Find(id);
        try
        {
            var solution = system.Solve(system.Smallest(method), progress, null, cancellation);

            // What takes no time is not asked to stop.
            solution.Status.Outcome.ShouldBeOneOf(SolveOutcome.Cancelled, SolveOutcome.Completed);
            solution.Observables.ShouldAllBe(column => column.Values.Length == solution.Rows);

            // A mean over the replicas that had come so far is another one.
            if (!IsOfFewerReplicas(solution))
            {
                (solution.Status.Outcome == SolveOutcome.Completed).ShouldBe(solution.Rows == SmallSolutions.Of(id, method).Rows);
                Bits.Of(solution).ShouldBe(Bits.Of(SmallSolutions.Of(id, method), solution.Rows));
            }

            return solution;
        }
        catch (OperationCanceledException)
        {
            // There was no trajectory yet.
            cancellation.IsCancellationRequested.ShouldBeTrue();
            return null;
        }
    }
}
