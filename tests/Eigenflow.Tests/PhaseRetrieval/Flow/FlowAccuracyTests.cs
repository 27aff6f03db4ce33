using System.Globalization;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class FlowAccuracyTests
{
    private static readonly string[] Quantities = ["s", "u", "mse", "loss", "one-minus-s", "one-minus-u"];

    [Theory]
    [InlineData(100, 2.0)]
    [InlineData(200, 1.2)]
    [InlineData(100, 0.0)]
    public void ErrorIsAtMostTenTimesTheTolerance(int dimension, double exponent)
    {
        var times = TimeGrid.Logarithmic(0.01, 1000, 40);
        var exact = Reference.Problem(dimension, exponent).Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-13 });
        for (var power = 4; power <= 11; power++)
        {
            var tolerance = Math.Pow(10, -power);
            var flow = Reference.Problem(dimension, exponent).Solve(new GradientFlow { Times = times, RelativeTolerance = tolerance });
            foreach (var quantity in Quantities)
            {
                // Losses and shortfalls at 1e-17 of their scale would measure rounding in the initial data.
                var worst = Enumerable.Range(0, times.Length).Where(row => exact[quantity][row] != 0)
                    .Max(row => Math.Abs((flow[quantity][row] / exact[quantity][row]) - 1));
                worst.ShouldBeLessThan(10 * tolerance, $"{quantity} at rtol 1e-{power}");
            }
        }
    }

    [Fact]
    public void ErrorIsAtMostTenTimesTheToleranceWhereTheSignChanges()
    {
        double[] times = [1, 3, 10, 100, 1000, 1e4];
        var exact = Reference.SignChanging(1).Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-13 });
        for (var power = 4; power <= 11; power++)
        {
            var tolerance = Math.Pow(10, -power);
            var flow = Reference.SignChanging(1).Solve(new GradientFlow { Times = times, RelativeTolerance = tolerance });
            foreach (var quantity in Quantities)
            {
                for (var row = 0; row < times.Length; row++)
                    Math.Abs((flow[quantity][row] / exact[quantity][row]) - 1).ShouldBeLessThan(10 * tolerance, $"{quantity} at t = {times[row]}, rtol 1e-{power}");
            }
        }
    }

    [Theory]
    [InlineData("spiked")]
    [InlineData("zero-one")]
    [InlineData("nearly flat")]
    [InlineData("list")]
    public void OtherSpectraKeepThePromiseToo(string kind)
    {
        Spectrum spectrum = kind switch
        {
            "spiked" => Spectrum.Spiked(200, 3, 50),
            "zero-one" => Spectrum.ZeroOne(100, 40),
            "nearly flat" => Spectrum.PowerLaw(100, 0.05),
            _ => Spectrum.FromValues([5, 5, 5, 2, 1, 1, 0.1, 0.01, 0, 0]),
        };
        var problem = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.Gaussian(4), Start = Start.UnitSphere(5) };
        double[] times = [1, 10, 100, 1000, 3000];
        var exact = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-13 });
        exact.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        foreach (var modes in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            foreach (var tolerance in new[] { 1e-4, 1e-6, 1e-8, 1e-10 })
            {
                var flow = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = tolerance, Modes = modes });
                foreach (var quantity in Quantities)
                {
                    for (var row = 0; row < times.Length; row++)
                    {
                        if (Math.Abs(exact[quantity][row]) > 1e-200)
                            Math.Abs((flow[quantity][row] / exact[quantity][row]) - 1).ShouldBeLessThan(10 * tolerance, $"{quantity} at t = {times[row]}, rtol {tolerance}, {modes}");
                    }
                }
            }
        }
    }

    [Fact]
    public void DenseOutputIsAsAccurateAsTheSteps()
    {
        var problem = Reference.Problem(100, 2);
        double[] times = [0.013, 0.21, 0.37, 1.9, 17, 130];
        var exact = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-13 });
        foreach (var tolerance in new[] { 1e-4, 1e-7, 1e-10 })
        {
            var flow = problem.Solve(new GradientFlow { Times = [200], RelativeTolerance = tolerance });
            for (var row = 0; row < times.Length; row++)
            {
                var at = flow.At(times[row]);
                foreach (var quantity in Quantities)
                    at[quantity].ShouldBe(exact[quantity][row], 10 * tolerance * Math.Abs(exact[quantity][row]), $"{quantity} at t = {times[row]}, rtol {tolerance}");
            }
        }
    }

    [Theory]
    [InlineData(1_000, 2.0)]
    [InlineData(10_000, 1.5)]
    [InlineData(10_000, 0.5)]
    [InlineData(100_000, 1.2)]
    public void CompressionAgreesWithFullModesToOneInABillion(int dimension, double exponent)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Gaussian(3), Start = Start.UnitSphere(4) };

        // Both follow gradient descent with equal steps, so that the difference is that of the representations alone.
        var method = new GradientDescent { LearningRate = 0.02, Steps = dimension > 50_000 ? 2_000 : 20_000, Points = 30 };
        var full = problem.Solve(method with { Modes = ModeRepresentation.Full });
        var compressed = problem.Solve(method with { Modes = ModeRepresentation.Compressed });
        compressed.Statistics.StateSize.ShouldBeLessThan(2_500);
        foreach (var quantity in Quantities)
        {
            var worst = full[quantity].Zip(compressed[quantity], (a, b) => Math.Abs((b / a) - 1)).Max();
            worst.ShouldBeLessThan(1e-9, quantity);
        }
    }

    [Fact]
    public void SixDigitsRemainDownToUnderflow()
    {
        // Far beyond the relaxation of the slowest mode every quantity falls as e^(−8λ_d t) or e^(−16λ_d t).
        var problem = Reference.Problem(100, 2);
        var modes = problem.Modes(ModeRepresentation.Full);
        var slow = 8 * modes.SmallestEigenvalue;
        var times = new[] { 20 / slow, 200 / slow, 220 / slow, 440 / slow };
        foreach (var representation in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            var flow = problem.Solve(new GradientFlow { Times = times, Modes = representation, RelativeTolerance = 1e-9 });
            var exact = problem.Solve(new GradientFlow { Times = times, Modes = ModeRepresentation.Full, RelativeTolerance = 1e-12 });
            foreach (var quantity in Quantities[2..])
            {
                for (var row = 0; row < times.Length; row++)
                {
                    if (exact[quantity][row] > 1e-200)
                        flow[quantity][row].ShouldBe(exact[quantity][row], 1e-6 * exact[quantity][row], $"{quantity} at row {row}");
                }
            }

            flow["one-minus-u"][3].ShouldBeInRange(1e-200, 1e-185);
            flow["mse"][1].ShouldBeInRange(1e-180, 1e-170);
        }
    }

    [Fact]
    public void LatestDecayIsThatOfTheSlowestEigenvalueOfTheHessian()
    {
        // Neighbouring eigenvalues differ by 2 % here, so that only near the end of the range of numbers one exponential is left.
        var problem = Reference.Problem(100, 2);
        var modes = problem.Modes(ModeRepresentation.Full);
        var slowest = new Landscape(modes.Eigenvalues, modes.Teacher).HessianSpectrum(modes.Teacher)[^1];
        double[] times = [400 / slowest, 440 / slowest];
        var flow = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-10 });
        (flow["one-minus-u"][0] / flow["one-minus-u"][1]).ShouldBe(Math.Exp(40), 1e-3 * Math.Exp(40));
    }

    [Fact]
    public void MeanSquaredErrorIsThatOfTheNearerSignInEveryMethod()
    {
        // The first mode decides that u → +1 while the many slow modes still are nearer to −w*.
        double[] start = [0.9, .. Enumerable.Repeat(-0.2, 39)];
        var problem = Reference.Problem(40, 3) with { Start = Start.FromValues(start) };
        var modes = problem.Modes(ModeRepresentation.Full);
        double[] times = [0, 0.25, 0.5, 1, 2];
        var flow = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-10 });
        flow["u"][1].ShouldBeGreaterThan(0.6);
        flow["mse"][1].ShouldBeLessThan(0.9, "‖w − w*‖²/d is about 1.4 and ‖w + w*‖²/d about 0.7");
        var descent = problem.Solve(new GradientDescent { LearningRate = 1e-3, AtSteps = [0, 250, 500, 1000, 2000] });
        var theory = problem.Solve(new SgdTheory { LearningRate = 1e-4, AtSteps = [0, 2500, 5000, 10_000, 20_000] });
        for (var row = 0; row < times.Length; row++)
        {
            descent["mse"][row].ShouldBe(flow["mse"][row], 2e-3);
            theory["mse"][row].ShouldBe(flow["mse"][row], 1e-2);
        }

        modes.Start.ShouldBe(start);
    }

    [Fact]
    public void StateThatHasDiedOutStaysAtTheTeacher()
    {
        foreach (var modes in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            foreach (var exponent in new[] { 0.0, 1.2 })
            {
                var flow = Reference.Problem(50, exponent).Solve(new GradientFlow { Times = [1e9], Modes = modes });
                flow.Status.Outcome.ShouldBe(SolveOutcome.Completed);
                flow["s"][0].ShouldBe(1, 1e-14);
                flow["mse"][0].ShouldBe(0);
            }
        }

        Reference.Problem(50, 0).Solve(new IsotropicReduction { Times = [1e9] })["mse"][0].ShouldBeInRange(0, 1e-290);
    }

    [Fact]
    public void StepsGrowWithTheLogarithmOfTheHorizon()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1_000_000, 2), Teacher = Teacher.Ones() };
        var short_ = problem.Solve(new GradientFlow { Until = 1e6, Modes = ModeRepresentation.Compressed }).Statistics.Steps;
        var long_ = problem.Solve(new GradientFlow { Until = 1e12, Modes = ModeRepresentation.Compressed }).Statistics.Steps;
        long_.ShouldBeLessThan(3 * short_);
    }

    [Fact]
    public void AveragedModesCostTheSameAtAnyDimension()
    {
        foreach (var dimension in new[] { 1_000_000L, 1_000_000_000L, 1_000_000_000_000L })
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, 2) };
            var modes = problem.Modes(ModeRepresentation.Averaged);
            modes.Size.ShouldBeLessThan(4_000);
            modes.TeacherOverlap.ShouldBe(1, 1e-12);
            modes.SumOverModes(_ => 1).ShouldBe(dimension, 1e-9 * dimension);
            modes.SumOverModes(eigenvalue => eigenvalue).ShouldBe(1, 1e-11);
        }
    }

    [Fact]
    public void AveragedModesOfADeterministicTeacherAreTheActualOnes()
    {
        var problem = Reference.Problem(200_000, 1.5) with { Start = Start.Alternating() };
        var actual = problem.Solve(new GradientFlow { Times = [1, 100, 1e5], Modes = ModeRepresentation.Compressed, RelativeTolerance = 1e-11 });
        var averaged = problem.Solve(new GradientFlow { Times = [1, 100, 1e5], Modes = ModeRepresentation.Averaged, RelativeTolerance = 1e-11 });

        // The first modes alternate, so the two differ by what pairs of them differ: the late MSE hardly sees it.
        for (var row = 0; row < 3; row++)
            averaged["mse"][row].ShouldBe(actual["mse"][row], 2e-3);
    }

    // Where nothing relaxes for decades steps are long, and rows within them must be as exact as their ends.
    [Theory]
    [InlineData("list:1x10,1e-4x30,1e-8x30,1e-12", 0)]
    [InlineData("list:1x10,1e-4x30,1e-8x30,1e-12", 3)]
    [InlineData("list:1,0.9,0.8,1e-5,0.8e-5,1e-9,0.8e-9,1e-14", 2)]
    public void RowsWithinLongStepsAreExact(string spectrum, double source)
    {
        var system = SystemCatalog.Find("phase-retrieval");
        Solution Solve(string tolerance) => system.Solve(system.Complete("flow", new Setting(new[] { ("spectrum", spectrum), ("teacher", "source"), ("source-exponent", source.ToString(CultureInfo.InvariantCulture)), ("points", "60"), ("rtol", tolerance) }.Select(pair => KeyValuePair.Create(pair.Item1, (object)system.Parameter(pair.Item1)!.Parse(pair.Item2))))), cancellation: TestContext.Current.CancellationToken);
        var exact = Solve("1e-12");
        foreach (var tolerance in new[] { 1e-6, 1e-8, 1e-10 })
        {
            var solution = Solve(tolerance.ToString(CultureInfo.InvariantCulture));
            for (var row = 0; row < exact.Rows; row++)
            {
                foreach (var quantity in new[] { "s", "u", "mse", "loss", "one-minus-s", "one-minus-u" })
                    solution[quantity][row].ShouldBe(exact[quantity][row], 10 * tolerance * Math.Abs(exact[quantity][row]), $"{quantity} at t = {exact["t"][row]}, rtol {tolerance}");
            }
        }
    }
}
