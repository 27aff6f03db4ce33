using Eigenflow.Solutions;
using Eigenflow.Systems;
using Eigenflow.Systems.SpectralDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent.Muon;

/// <summary>Nesterov's momentum, sums, factors of updates, weight decay and powers: blocks against matrices, and against steps by hand.</summary>
public sealed class UpdateRuleTests
{
    private static readonly string[] Compared = ["a", "b", "c", "loss", "alignment", "residual"];
    private readonly ISystem system = SystemCatalog.Find("spectral-descent");

    public static TheoryData<string> Rules => ["nesterov-gd", "sum-gd", "nesterov-spectral", "decay", "muon", "float", "scheduled", "scaled"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void BlocksAreExact(string name)
    {
        var (rule, rate) = Rule(name);
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.FromBlocks([1, 6, 0.5], [3, 1, 4]), Start = rule.Direction.NeedsDiagonalBlocks ? WeightStart.Identity(0.013) : WeightStart.Orthogonal(0.013, 7) };
        long[] steps = [.. Enumerable.Range(0, 31).Select(k => k * 2L)];
        var blocks = problem.Solve(new BlockRecursion { Rule = rule, LearningRate = rate, AtSteps = steps });
        var full = problem.Solve(new MatrixRecursion { Rule = rule, LearningRate = rate, AtSteps = steps });
        foreach (var column in Compared)
        {
            for (var row = 0; row < steps.Length; row++)
                Math.Abs(full[column][row]).ShouldBe(Math.Abs(blocks[column][row]), 1e-9, $"{column} at step {steps[row]}");
        }
    }

    // w ← (1 − ηω) w − η (g G + μ M) with M ← μM + g G, written out for three coefficients.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NesterovsMomentumIsThatOfThePublishedCode(bool isSum)
    {
        const double Rate = 0.01, Momentum = 0.8, Decay = 0.3, S = 5, N = 8;
        var gain = isSum ? 1 : 1 - Momentum;
        double[] w = [0.1, 0.1, 0.1], average = [0, 0, 0];
        for (var k = 0; k < 40; k++)
        {
            var error = (w[0] * w[0]) - 1;
            var residual = error + (S * w[1] * w[1]) + (N * w[2] * w[2]);
            double[] gradient = [((2 * error) + residual) * w[0], S * ((2 * S * w[1] * w[1]) + residual) * w[1], ((2 * w[2] * w[2]) + residual) * w[2]];
            for (var j = 0; j < 3; j++)
            {
                average[j] = (Momentum * average[j]) + (gain * gradient[j]);
                w[j] = ((1 - (Rate * Decay)) * w[j]) - (Rate * ((gain * gradient[j]) + (Momentum * average[j])));
            }
        }

        var run = BlockReferenceTests.Spiked(10, S - 1, 0.1).Solve(new BlockRecursion
        {
            Rule = UpdateRule.GradientDescent with { Momentum = Momentum, IsNesterov = true, IsSum = isSum, WeightDecay = Decay },
            LearningRate = Rate,
            AtSteps = [40],
        });
        run["a"][0].ShouldBe(w[0], 1e-13);
        run["b"][0].ShouldBe(w[1], 1e-13);
        run["c"][0].ShouldBe(w[2], 1e-13);
    }

    [Fact]
    public void NewtonSchulzSeesNoDifferenceBetweenSumAndAverage()
    {
        var rule = MuonRuns.Muon(NewtonSchulzCoefficients.You);
        double[] Run(UpdateRule one) => BlockReferenceTests.Spiked(30, 9, 1.37e-3).Solve(new BlockRecursion { Rule = one, LearningRate = 0.003, AtSteps = [60] })["loss"];
        Run(rule with { IsSum = true })[0].ShouldBe(Run(rule)[0], 1e-10);
        var gradient = UpdateRule.GradientDescent with { Momentum = 0.5 };
        Math.Abs(Run(gradient with { IsSum = true })[0] - Run(gradient)[0]).ShouldBeGreaterThan(1e-3);
    }

    [Theory]
    [InlineData(UpdateScale.None, 12, 48, 1)]
    [InlineData(UpdateScale.Shape, 12, 48, 2)]
    [InlineData(UpdateScale.Shape, 48, 12, 1)]
    [InlineData(UpdateScale.Spectral, 12, 48, 2)]
    [InlineData(UpdateScale.Spectral, 48, 12, 0.5)]
    [InlineData(UpdateScale.RootMeanSquare, 25, 100, 2)]
    [InlineData(UpdateScale.RootMeanSquare, 100, 25, 2)]
    public void FactorsFollowTheShape(UpdateScale scale, int inputs, int neurons, double factor) => scale.Factor(inputs, neurons).ShouldBe(factor, 1e-15);

    // A factor is a learning rate, on tall and on wide matrices.
    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void AFactorIsALearningRate(int width)
    {
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.Spiked(6, 4), Start = WeightStart.Gaussian(0.05, width, 3) };
        var rule = MuonRuns.Muon(NewtonSchulzCoefficients.PolarExpress());
        var factor = Math.Sqrt(width / 6.0);
        var scaled = problem.Solve(new MatrixRecursion { Rule = rule with { Scale = UpdateScale.Spectral }, LearningRate = 0.004 / factor, AtSteps = [20, 40] });
        var plain = problem.Solve(new MatrixRecursion { Rule = rule, LearningRate = 0.004, AtSteps = [20, 40] });
        scaled["loss"].Zip(plain["loss"]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Fact]
    public void APowerMayChangeOnTheWay()
    {
        var problem = BlockReferenceTests.Spiked(40, 9, 1.37e-3);
        double[] Run(Direction direction) => problem.Solve(new BlockRecursion { Rule = new UpdateRule { Direction = direction }, LearningRate = 0.003, Steps = 100, AtSteps = [100] })["loss"];
        Run(new PowerDirection(0.5) { FinalPower = 0.5 }).ShouldBe(Run(new PowerDirection(0.5)));
        Run(new PowerDirection(0) { FinalPower = 0 }).ShouldBe(Run(UpdateRule.Spectral.Direction));

        // Two steps: the first with p = 1, the last with p = 0.
        var two = problem.Solve(new BlockRecursion { Rule = new UpdateRule { Direction = new PowerDirection(1) { FinalPower = 0 } }, LearningRate = 0.003, Steps = 2, AtSteps = [1, 2] });
        var first = problem.Solve(new BlockRecursion { LearningRate = 0.003, Steps = 1, AtSteps = [1] });
        two["a"][0].ShouldBe(first["a"][0]);
        (two["a"][1] - two["a"][0]).ShouldBe(0.003, 1e-15);
        Should.Throw<ParameterException>(() => Run(new PowerDirection(-1.5))).Parameter.ShouldBe("power");
        Should.Throw<ParameterException>(() => Run(new PowerDirection(0) { FinalPower = 2 })).Parameter.ShouldBe("final-power");
    }

    // About a surface a step is δ ← δ − η(κ|δ|)^p, and its cycle of two points has the multiplier 1 − 2p: half at p = 0.75, two at p = −0.5.
    [Theory]
    [InlineData(0.75, 1e-2)]
    [InlineData(0.25, 1e-3)]
    [InlineData(-0.5, 1e-5)]
    public void CyclesHaveTheirMultiplier(double power, double rate)
    {
        const double Off = 1e-3;
        var cycle = Math.Pow(rate * Math.Pow(20, power) / 2, 1 / (1 - power));
        Math.Abs((Next(Off) - Next(0)) / (cycle * Off)).ShouldBe(Math.Abs(1 - (2 * power)), 0.05);

        double Next(double off)
        {
            var engine = MuonRuns.Engine(BlockReferenceTests.Spiked(100, 9, 1e-3), new UpdateRule { Direction = new PowerDirection(power) }, Eigenflow.Schedules.LearningRateSchedule.Constant(rate, 4));
            Array.Clear(engine.Weights);
            engine.Weights[engine.System.Loud] = new GradientDescentTheory(engine.System).PlateauCoefficient + (cycle * (1 + off));
            engine.Advance(1);
            return engine.Weights[engine.System.Loud];
        }
    }

    [Theory]
    [InlineData("gd", "update-scale=rms", "update-scale = rms is not allowed: it must be left out for the method gd")]
    [InlineData("spectral", "arithmetic=bf16", "arithmetic = bf16 is not allowed: it must be left out for the method spectral")]
    [InlineData("muon-population", "arithmetic=bf16 start=orthogonal", "use start = identity, or full-matrix mode")]
    [InlineData("fractional", "power=-2", "power = -2 is not allowed")]
    [InlineData("gd", "final-power=0", "it is read by fractional")]
    [InlineData("gd", "weight-decay=-1", "weight-decay = -1 is not allowed")]
    [InlineData("gd", "weight-decay=nan", "weight-decay = nan is not allowed")]
    [InlineData("gd", "loss-target=0", "loss-target = 0 is not allowed")]
    [InlineData("muon", "newton-schulz=polar-express:0", "LOWEST >= 1e-6")]
    [InlineData("muon", "iterations=0", "iterations = 0 is not allowed")]
    [InlineData("muon", "nesterov=yes", "one of off, on")]
    public void InvalidInputIsNamed(string method, string setting, string message) => Should.Throw<EigenflowException>(() => system.Complete(method, Setting(setting))).Message.ShouldContain(message);

    [Theory]
    [InlineData("spectral", "learning-rate=0.03 update-scale=rms steps=5 dimension=400", "learning-rate × update-scale")]
    [InlineData("gd", "weight-decay=50 steps=5", "every step erases the weights")]
    [InlineData("fractional", "power=-0.5 steps=5", "no cycle about a solution is stable")]
    public void CatchesAreNamed(string method, string setting, string warning) => system.Solve(method, Setting(setting)).Warnings.ShouldContain(text => text.Contains(warning, StringComparison.Ordinal));

    [Theory]
    [InlineData("full-muon", "dimension=4 start=gaussian width=7 steps=20 arithmetic=bf16 newton-schulz=polar-express nesterov=on update-scale=shape")]
    [InlineData("full-muon", "dimension=7 start=gaussian width=4 steps=20 arithmetic=float newton-schulz=you weight-decay=0.1")]
    [InlineData("muon", "dimension=5 batch=8 replicas=2 steps=5 arithmetic=bf16 nesterov=on momentum=0.95 update-scale=rms")]
    [InlineData("full-fractional", "dimension=4 power=1 final-power=-0.25 steps=20")]
    [InlineData("fractional-sgd", "dimension=4 power=-0.25 steps=5 replicas=2")]
    public void EveryCombinationIsSolved(string method, string setting)
    {
        var solution = system.Solve(method, Setting(setting));
        solution.Status.Word.ShouldBe("completed");
        solution["loss"].ShouldAllBe(value => double.IsFinite(value));
    }

    private static (UpdateRule Rule, double Rate) Rule(string name) => name switch
    {
        "nesterov-gd" => (UpdateRule.GradientDescent with { Momentum = 0.8, IsNesterov = true }, 0.02),
        "sum-gd" => (UpdateRule.GradientDescent with { Momentum = 0.5, IsNesterov = true, IsSum = true }, 0.01),
        "nesterov-spectral" => (UpdateRule.Spectral with { Momentum = 0.9, IsNesterov = true }, 0.0071),
        "decay" => (UpdateRule.Spectral with { WeightDecay = 0.4 }, 0.0071),
        "muon" => (MuonRuns.Muon(NewtonSchulzCoefficients.PolarExpress()), 0.0071),
        "float" => (MuonRuns.Muon(NewtonSchulzCoefficients.Muon, Arithmetic.BrainFloat), 0.0071),
        "scheduled" => (new UpdateRule { Direction = new PowerDirection(1) { FinalPower = 0.25 } }, 0.01),
        _ => (UpdateRule.Spectral with { Scale = UpdateScale.RootMeanSquare, WeightDecay = 0.1 }, 0.0071),
    };

    private static Setting Setting(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, object>(pair[0], pair[1])));
}
