using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class SgdTests
{
    private static readonly PhaseRetrievalProblem Problem = Reference.Problem(40, 1.2) with { Noise = 0.05 };

    [Fact]
    public void ResultIsTheSameForAnyNumberOfThreads()
    {
        var method = new OnlineSgd { LearningRate = 2e-3, Steps = 3000, Replicas = 7, Points = 20, Batch = 2 };
        var one = Problem.Solve(method with { Threads = 1 });
        foreach (var threads in new[] { 2, 7 })
        {
            var other = Problem.Solve(method with { Threads = threads });
            other.Observables.Count.ShouldBe(one.Observables.Count);
            foreach (var column in one.Observables)
                other[column.Name].Select(BitConverter.DoubleToInt64Bits).ShouldBe(column.Values.Select(BitConverter.DoubleToInt64Bits), column.Name);
        }
    }

    [Fact]
    public void ReplicasKeepTheirPathsWhenMoreAreAdded()
    {
        var method = new OnlineSgd { LearningRate = 2e-3, AtSteps = [500], Replicas = 1 };
        var single = Problem.Solve(method)["u"][0];
        var pair = Problem.Solve(method with { Replicas = 2 });
        Math.Min(Math.Abs(pair["u-q10"][0] - single), Math.Abs(pair["u-q90"][0] - single))
            .ShouldBe(0.1 * Math.Abs(pair["u-q90"][0] - pair["u-q10"][0]) / 0.8, 1e-12, "quantiles interpolate between the two values");
    }

    [Fact]
    public void SavingMoreRowsDoesNotChangeThePath()
    {
        var method = new OnlineSgd { LearningRate = 2e-3, Replicas = 2, Seed = 5 };
        var few = Problem.Solve(method with { AtSteps = [1000] });
        var many = Problem.Solve(method with { AtSteps = [0, 1, 63, 64, 65, 500, 999, 1000] });
        many["mse"][^1].ShouldBe(few["mse"][0]);
        many["mse"][1].ShouldNotBe(many["mse"][0]);
    }

    [Fact]
    public void OneStepIsTheStatedUpdate()
    {
        const int batch = 3;
        const double rate = 0.01;
        var modes = Problem.Modes(ModeRepresentation.Full);
        var w = (double[])modes.Start.Clone();
        for (var step = 0; step < 5; step++)
        {
            var change = new double[40];
            for (var b = 0; b < batch; b++)
            {
                var number = (step * batch) + b;
                var x = new double[40];
                var xi = new double[1];
                Eigenflow.Random.GaussianGenerator.Fill(new Eigenflow.Random.GaussianAddress(9, RandomStreams.Samples, 0, number), 0, x);
                Eigenflow.Random.GaussianGenerator.Fill(new Eigenflow.Random.GaussianAddress(9, RandomStreams.LabelNoise, 0, 0), number, xi);
                double student = 0, teacher = 0;
                for (var i = 0; i < 40; i++)
                {
                    x[i] *= Math.Sqrt(modes.Eigenvalues[i]);
                    student += x[i] * w[i];
                    teacher += x[i] * modes.Teacher[i];
                }

                var label = (teacher * teacher) + (Math.Sqrt(0.05) * xi[0]);
                for (var i = 0; i < 40; i++)
                    change[i] -= rate / batch * 4 * ((student * student) - label) * student * x[i];
            }

            for (var i = 0; i < 40; i++)
                w[i] += change[i];
        }

        var solution = Problem.Solve(new OnlineSgd { LearningRate = rate, Batch = batch, AtSteps = [5], Replicas = 1, Seed = 9 });
        var (s, u) = Landscape.Of(Problem).Overlaps(w);
        solution["s"][0].ShouldBe(s, 1e-14);
        solution["u"][0].ShouldBe(u, 1e-14);
    }

    [Fact]
    public void LargeBatchesFollowGradientDescent()
    {
        var quiet = Problem with { Noise = 0 };
        var descent = quiet.Solve(new GradientDescent { LearningRate = 0.02, AtSteps = [50] });
        var sgd = quiet.Solve(new OnlineSgd { LearningRate = 0.02, AtSteps = [50], Batch = 4000, Replicas = 4 });
        sgd["u"][0].ShouldBe(descent["u"][0], 0.01);
        sgd["s"][0].ShouldBe(descent["s"][0], 0.02);
    }

    [Fact]
    public void DivergenceKeepsTheCommonTrajectoryAndNamesTheLargestRate()
    {
        var solution = Problem.Solve(new OnlineSgd { LearningRate = 0.5, Steps = 5000, Replicas = 3 });
        solution.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        solution.Status.Message.ShouldContain("diverged at step");
        solution.Status.Message.ShouldContain("use learning-rate <");
        solution.Times.Length.ShouldBeGreaterThan(0);
        solution.Times.Length.ShouldBe(solution["mse"].Length);
        solution["s"].ShouldAllBe(value => value <= 1000);
    }

    [Fact]
    public void StartAboveTheBoundIsReportedWithItsFirstRow()
    {
        var far = Problem with { Start = Start.FromValues(Enumerable.Repeat(1e3, 40)) };
        var solution = far.Solve(new OnlineSgd { LearningRate = 1e-3, Steps = 10, Replicas = 2 });
        solution.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        solution.Times.ShouldBe([0]);
    }

    [Fact]
    public void CancelledRunKeepsTheRowsThatEveryReplicaHasReached()
    {
        using var source = new CancellationTokenSource();
        var progress = new Canceller(source, 0.3);
        var solution = Problem.Solve(new OnlineSgd { LearningRate = 1e-3, Steps = 200_000, Replicas = 2, Points = 200 }, progress, source.Token);
        solution.Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        solution.Times.Length.ShouldBeInRange(1, 200);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 65_536)]
    public void BatchAndReplicasHaveTheirRanges(int batch, int replicas) =>
        Should.Throw<ParameterException>(() => Problem.Solve(new OnlineSgd { Batch = batch, Replicas = replicas }));

    private sealed class Canceller(CancellationTokenSource source, double at) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            if (value.Fraction > at)
                source.Cancel();
        }
    }
}
