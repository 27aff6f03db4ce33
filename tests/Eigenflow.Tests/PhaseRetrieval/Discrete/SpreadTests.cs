using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>What is said of the spread of online SGD where its theory does not hold: few steps, steps beyond the edge, many modes.</summary>
public sealed class SpreadTests
{
    // A sum of few products of normal numbers has heavy tails: there is no band, and where there is one it is that of runs.
    [Fact]
    public void BandsNeedManySteps()
    {
        var problem = Reference.Problem(20, 1) with { Noise = 0.05 };
        long[] steps = [0, 1, 10, 50, 150, 400];
        var runs = problem.Solve(new OnlineSgd { LearningRate = 0.001, AtSteps = steps, Replicas = 1500, Seed = 3 });
        var theory = problem.Solve(new SgdLinearNoise { LearningRate = 0.001, AtSteps = steps });
        theory.Warnings.Single().ShouldContain("at 3 of 6 rows, step 1 to 50, fewer than 100 steps");
        for (var row = 0; row < steps.Length; row++)
        {
            var isGiven = steps[row] is 0 or > 100;
            theory["u-sd"][row].ShouldNotBe(double.NaN);
            foreach (var name in new[] { "u", "s", "loss" })
            {
                double.IsNaN(theory[name + ReplicaColumns.Low][row]).ShouldBe(!isGiven);
                double.IsNaN(theory[name + ReplicaColumns.High][row]).ShouldBe(!isGiven);
                if (isGiven && steps[row] > 0)
                    ((runs[name + ReplicaColumns.High][row] - runs[name + ReplicaColumns.Low][row]) / (theory[name + ReplicaColumns.High][row] - theory[name + ReplicaColumns.Low][row])).ShouldBe(1, 0.15, $"{name} at {steps[row]}");
            }
        }

        theory["u" + ReplicaColumns.Low][0].ShouldBe(theory["u"][0]);
    }

    [Fact]
    public void TheLargestNumberOfModesByThemselvesIsNamed() =>
        Should.Throw<ParameterException>(() => Reference.Problem(1_000_000, 2).Solve(new SgdLinearNoise { Steps = 1, Modes = ModeRepresentation.Full })).Message.ShouldContain("8192");

    // Beyond the edge of the mean square and below that of the mean field, which is 1.6 times as large: the advice is the edge.
    [Fact]
    public void SgdIsAdvisedByTheMeanSquare()
    {
        var problem = Reference.Problem(100, 2);
        var modes = problem.Modes(ModeRepresentation.Full);
        var (edge, field) = (new TeacherFluctuations(modes, 1).LargestRate(), NoiseFloor.LargestLearningRate(modes, 1));
        edge.ShouldBe(0.01381, 1e-5);
        field.ShouldBe(0.02257, 1e-5);
        problem.Solve(new OnlineSgd { LearningRate = 0.02, Steps = 20_000, AtSteps = [20_000], Replicas = 16 }).Status.Message.ShouldContain("0.01381");
        problem.Solve(new OnlineSgd { LearningRate = 0.02, Steps = 2, Replicas = 2 }).Warnings.Single().ShouldContain("0.01381");
        problem.Solve(new OnlineSgd { LearningRate = 0.013, Steps = 2, Replicas = 2 }).Warnings.ShouldBeEmpty();
    }
}
