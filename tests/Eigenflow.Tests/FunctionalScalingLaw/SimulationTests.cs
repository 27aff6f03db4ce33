using Eigenflow.Systems.FunctionalScalingLaw;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>SGD against the exact moments, and the properties of the ensemble.</summary>
public sealed class SimulationTests
{
    private static readonly long[] Recorded = [1, 10, 100, 500, 1000];

    // 2000 runs, batch 1. For one seed the largest of five correlated normal distances is below 3 with probability 0.99.
    [Theory]
    [InlineData("cosine", 0.0, null)]
    [InlineData("wsd", 0.002, 200L)]
    [InlineData("cyclic:4", 0.02, null)]
    public void TheMeanOf2000RunsIsThatOfTheExactMoments(string schedule, double final, long? decay)
    {
        var problem = Cases.First(schedule, final, decay);
        var sgd = problem.Solve(new OnlineSgd { Replicas = 2000, AtSteps = Recorded, Seed = 5 });
        var exact = problem.Solve(new ExactMoments { AtSteps = Recorded });
        for (var row = 0; row < Recorded.Length; row++)
        {
            // A cyclic schedule begins at its final rate; each row has scatter.
            sgd["loss-se"][row].ShouldBeGreaterThan(0);
            (Math.Abs(sgd["loss"][row] - exact["loss"][row]) / sgd["loss-se"][row]).ShouldBeLessThan(3, $"{schedule}, step {Recorded[row]}");
        }
    }

    [Fact]
    public void TheResultDoesNotDependOnTheNumberOfThreads()
    {
        var problem = Cases.First("wsd", 0.002, 200) with { Batch = Eigenflow.Schedules.BatchSchedule.Parse("2*3@0.5") };
        var one = problem.Solve(new OnlineSgd { Replicas = 7, Threads = 1 });
        foreach (var threads in new[] { 2, 5 })
            problem.Solve(new OnlineSgd { Replicas = 7, Threads = threads })["loss"].ShouldBe(one["loss"]);
    }

    [Fact]
    public void BatchesAverageTheNoise()
    {
        var small = Cases.Problem(2, 1, 64, 64, 1, 400, 1, "constant", 0.05);
        var large = Cases.Problem(2, 1, 64, 64, 1, 400, 16, "constant", 0.05);
        var exact = large.Solve(new ExactMoments { AtSteps = [400] });
        var sgd = large.Solve(new OnlineSgd { Replicas = 400, AtSteps = [400] });
        (Math.Abs(sgd.Last("loss") - exact.Last("loss")) / sgd.Last("loss-se")).ShouldBeLessThan(3);
        (exact.Last("noise") * 14).ShouldBeLessThan(small.Solve(new ExactMoments { AtSteps = [400] }).Last("noise"));
    }

    [Fact]
    public void RandomFeaturesNeedTheNormalisedProjection()
    {
        // With w_j ~ N(0, I/M) eigenvalues keep their size; without the 1/M they would be M times too large.
        var modes = new ScalingLawProblem { Capacity = 2, Difficulty = 0.5, Features = 1000, ModelSize = 200, Projection = Projection.Random }.Modes();
        modes.Largest.ShouldBeInRange(0.7, 1.4);
    }

    [Fact]
    public void TheLawFittedOnOneScheduleTransfersToTheReferenceErrors()
    {
        long[] all = [.. Enumerable.Range(0, 1001).Select(step => (long)step)];
        var fit = Cases.First("8-1-1");
        var overlay = LawOverlay.Fit(fit.Solve(new ExactMoments { AtSteps = all }), fit.Solve(new ScalingLaw { AtSteps = all }));
        overlay.Constant.ShouldBe(0, 1e-12);
        overlay.Signal.ShouldBe(0.48882918, 1e-6);
        overlay.Noise.ShouldBe(0.76404593, 1e-6);
        foreach (var (schedule, final, decay, error) in new[] { ("cosine", 0.0, (long?)null, 0.010788), ("wsd", 0.002, 200L, 0.005997), ("cyclic:4", 0.02, null, 0.008944) })
        {
            var problem = Cases.First(schedule, final, decay);
            overlay.Compare(problem.Solve(new ExactMoments { AtSteps = all }), problem.Solve(new ScalingLaw { AtSteps = all })).LogError.ShouldBe(error, 1e-6);
        }
    }
}
