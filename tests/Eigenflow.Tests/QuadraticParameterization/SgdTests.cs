using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.QuadraticParameterization;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.QuadraticParameterization;

public sealed class SgdTests
{
    private static readonly QuadraticProblem Gentle = new() { Exponent = 1.5, SignalExponent = 2, ModelSize = 32, Dimension = 4096, Start = 0.05, Noise = 0.25 };
    private static readonly QuadraticProblem Steep = new() { Exponent = 3, SignalExponent = 1.5, ModelSize = 32, Dimension = 4096, Start = 0.5, Noise = 0.25 };

    // The mean of another program over 1000 runs, with its standard error; ours of 1000 more: five of both together.
    [Theory]
    [InlineData(true, QuadraticModel.Positive, 0.3885, 0.0021, 0.1627, 0.0003, 0.1602, 0.0003)]
    [InlineData(true, QuadraticModel.Signed, 0.4160, 0.0022, 0.1738, 0.0003, 0.1712, 0.0003)]
    [InlineData(true, QuadraticModel.Linear, 0.2180, 0.0010, 0.0915, 0.0002, 0.0901, 0.0002)]
    [InlineData(false, QuadraticModel.Positive, null, null, 0.8053, 0.0004, 0.8015, 0.0004)]
    [InlineData(false, QuadraticModel.Signed, null, null, 0.8664, 0.0005, 0.8617, 0.0005)]
    [InlineData(false, QuadraticModel.Linear, null, null, 1.0007, 0.0005, 0.9969, 0.0005)]
    public void MeanOfRunsIsThatOfAnotherProgram(bool isGentle, QuadraticModel model, double? early, double? earlyError, double half, double halfError, double last, double lastError)
    {
        var runs = ((isGentle ? Gentle : Steep) with { Model = model }).Solve(Runs(1000, [100, 1000, 2000]));
        Agrees(0, early, earlyError);
        Agrees(1, half, halfError);
        Agrees(2, last, lastError);
        runs.SummaryOf("diverged-fraction").ShouldBe(0);

        void Agrees(int row, double? mean, double? error)
        {
            if (mean is { } expected)
                runs["risk"][row].ShouldBe(expected, 5 * Math.Sqrt((runs["risk-se"][row] * runs["risk-se"][row]) + (error!.Value * error.Value)));
        }
    }

    [Theory]
    [InlineData(QuadraticModel.Positive, 1)]
    [InlineData(QuadraticModel.Signed, 4)]
    public void ClosureIsTheMeanOfRunsWithinAPercentLate(QuadraticModel model, int batch)
    {
        var problem = Gentle with { Model = model };
        var runs = problem.Solve(Runs(400, [1000, 2000]) with { Batch = batch });
        var closure = problem.Solve(new MomentClosure { LearningRate = 0.05, Steps = 2000, ScheduleShape = new GeometricShape(2), AtSteps = [1000, 2000], Batch = batch });
        for (var row = 0; row < 2; row++)
            runs["risk"][row].ShouldBe(closure["risk"][row], (0.01 * closure["risk"][row]) + (5 * runs["risk-se"][row]));
        if (model == QuadraticModel.Signed)
            runs["product"][1].ShouldBe(closure["product"][1], 0.005 + (5 * runs["product-se"][1]));
    }

    [Fact]
    public void ClosureIsTheMeanOfRunsAtAConstantRate()
    {
        // A quarter of the edge: the equations without the fourth moments are 4 % low here. Two per cent, and four standard errors.
        var problem = Steep with { ModelSize = 10, Dimension = 10_000 };
        var rate = Stability.Of(problem).SafeRate;
        var runs = problem.Solve(new QuadraticSgd { LearningRate = rate, Steps = 3000, AtSteps = [3000], Replicas = 2000, Seed = 9 });
        var closure = problem.Solve(new MomentClosure { LearningRate = rate, Steps = 3000, AtSteps = [3000] })["risk"][0];
        runs["risk"][0].ShouldBe(closure, (0.02 * closure) + (4 * runs["risk-se"][0]));
        ((0.02 * closure) + (4 * runs["risk-se"][0])).ShouldBeLessThan(0.04 * closure);
    }

    [Fact]
    public void LateTheSignedClosureIsThePositiveOneHoweverLong()
    {
        var problem = Steep with { ModelSize = 10, Dimension = 10_000 };
        var method = new MomentClosure { Steps = 100_000, AtSteps = [30_000, 100_000] };
        var signed = problem.Solve(method);
        var positive = (problem with { Model = QuadraticModel.Positive }).Solve(method);
        signed.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        for (var row = 0; row < 2; row++)
            signed["risk"][row].ShouldBe(positive["risk"][row], 1e-3 * positive["risk"][row]);

        // The mirror image drops the other part.
        var mirrored = new QuadraticProblem { Eigenvalues = [1, 0.3], Target = [-1, -1], ModelSize = 2, Start = 0.5 };
        var straight = mirrored with { Target = [1, 1] };
        mirrored.Solve(method)["risk"][1].ShouldBe(straight.Solve(method)["risk"][1], 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ExactMomentsAreTheMeanOfLinearRuns(int batch)
    {
        var problem = Gentle with { Model = QuadraticModel.Linear, Rotation = 0.3 };
        var runs = problem.Solve(Runs(600, [10, 100, 1000]) with { Batch = batch, LearningRate = 0.2 });
        var exact = problem.Solve(new LinearMoments { LearningRate = 0.2, Steps = 2000, ScheduleShape = new GeometricShape(2), AtSteps = [10, 100, 1000], Batch = batch });
        for (var row = 0; row < 3; row++)
            runs["risk"][row].ShouldBe(exact["risk"][row], 5 * runs["risk-se"][row]);
    }

    [Fact]
    public void NoiseFloorIsThatOfLongRuns()
    {
        var problem = new QuadraticProblem { Exponent = 1.5, SignalExponent = 2, ModelSize = 6, Dimension = 6, Start = 0.1, Noise = 0.04, Model = QuadraticModel.Positive };
        var stability = Stability.Of(problem);
        var rate = 0.05 * stability.Edge;
        var runs = problem.Solve(new QuadraticSgd { LearningRate = rate, Steps = 8000, Replicas = 200, AtSteps = [4000, 6000, 8000], Seed = 3 });
        runs["risk"].Average().ShouldBe(stability.Floor(rate), 0.1 * stability.Floor(rate));
    }

    [Fact]
    public void DivergedRunsAreCountedApart()
    {
        var problem = new QuadraticProblem { ModelSize = 64, Dimension = 4096, Start = 0.5, Noise = 1 };
        var runs = problem.Solve(new QuadraticSgd { LearningRate = 0.7 * Stability.Of(problem).Edge, Steps = 1000, Replicas = 200, Seed = 5, Points = 5 });
        runs.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        var fraction = runs.SummaryOf("diverged-fraction")!.Value;

        // Measured 0.62 ± 0.024 by another program; five standard errors of both.
        fraction.ShouldBe(0.62, 5 * Math.Sqrt(0.62 * 0.38 * ((1 / 200.0) + (1 / 400.0))));
        runs.Status.Message.ShouldContain($"{Math.Round(200 * fraction)} of 200 replicas");
        runs["risk"].ShouldAllBe(risk => double.IsFinite(risk) && risk < 10);
        runs.Warnings.ShouldContain(warning => warning.Contains("expected to diverge", StringComparison.Ordinal));
    }

    [Fact]
    public void SignsDoNotMatterToTheSignedModel()
    {
        double[] risks = [.. Enum.GetValues<TargetSigns>().Select(signs => (Gentle with { Signs = signs }).Solve(new MomentClosure { LearningRate = 0.05, AtSteps = [500] })["risk"][^1])];
        risks[1].ShouldBe(risks[0], 1e-13);
        risks[2].ShouldBe(risks[0], 1e-13);
    }

    [Fact]
    public void TheProductDecaysAsTheNoiseSays()
    {
        // From the optimum on, E v₊v₋ loses η²λ₁(σ² + tail + …) per step.
        var problem = new QuadraticProblem { Exponent = 3, SignalExponent = 1.5, ModelSize = 4, Dimension = 4, Noise = 1, Start = 0.01 };
        var runs = problem.Solve(new QuadraticSgd { LearningRate = 0.02, Steps = 6000, Replicas = 200, AtSteps = [3000, 6000], Seed = 2 });
        var decay = -Math.Log(runs["product"][1] / runs["product"][0]) / 3000;
        decay.ShouldBe(0.02 * 0.02, 0.15 * 0.0004);
    }

    [Fact]
    public void TheEdgeOfARotatedModelBeginsAtThatOfTheStraightOneAndFalls()
    {
        var problem = new QuadraticProblem { ModelSize = 24, Start = 0.5 };
        var straight = Stability.Of(problem);
        var tiny = Stability.Of(problem with { Rotation = 1e-9 });

        // The first slope of Qw* moves by about ε‖w*‖/√M = 7e-9.
        tiny.Largest.ShouldBe(straight.Largest, 1e-7);
        tiny.Edge.ShouldBe(straight.Edge, 0.01 * straight.Edge);
        var rotated = problem with { Rotation = 1 };
        Stability.Of(rotated).Edge.ShouldBeLessThan(straight.Edge / 2);

        // The default step, a quarter of it, is safe.
        var runs = rotated.Solve(new QuadraticSgd { Steps = 2000, Replicas = 50, AtSteps = [0, 2000] });
        runs.SummaryOf("diverged-fraction").ShouldBe(0);
        runs["risk"][1].ShouldBeLessThan(0.6 * runs["risk"][0]);
    }

    private static QuadraticSgd Runs(int replicas, long[] steps) => new() { LearningRate = 0.05, Steps = 2000, ScheduleShape = new GeometricShape(2), AtSteps = steps, Replicas = replicas, Seed = 11 };
}
