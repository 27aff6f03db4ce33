using Eigenflow.Schedules;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Learning rates that change from step to step.</summary>
public sealed class ScheduledDescentTests
{
    private static readonly PhaseRetrievalProblem Problem = Reference.Problem(30, 1.5);

    [Theory]
    [InlineData("linear")]
    [InlineData("cosine")]
    [InlineData("warmup:20+wsd")]
    public void Gradient_descent_takes_the_rate_of_each_step(string text)
    {
        const int Steps = 300;
        var schedule = new LearningRateSchedule(ScheduleText.Parse(text), 0.02, Steps);
        var modes = Problem.Modes(ModeRepresentation.Full);
        double[] w = [.. modes.Start.ToArray()], teacher = [.. modes.Teacher.ToArray()], lambda = [.. modes.Eigenvalues.ToArray()];
        for (var k = 0; k < Steps; k++)
        {
            double s = 0, u = 0;
            for (var i = 0; i < w.Length; i++)
            {
                s += lambda[i] * w[i] * w[i];
                u += lambda[i] * w[i] * teacher[i];
            }

            for (var i = 0; i < w.Length; i++)
                w[i] += 4 * schedule.RateAt(k) * lambda[i] * (((1 - (3 * s)) * w[i]) + (2 * u * teacher[i]));
        }

        var solution = Problem.Solve(new GradientDescent { LearningRate = 0.02, Steps = Steps, ScheduleShape = ScheduleText.Parse(text), Modes = ModeRepresentation.Full });
        solution["s"][^1].ShouldBe(w.Select((value, i) => lambda[i] * value * value).Sum(), 1e-12);
        solution["t"][^1].ShouldBe(schedule.TimeAt(Steps), 1e-12);
    }

    [Fact]
    public void A_table_of_equal_rates_is_the_constant_schedule_to_the_bit()
    {
        var path = Path.Combine(Path.GetTempPath(), $"eigenflow-equal-{Environment.ProcessId}.csv");
        try
        {
            File.WriteAllText(path, "0.002\n");
            var table = new OnlineSgd { Steps = 2000, Replicas = 2, ScheduleShape = ScheduleText.Parse("file:" + path) };
            var constant = table with { LearningRate = 0.002, ScheduleShape = new ConstantShape() };
            Problem.Solve(table)["mse"].ShouldBe(Problem.Solve(constant)["mse"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Linear_decay_removes_the_noise_floor_as_the_mean_field_theory_says()
    {
        var problem = Reference.Problem(10, 1) with { Noise = 0.1 };
        var steps = new long[] { 100_000, 200_000 };
        var sgd = new OnlineSgd { LearningRate = 1e-3, AtSteps = steps, Steps = 200_000, Replicas = 48, ScheduleShape = new PowerShape(1), Seed = 3 };
        var measured = problem.Solve(sgd);
        var theory = problem.Solve(new SgdTheory { LearningRate = 1e-3, AtSteps = steps, Steps = 200_000, ScheduleShape = new PowerShape(1) });
        var constant = problem.Solve(new SgdTheory { LearningRate = 1e-3, AtSteps = steps, Steps = 200_000 });
        for (var row = 0; row < 2; row++)
            Math.Abs(measured["mse"][row] - theory["mse"][row]).ShouldBeLessThan(4 * measured["mse-se"][row]);
        theory["loss"][1].ShouldBeLessThan(0.1 * constant["loss"][1]);
    }

    [Fact]
    public void Settings_are_canonical_and_refuse_what_does_not_fit()
    {
        var system = new PhaseRetrievalSystem();
        var complete = system.Complete("sgd", new Setting([new("schedule", "wsd"), new("steps", 1000L)]));
        complete.Values["decay-steps"].ShouldBe(200L);
        complete.Values["final"].ShouldBe(1e-5);
        system.Complete("sgd", complete.Values).ShouldBe(complete);
        var constant = system.Complete("gd", Setting.Empty);
        constant.Values["final"].ShouldBeNull();
        system.Complete("gd", constant.Values).ShouldBe(constant);
        Should.Throw<ParameterException>(() => system.Complete("gd", new Setting([new("final", 1e-4)]))).Parameter.ShouldBe("final");
        Should.Throw<ParameterException>(() => system.Complete("flow", new Setting([new("schedule", "cosine")]))).Message.ShouldContain("gd");
        Should.Throw<ParameterException>(() => system.Complete("gd", new Setting([new("schedule", "cosin")]))).Message.ShouldContain("cosine");
    }
}
