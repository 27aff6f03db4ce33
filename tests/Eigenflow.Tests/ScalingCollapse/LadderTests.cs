using Eigenflow.Schedules;
using Eigenflow.Systems;
using Eigenflow.Systems.ScalingCollapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingCollapse;

/// <summary>The solvable ladder beside the values of an independent program (docs/systems/scaling-collapse.md).</summary>
public sealed class LadderTests
{
    private static readonly ScalingProblem Single = new() { Models = [64], Batch = 1 };

    [Theory]
    [InlineData("linear", 0, 256.1, 0.04028737583, 0.03332884886, 0.1958509899)]
    [InlineData("cosine", 0.01, 256.1, 0.04022659814, 0.03349671313, 0.2198732368)]
    [InlineData("decay:0.2+linear", 0.01, 460.9, 0.04576620774, 0.03167303623, 0.2548593569)]
    public void MeanLossAndTrace(string schedule, double noise, double time, double half, double end, double trace)
    {
        var solution = (Single with { Shape = ScheduleText.Parse(schedule), Noise = noise, Horizon = 1 }).Solve(new LadderTheory { AtSteps = [1280, 2560] });
        solution["step"].ShouldBe([1280, 2560]);
        solution["x"].ShouldBe([0.5, 1]);
        solution.Times[1].ShouldBe(time, 1e-9 * time);
        solution["loss"][0].ShouldBe(half, 1e-6 * half);
        solution["loss"][1].ShouldBe(end, 1e-6 * end);
        solution["trace"][0].ShouldBe(trace, 1e-6 * trace);
        solution["normalized"].ShouldBe([half / end, 1], 1e-6);
    }

    [Fact]
    public void SeedNoiseByWick()
    {
        var solution = (Single with { Shape = new PowerShape(1), Batch = 4 }).Solve(new LadderTheory { AtSteps = [256, 1280, 2304, 2560] });
        double[] floor = [0.04457540149, 0.0221783189, 0.007269910363], deviation = [0.04439405046, 0.02122236279, 0.004532734275];
        for (var row = 0; row < 3; row++)
        {
            solution["floor"][row].ShouldBe(floor[row], 1e-6 * floor[row]);
            solution["deviation"][row].ShouldBe(deviation[row], 1e-6 * deviation[row]);
        }

        solution["deviation"][3].ShouldBe(0, 1e-7);
    }

    [Theory]
    [InlineData("constant", 2.0494, 2.0509, 2.1340)]
    [InlineData("linear", 2.2770, 2.3940, 2.5433)]
    public void CollapseOfTheMean(string schedule, double small, double middle, double large)
    {
        var solution = new ScalingProblem { Models = [16, 64, 256], Batch = 1, Shape = ScheduleText.Parse(schedule) }.Solve(new LadderTheory { Points = 10 });
        solution["normalized-16"][0].ShouldBe(small, 1e-4);
        solution["normalized-64"][0].ShouldBe(middle, 1e-4);
        solution["normalized-256"][0].ShouldBe(large, 1e-4);
        solution["normalized"].ShouldBe(solution["normalized-256"]);
    }

    [Fact]
    public void SimulationFollowsTheTheoryOfItsNoise()
    {
        // Floors over 200 seeds are known to 5 %, and the theory is good to about 10 %.
        var problem = Single with { Shape = new PowerShape(1), Batch = 4 };
        var runs = problem.Solve(new LadderSgd { Replicas = 200, AtSteps = [256, 1024, 2048, 2304] });
        var theory = problem.Solve(new LadderTheory { AtSteps = [256, 1024, 2048, 2304] });
        double[] floor = [0.0446, 0.0238, 0.0116, 0.0073], deviation = [0.0440, 0.0225, 0.0097, 0.0042];
        for (var row = 0; row < 4; row++)
        {
            runs["floor"][row].ShouldBe(floor[row], 0.25 * floor[row]);
            runs["deviation"][row].ShouldBe(deviation[row], 0.25 * deviation[row]);
            Math.Abs(runs["loss"][row] - theory["loss"][row]).ShouldBeLessThan(4 * runs["loss-se"][row]);
        }
    }

    [Fact]
    public void ARunDoesNotDependOnItsLadder()
    {
        var method = new LadderSgd { Replicas = 3, Points = 10 };
        var ladder = new ScalingProblem { Models = [8, 16, 32], ModelSize = 16, Features = 256 }.Solve(method);
        var alone = new ScalingProblem { Models = [16], Features = 256 }.Solve(method);
        ladder["loss"].ShouldBe(alone["loss"]);
        ladder["normalized-16"].ShouldBe(alone["normalized"]);
        alone.Has("floor").ShouldBeTrue();
        new ScalingProblem { Models = [16], Features = 256 }.Solve(method with { Replicas = 1 }).Has("floor").ShouldBeFalse();
    }

    [Fact]
    public void WarmupComesBeforeTheHorizon()
    {
        var problem = Single with { Shape = ScheduleText.Parse("warmup:100+linear"), Batch = 4 };
        problem.StepsOf(64).ShouldBe(2660);
        var solution = problem.Solve(new LadderTheory { AtSteps = [100, 1380, 2660] });
        solution["x"].ShouldBe([0, 0.5, 1]);
        var other = (problem with { Models = [16, 64] }).Solve(new LadderTheory { Points = 4 });
        other["step"].ShouldBe([740, 1380, 2020, 2660]);
    }
}
