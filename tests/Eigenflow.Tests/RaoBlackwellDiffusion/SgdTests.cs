using Eigenflow.Solutions;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>SGD against its exact moments, its floor and its edge of stability.</summary>
public sealed class SgdTests
{
    private const double Errors = 4.5;

    [Theory]
    [InlineData("global-sign", EstimatorKind.Plain, ModelKind.Linear, 0)]
    [InlineData("global-sign", EstimatorKind.Orbit, ModelKind.Linear, 0)]
    [InlineData("global-sign", EstimatorKind.Augmented, ModelKind.Posterior, 0)]
    [InlineData("cyclic:4", EstimatorKind.Plain, ModelKind.Linear, 0.1)]
    [InlineData("cyclic:4", EstimatorKind.Augmented, ModelKind.Linear, 0.1)]
    [InlineData("cyclic:4", EstimatorKind.Orbit, ModelKind.Linear, 0.1)]
    [InlineData("cyclic:4", EstimatorKind.Full, ModelKind.Linear, 0.1)]
    [InlineData("cyclic:4", EstimatorKind.Orbit, ModelKind.Posterior, 0)]
    [InlineData("so2", EstimatorKind.Augmented, ModelKind.Linear, 0)]
    [InlineData("so2", EstimatorKind.Orbit, ModelKind.Linear, 0)]
    public void MeansOfRunsAreTheExactMoments(string group, EstimatorKind kind, ModelKind model, double spread)
    {
        var problem = Problem(group) with { Estimator = kind, Spread = spread };
        var theory = problem.Solve(new SgdTheory { Model = model, Batch = 2, Steps = 120, AtSteps = [1, 10, 60, 120] });
        var runs = problem.Solve(new OnlineSgd { Model = model, Batch = 2, Steps = 120, AtSteps = [1, 10, 60, 120], Replicas = 1500, Seed = 2, Threads = 1 });
        foreach (var name in (string[])["distance", "mean-distance", "excess-risk"])
        {
            for (var row = 0; row < 4; row++)
                Math.Abs(runs[name][row] - theory[name][row]).ShouldBeLessThan(Errors * runs[name + ReplicaColumns.Error][row], $"{name} in row {row + 1}: {runs[name][row]}, exact {theory[name][row]}");
        }

        runs["distance-se"][^1].ShouldBeLessThan(0.1 * theory["distance"][^1], "the test can tell");
    }

    [Theory]
    [InlineData(EstimatorKind.Snis)]
    [InlineData(EstimatorKind.LocalExact)]
    public void UnbiasedSampledTargetsHaveTheMeanOfTheExactOnes(EstimatorKind kind)
    {
        var problem = Problem("so2") with { Estimator = kind, Samples = 3 };
        var theory = (problem with { Estimator = EstimatorKind.Orbit }).Solve(new SgdTheory { Batch = 2, Steps = 60, AtSteps = [10, 60] });
        var runs = problem.Solve(new OnlineSgd { Batch = 2, Steps = 60, AtSteps = [10, 60], Replicas = 1500, Seed = 2, Threads = 1 });
        for (var row = 0; row < 2; row++)
            Math.Abs(runs["mean-distance"][row] - theory["mean-distance"][row]).ShouldBeLessThan(Errors * runs["mean-distance-se"][row]);
        runs["distance"][^1].ShouldBeGreaterThan(theory["distance"][^1]);
    }

    [Theory]
    [InlineData("global-sign", 0)]
    [InlineData("cyclic:4", 0.1)]
    [InlineData("so2", 0)]
    public void FloorsAndTheEdge(string group, double spread)
    {
        var problem = Problem(group) with { Spread = spread };
        var (moments, _) = SgdTheory.MomentsOf(problem, ModelKind.Linear, 2, CancellationToken.None);
        var edge = moments.LargestRate();
        var rate = 0.3 * edge;
        var far = problem.Solve(new SgdTheory { Batch = 2, LearningRate = rate, Steps = 4000, AtSteps = [4000] });
        moments.Stationary(rate)!.Trace().ShouldBe(far["distance"][^1], 1e-8 * far["distance"][^1]);
        moments.Stationary(1.01 * edge).ShouldBeNull();

        // A little above the edge the distance grows, a little below it does not.
        double Late(double part) => problem.Solve(new SgdTheory { Batch = 2, LearningRate = part * edge, Steps = 6000, AtSteps = [3000, 6000] }) is var solution && solution.Rows == 2 ? solution["distance"][1] / solution["distance"][0] : 2;
        Late(0.98).ShouldBeLessThan(1.01);
        Late(1.02).ShouldBeGreaterThan(1.5);
    }

    [Fact]
    public void ARealisableOptimumHasNoFloorWithOneTemplateAlone()
    {
        double Last(string group, EstimatorKind kind) => (Problem(group) with { Estimator = kind }).Solve(new SgdTheory { Model = ModelKind.Posterior, Steps = 3000, AtSteps = [3000] })["distance"][^1];
        Last("so2", EstimatorKind.Orbit).ShouldBeLessThan(1e-12);
        Last("so2", EstimatorKind.Augmented).ShouldBeGreaterThan(1e-4);
        Last("cyclic:4", EstimatorKind.Full).ShouldBeLessThan(1e-12);
        Last("cyclic:4", EstimatorKind.Orbit).ShouldBeGreaterThan(1e-6);
    }

    [Fact]
    public void CentredCloudsKeepTheirCentre()
    {
        var problem = Clouds.Problem("so2", 2, Clouds.Planar(Clouds.Template), 4, 0.8, 1) with { IsCentred = true, Estimator = EstimatorKind.Orbit };
        var theory = problem.Solve(new SgdTheory { Batch = 2, Steps = 60, AtSteps = [60] });
        var runs = problem.Solve(new OnlineSgd { Batch = 2, Steps = 60, AtSteps = [60], Replicas = 800, Seed = 2, Threads = 1 });
        Math.Abs(runs["distance"][0] - theory["distance"][0]).ShouldBeLessThan(Errors * runs["distance-se"][0]);
        var (moments, _) = SgdTheory.MomentsOf(problem, ModelKind.Linear, 1, CancellationToken.None);
        moments.Stationary(0.001)!.Trace().ShouldBeGreaterThan(0);
    }

    private static DiffusionProblem Problem(string group) => group switch
    {
        "global-sign" => Clouds.Problem(group, 1, [1]),
        "cyclic:4" => Clouds.Problem(group, 2, [1, 0.2, 0.3, 0.8], 1, 0.5, 1),
        _ => Clouds.Problem(group, 2, [1, 0.2, -0.4, 0.9], 2, 0.7, 1),
    };
}
