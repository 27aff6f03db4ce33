using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Systems.DiffusionSpectralBias;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>Means outside of the modes, starts beyond the range of numbers, bands that are entered at the start, late jumps of gains.</summary>
public sealed class ExtremeTests
{
    private readonly ISystem system = SystemCatalog.Find("diffusion-spectral-bias");

    // A constant column beside two that vary: in the whole space W and b follow dV/dT = C − V G with three rows.
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    public void MeansOutsideOfTheModesAreLearnedFrom(double time)
    {
        double[] x = [.. Enumerable.Range(0, 20).Select(k => 2 * Math.Sin(1.7 * k))], y = [.. Enumerable.Range(0, 20).Select(k => Math.Cos(2.3 * k * k))];
        double[] values = [.. Enumerable.Range(0, 60).Select(k => (k % 3) switch { 0 => x[k / 3], 1 => y[k / 3], _ => 3.0 })];
        var modes = DataModes.OfRows(new DataMatrix(20, 3, values), isCentred: false);
        modes.Count.ShouldBe(3);
        modes.Variances[2].ShouldBe(0);
        modes.Mean[2].ShouldBe(3, 1e-12);
        DataModes.OfRows(new DataMatrix(20, 3, values), isCentred: true).Count.ShouldBe(2);
        var problem = new DiffusionProblem { Variances = modes.Variances, Modes = modes, Mean = modes.Mean };
        var weights = problem.Solve(new DiffusionTheory { Times = [time], Shown = [0, 1] });

        double[,] v = new double[3, 4], g = new double[4, 4], target = new double[3, 4];
        for (var i = 0; i < 3; i++)
        {
            v[i, i] = problem.Gain;
            for (var j = 0; j < 3; j++)
                target[i, j] = Enumerable.Range(0, 20).Average(row => values[(3 * row) + i] * values[(3 * row) + j]);
            target[i, 3] = Enumerable.Range(0, 20).Average(row => values[(3 * row) + i]);
        }

        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
                g[i, j] = i < 3 ? target[i, j] + (i == j ? 1 : 0) : j < 3 ? target[j, 3] : 1;
        }

        const int steps = 4000;
        for (var step = 0; step < steps; step++)
            v = Step(v, g, target, 2 * time / steps);
        for (var mode = 0; mode < 2; mode++)
        {
            var vector = ((DataBasis)modes.Basis).Vectors.AsSpan(3 * mode, 3).ToArray();
            var expected = Enumerable.Range(0, 9).Sum(k => vector[k / 3] * v[k / 3, k % 3] * vector[k % 3]);
            weights["weight" + (mode + 1).ToString(CultureInfo.InvariantCulture)][0].ShouldBe(expected, 1e-5);
        }
    }

    [Fact]
    public void FewRowsKeepTheirMean()
    {
        var table = new DataMatrix(3, 5, [1, 2, 0, -1, 3, 0, 1, 1, 2, -2, 2, 0, -1, 1, 0.5]);
        var modes = DataModes.OfRows(table, isCentred: false);
        modes.Count.ShouldBe(3);
        modes.Mean.Sum(value => value * value).ShouldBe(Enumerable.Range(0, 5).Sum(column => Math.Pow(Enumerable.Range(0, 3).Average(row => table.Values[(5 * row) + column]), 2)), 1e-12);
    }

    // Beyond Q = 35 the initial variance is no double; these roots were found in logarithms by another program.
    [Theory]
    [InlineData(34, 0.111102369)]
    [InlineData(36, 0.1112975)]
    [InlineData(100, 0.1134013)]
    public void LargeGainsEmergeByTheirLogarithms(double gain, double expected) => Problems.Of("one-layer", gain, 1).EmergenceTime("geometric").ShouldBe(expected, 1e-7);

    [Theory]
    [InlineData(1e6)]
    [InlineData(-100)]
    public void StartsBeyondTheRangeOfNumbersAreSaid(double gain)
    {
        var predictions = system.Predict(system.Complete(null, Setting.Empty.With("gain", gain)));
        predictions.Single(one => one.Name == "initial-variance").Withheld.ShouldContain("beyond the range of numbers");
        predictions.Single(one => one.Name == "emergence-time-1").Value.ShouldBeInRange(0.05, 0.5);
        predictions.Single(one => one.Name == "weight-time").Withheld.ShouldContain("deep:2");
    }

    // An arithmetic mean of a huge start is passed before any rate of the mode is felt: the variance has to halve, 2ηT σ_T² Q ∼ ln 2.
    [Fact]
    public void PassagesBeforeTheFirstTimeOfTheGridAreFound()
    {
        var problem = Problems.Of("one-layer", 1e4, 1);
        var time = problem.EmergenceTime("arithmetic");
        problem.Variance(0).ShouldBe(double.PositiveInfinity);
        var theory = new ModeTheory(problem);
        (theory.LogVariance(0, 0) - theory.LogVariance(0, time)).ShouldBe(Math.Log(2), 1e-6);
    }

    [Theory]
    [InlineData("stay:0.2", 0.27, 0)]
    [InlineData("band:0.2", 0.27, 0)]
    [InlineData("stay:0.7", 0.64, 0)]
    public void ModesThatStartInTheBandAndStayEmergeAtOnce(string criterion, double variance, double expected) =>
        Problems.Of("edm", 0, variance, 1).EmergenceTime(criterion).ShouldBe(expected);

    [Fact]
    public void DirectionsFollowStartAndTarget() => new Emergence(1, Math.Log(0.25), 0.64).Rises.ShouldBeTrue();

    // The integral splits at t₀ = 1/(1 + λ), where the gain jumps at late times: its value there is (1 + λ) of the limit.
    [Theory]
    [InlineData(3.6120452546754134, 0.05, 1.36e5)]
    [InlineData(5.247, 0.5, 131)]
    [InlineData(0.01, 0.2, 1e6)]
    public void TiedFlowsResolveTheJumpOfTheGain(double variance, double gain, double time)
    {
        var problem = Problems.Of("flow-matching-tied", gain, variance);
        var (theory, fine) = (problem.Variance(time), problem.Variance(time, nodes: 40001));
        theory.ShouldBe(fine, 1e-11 * fine);
        if (time > 1e5)
            theory.ShouldBe(1 + variance, 1e-7);
    }

    [Fact]
    public void TheMidpointRuleAgreesWithTheSplitQuadrature()
    {
        var problem = Problems.Of("flow-matching-tied", 0.5, 5.247);
        var law = GainLaw.Of(problem.Architecture, problem.Gain, 0);
        const int count = 400_000;
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            var t = (k + 0.5) / count;
            var level = problem.Levels.Flow(t, 1 - t);
            sum += 2.0 / count * law.At(level.Drive(5.247), level.Rate(5.247), 2 * 131);
        }

        problem.Variance(131).ShouldBe(Math.Exp(sum), 1e-7);
    }

    [Fact]
    public void SpectraThatNoFieldHasAreRefused()
    {
        foreach (var architecture in (string[])["convolution", "convolution-tied", "patch:1"])
            Should.Throw<ParameterException>(() => system.Complete("theory", Setting.Empty.With("architecture", architecture).With("spectrum", "list:4,1,0.5,0.2"))).Message.ShouldContain("equal for k and -k");
        _ = system.Complete("theory", Setting.Empty.With("architecture", "convolution").With("spectrum", "list:4,1,0.5,1"));
    }

    [Fact]
    public void ModesThatNeverEmergeAreCounted()
    {
        var solution = system.Solve(system.Complete("emergence", Setting.Empty.With("architecture", "flow-matching-tied").With("spectrum", "list:10,1,0.1")));
        var never = solution["emergence-time"].Count(double.IsNaN);
        never.ShouldBeGreaterThan(0);
        solution.Warnings.ShouldContain(text => text.StartsWith(never.ToString(CultureInfo.InvariantCulture) + " of 3 modes never emerge", StringComparison.Ordinal));
        solution["group"].Zip(solution["emergence-time"], (group, time) => double.IsNaN(time) && group != 0).ShouldNotContain(true);
    }

    [Fact]
    public void PredictionsOfModesThatAreNotDeclaredAreDrawn()
    {
        var setting = Setting.Empty.With("spectrum", "list:4,1,0.5").With("modes-shown", "1,2,3");
        var completed = system.Complete("theory", setting);
        system.DrawPredicted([new PredictedCurve(system.Solve(completed), system.Predict(completed))]).Panels.ShouldNotBeEmpty();
    }

    [Fact]
    public void OverflowsAreSaid() =>
        system.Solve(system.Complete("theory", Setting.Empty.With("architecture", "tied").With("objective", "score").With("gain", 1.0).With("dimension", 3L))).Warnings.ShouldContain(text => text.Contains("beyond the range of numbers", StringComparison.Ordinal));

    private static double[,] Step(double[,] v, double[,] g, double[,] target, double h)
    {
        // The classical fourth-order step of a linear equation is its series.
        double[,] sum = (double[,])v.Clone(), term = v;
        for (var order = 1; order <= 4; order++)
        {
            var next = new double[3, 4];
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    next[i, j] = order == 1 ? target[i, j] : 0;
                    for (var k = 0; k < 4; k++)
                        next[i, j] -= term[i, k] * g[k, j];
                    next[i, j] *= h / order;
                    sum[i, j] += next[i, j];
                }
            }

            term = next;
        }

        return sum;
    }
}
