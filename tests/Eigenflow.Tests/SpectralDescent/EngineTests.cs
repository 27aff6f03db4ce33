using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.SpectralDescent;
using FsCheck.Xunit;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent;

/// <summary>Sources of gradients and update rules against each other.</summary>
public sealed class EngineTests
{
    private static readonly string[] Compared = ["a", "b", "c", "loss", "alignment", "energy-fraction", "residual", "h-a", "h-b", "h-c"];

    public static TheoryData<string> Rules => ["gd", "spectral", "smooth", "fractional", "muon", "heavy"];

    // The full matrix stays on the blocks under every rule, with and without momentum.
    [Theory]
    [MemberData(nameof(Rules))]
    public void BlocksAreExact(string name)
    {
        var rule = Rule(name);
        var rate = name is "gd" or "heavy" ? 0.02 : name is "fractional" ? 0.02 : 0.0071;
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.FromBlocks([1, 6, 0.5], [3, 1, 4]), Start = WeightStart.Orthogonal(0.013, 7) };
        long[] steps = [.. Enumerable.Range(0, 31).Select(k => k * 2L)];
        var blocks = problem.Solve(new BlockRecursion { Rule = rule, LearningRate = rate, AtSteps = steps });
        var full = problem.Solve(new MatrixRecursion { Rule = rule, LearningRate = rate, AtSteps = steps });
        foreach (var column in Compared)
        {
            for (var row = 0; row < steps.Length; row++)
                full[column][row].ShouldBe(Math.Abs(blocks[column][row]) * Math.Sign(blocks[column][row]) * (column is "a" or "b" or "c" ? Math.Sign(blocks[column][row]) : 1), 1e-9, $"{column} at step {steps[row]}");
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void LargeBatchesApproachThePopulation(string name)
    {
        var rule = Rule(name);
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.Spiked(6, 4), Start = WeightStart.Identity(0.05) };
        double Distance(int batch)
        {
            var run = problem.Solve(new MiniBatchDescent { Rule = rule, LearningRate = 0.005, AtSteps = [40], Batch = batch, Replicas = 4, Seed = 2 });
            return Math.Abs((run["a"][0] / problem.Solve(new BlockRecursion { Rule = rule, LearningRate = 0.005, AtSteps = [40] })["a"][0]) - 1);
        }

        Distance(20_000).ShouldBeLessThan(0.02);
    }

    [Fact]
    public void ThreadsDoNotMatter()
    {
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.Spiked(12, 9), Start = WeightStart.Identity(0.02) };
        foreach (var rule in new[] { UpdateRule.GradientDescent, UpdateRule.Spectral, UpdateRule.Muon })
        {
            var method = new MiniBatchDescent { Rule = rule, LearningRate = 0.005, Steps = 40, Batch = 1500, Replicas = 5, Seed = 9 };
            var one = problem.Solve(method with { Threads = 1 });
            var many = problem.Solve(method with { Threads = 4 });
            foreach (var column in one.Observables)
                many[column.Name].ShouldBe(column.Values, column.Name);
        }
    }

    [Fact]
    public void ReplicasAreIndependentAndSeedsDiffer()
    {
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.Spiked(8, 2), Start = WeightStart.Identity(0.05) };
        var method = new MiniBatchDescent { LearningRate = 0.02, AtSteps = [50], Batch = 32, Replicas = 6 };
        var run = problem.Solve(method);
        run["a-se"][0].ShouldBeGreaterThan(0);
        run["a-q10"][0].ShouldBeLessThan(run["a-q90"][0]);
        problem.Solve(method with { Seed = 2 })["a"][0].ShouldNotBe(run["a"][0]);
        problem.Solve(method with { Replicas = 1 }).Has("a-se").ShouldBeFalse();
    }

    [Fact]
    public void StepsDoNotAllocate()
    {
        var system = MatrixSystem.Of(new SpectralDescentProblem { Covariance = InputCovariance.Spiked(20, 9) });
        var schedule = LearningRateSchedule.Constant(1e-3, 1000);
        foreach (var engine in new[]
        {
            new MatrixEngine(system, new PopulationGradient(system), UpdateRule.GradientDescent, schedule),
            new MatrixEngine(system, new BatchGradient(system, 100, 1, 0), UpdateRule.GradientDescent with { Momentum = 0.5 }, schedule),
            new MatrixEngine(system, new PopulationGradient(system), UpdateRule.Muon, schedule),
        })
        {
            engine.Advance(3);
            var before = GC.GetAllocatedBytesForCurrentThread();
            engine.Advance(5);

            // One delegate per call of Advance, none per step.
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200);
        }
    }

    [Property(MaxTest = 40)]
    public void EscapeRatesAreThoseOfTheLinearization(byte spikeByte, byte dimensionByte)
    {
        var spike = spikeByte / 16.0;
        var dimension = 3 + dimensionByte;
        var run = BlockReferenceTests.Spiked(dimension, spike, 1e-12).Solve(new BlockRecursion { LearningRate = 1e-5, AtSteps = [0, 1000] });
        var theory = new GradientDescentTheory(BlockReferenceTests.Spiked(dimension, spike, 1e-12).Blocks());
        (Math.Log(run["a"][1] / run["a"][0]) / 0.01).ShouldBe(theory.SignalRate, 1e-3);
        (Math.Log(run["b"][1] / run["b"][0]) / 0.01).ShouldBe(theory.LoudRate, 2e-3);
        (Math.Log(run["c"][1] / run["c"][0]) / 0.01).ShouldBe(theory.QuietRate, 1e-3);
    }

    [Fact]
    public void PowerOneIsGradientDescentAndPowerZeroIsSpectral()
    {
        var problem = BlockReferenceTests.Spiked(50, 9, 1.37e-3);
        double[] Run(UpdateRule rule, double rate) => problem.Solve(new BlockRecursion { Rule = rule, LearningRate = rate, AtSteps = [30, 60] })["loss"];
        Run(new UpdateRule { Direction = new PowerDirection(1) }, 0.02).ShouldBe(Run(UpdateRule.GradientDescent, 0.02));
        Run(new UpdateRule { Direction = new PowerDirection(0) }, 0.003).ShouldBe(Run(UpdateRule.Spectral, 0.003));

        // Smoothing tends to the sign.
        Run(new UpdateRule { Direction = new PolarDirection { Smoothing = 1e-9 } }, 0.003)[0].ShouldBe(Run(UpdateRule.Spectral, 0.003)[0], 1e-6);
    }

    [Fact]
    public void AGivenVectorThatIsAnEigenvectorIsRecognised()
    {
        var problem = BlockReferenceTests.Spiked(5, 3, 1e-3);
        var along = problem with { Teacher = TeacherDirection.FromValues([0.6, 0, 0, 0.8, 0]) };
        along.Solve(new BlockRecursion { AtSteps = [10] })["loss"].ShouldBe(problem.Solve(new BlockRecursion { AtSteps = [10] })["loss"]);
        Should.Throw<ParameterException>(() => (problem with { Teacher = TeacherDirection.FromValues([0.6, 0.8, 0, 0, 0]) }).Blocks()).Message.ShouldContain("use full-matrix mode");
        Should.Throw<ParameterException>(() => TeacherDirection.FromValues([1, 1, 0])).Message.ShouldContain("a vector of length 1");
        Should.Throw<ParameterException>(() => WeightStart.Identity(0)).Message.ShouldContain("a start at zero never escapes");
        Should.Throw<ParameterException>(() => InputCovariance.Spiked(2, 1)).Parameter.ShouldBe("dimension");
    }

    [Fact]
    public void ScheduleActsOnEverySource()
    {
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.Spiked(6, 4), Start = WeightStart.Identity(0.05) };
        var blocks = problem.Solve(new BlockRecursion { LearningRate = 0.05, ScheduleShape = new CosineShape(), Steps = 60, AtSteps = [60] });
        var full = problem.Solve(new MatrixRecursion { LearningRate = 0.05, ScheduleShape = new CosineShape(), Steps = 60, AtSteps = [60] });
        full["loss"][0].ShouldBe(blocks["loss"][0], 1e-12);
        var total = Enumerable.Range(0, 60).Sum(k => 0.05 * (1 + Math.Cos(Math.PI * k / 60)) / 2);
        full["t"][0].ShouldBe(total, 1e-12);
    }

    [Fact]
    public void EventsOfMatricesAreThoseOfTheBlocksAtTheSavedRows()
    {
        var problem = BlockReferenceTests.Spiked(10, 9, 1e-3);
        long[] steps = [.. Enumerable.Range(0, 301).Select(k => (long)k)];
        var blocks = problem.Solve(new BlockRecursion { LearningRate = 0.02, AtSteps = steps });
        var full = problem.Solve(new MatrixRecursion { LearningRate = 0.02, AtSteps = steps });
        full.Events.ShouldBe(blocks.Events);
        full.SummaryOf("half-step").ShouldBe(blocks.SummaryOf("half-step"));
        blocks.TimeOf("half").ShouldBe(0.02 * blocks.SummaryOf("half-step")!.Value, 1e-12);
        var first = Array.FindIndex(blocks["a"], a => a * a >= 0.5);
        blocks.SummaryOf("half-step").ShouldBe(first);
        blocks.Events.Values.ShouldAllBe(time => time != null);
    }

    private static UpdateRule Rule(string name) => name switch
    {
        "gd" => UpdateRule.GradientDescent,
        "spectral" => UpdateRule.Spectral,
        "smooth" => new UpdateRule { Direction = new PolarDirection { Smoothing = 1e-2 } },
        "fractional" => new UpdateRule { Direction = new PowerDirection(0.5) },
        "muon" => UpdateRule.Muon,
        _ => UpdateRule.GradientDescent with { Momentum = 0.8 },
    };
}
