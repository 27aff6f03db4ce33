using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>The SGD engine: the same bits for every number of threads and across checkpoints, in both precisions; single precision keeps the law.</summary>
public sealed class SgdEngineTests
{
    [Theory]
    [InlineData(SamplingPrecision.Double, 1)]
    [InlineData(SamplingPrecision.Double, 3)]
    [InlineData(SamplingPrecision.Single, 1)]
    [InlineData(SamplingPrecision.Single, 3)]
    public void AReplicaSharedByThreadsHasTheSameBits(SamplingPrecision precision, int batch)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(70_001, 1.2), Noise = 0.1 };
        Solution Solve(int threads) => problem.Solve(
            new OnlineSgd { LearningRate = 1e-3, AtSteps = [1, 40, 130], Replicas = 2, Batch = batch, Precision = precision, Threads = threads });
        var one = Solve(1);
        foreach (var threads in new[] { 2, 7, 16 })
        {
            var several = Solve(threads);
            foreach (var observable in one.Observables)
                several[observable.Name].ShouldBe(observable.Values);
        }
    }

    [Theory]
    [InlineData(SamplingPrecision.Double, 1)]
    [InlineData(SamplingPrecision.Single, 4)]
    public void AnInterruptedSolveContinuesWithTheSameBits(SamplingPrecision precision, int batch)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(300, 1.5), Noise = 0.05 };
        var method = new OnlineSgd { LearningRate = 1e-3, Steps = 30_000, Points = 30, Replicas = 3, Batch = batch, Precision = precision };
        var whole = problem.Solve(method);
        var store = new MemoryStore();
        using var stop = new CancellationTokenSource();
        var first = problem.Solve(method with { Threads = 1 }, store, new StopAt(0.6, stop), stop.Token);
        first.Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        store.States.Count.ShouldBeGreaterThan(0);
        var second = problem.Solve(method with { Threads = 2 }, store);
        second.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        foreach (var observable in whole.Observables)
            second[observable.Name].ShouldBe(observable.Values);
    }

    [Theory]
    [InlineData(SamplingPrecision.Double, new[] { 0.02 })]
    [InlineData(SamplingPrecision.Double, new[] { 0.1, 0.3, 0.5, 0.7 })]
    [InlineData(SamplingPrecision.Single, new[] { 0.05, 0.2, 0.4, 0.9 })]
    public void EventsOfARunThatWasInterruptedAreThoseOfOneThatWasNot(SamplingPrecision precision, double[] fractions)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(30, 1.2), Teacher = Teacher.Ones(), Start = Start.Alternating(), Noise = 0.02 };
        var method = new OnlineSgd { LearningRate = 1e-3, Steps = 20_000, Points = 6, Replicas = 3, Seed = 5, Precision = precision };
        var whole = problem.Solve(method);
        whole.Events.Count.ShouldBe(4);
        foreach (var (name, time) in whole.Events.Where(pair => pair.Key != "dip"))
            time.ShouldNotBeNull($"{name} must happen, or nothing is tested");
        var store = new MemoryStore();
        foreach (var fraction in fractions)
        {
            using var stop = new CancellationTokenSource();
            problem.Solve(method with { Threads = 1 }, store, new StopAt(fraction, stop), stop.Token).Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        }

        var last = problem.Solve(method with { Threads = 2 }, store);
        store.Continued.ShouldNotBeEmpty();
        foreach (var (name, time) in whole.Events)
            last.Events[name].ShouldBe(time, name);
        foreach (var observable in whole.Observables)
            last[observable.Name].ShouldBe(observable.Values);
    }

    [Fact]
    public void DamagedAndForeignStatesAreIgnored()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(50, 1.5) };
        var method = new OnlineSgd { LearningRate = 1e-3, Steps = 2000, Points = 5, Replicas = 2 };
        var store = new MemoryStore();
        var whole = problem.Solve(method, store);

        // One bit flipped in one replica, and the states of another seed in the other.
        store.States["replica-0"][100] ^= 1;
        var other = new MemoryStore();
        problem.Solve(method with { Seed = 9 }, other);
        store.States["replica-1"] = other.States["replica-1"];
        problem.Solve(method, store)["mse"].ShouldBe(whole["mse"]);
        store.Continued.ShouldBeEmpty("neither state may be taken");
        problem.Solve(method, store)["mse"].ShouldBe(whole["mse"]);
        store.Continued.Order().ShouldBe(["replica-0", "replica-1"]);
    }

    [Fact]
    public void AShortReplicaSavesNothing()
    {
        var store = new MemoryStore { IsSlow = true };
        new PhaseRetrievalProblem().Solve(new OnlineSgd { Steps = 20, Points = 3, Replicas = 3 }, store);
        store.States.ShouldBeEmpty();
    }

    [Fact]
    public void SinglePrecisionFollowsTheMeanFieldTheory()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(100, 1), Teacher = Teacher.Ones(), Start = Start.Alternating(), Noise = 0.05 };
        long[] steps = [1000, 10_000, 50_000, 100_000];
        var sgd = problem.Solve(new OnlineSgd { LearningRate = 2e-4, AtSteps = steps, Replicas = 48, Precision = SamplingPrecision.Single, Seed = 3 });
        var theory = problem.Solve(new SgdTheory { LearningRate = 2e-4, AtSteps = steps });
        foreach (var name in new[] { "s", "u", "mse" })
        {
            for (var row = 0; row < steps.Length; row++)
                Math.Abs(sgd[name][row] - theory[name][row]).ShouldBeLessThan(4 * sgd[name + "-se"][row]);
        }
    }
}
