using Eigenflow.Schedules;
using Eigenflow.Systems;
using Eigenflow.Systems.SpectralDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.SpectralDescent;

/// <summary>The loss of blocks keeps relative accuracy, and late rows that no one can know are said to be so.</summary>
public sealed class AccuracyTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    public void LossAndResidualAreThoseOfArithmeticWithMoreDigits(double rate)
    {
        // Gradient descent on the blocks (1, 10, 1 × 1) in arithmetic with 28 digits.
        var steps = (long)(400 / rate) / 10;
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.FromBlocks([1, 2.5, 0.01], [1, 1, 1]), Start = WeightStart.Identity(0.1) };
        var solution = problem.Solve(new BlockRecursion { LearningRate = rate, AtSteps = [steps] });
        decimal[] q = [1, 2.5m, 0.01m], w = [0.1m, 0.1m, 0.1m];
        var eta = new decimal(rate);
        for (var k = 0L; k < steps; k++)
        {
            var residual = Residual();
            for (var j = 0; j < 3; j++)
                w[j] -= eta * q[j] * ((2 * q[j] * Error(j)) + residual) * w[j];
        }

        var expected = (2 * Enumerable.Range(0, 3).Sum(j => q[j] * q[j] * Error(j) * Error(j)) + (Residual() * Residual())) / 4;
        solution["loss"][0].ShouldBe((double)expected, 1e-12 * (double)expected);
        solution["residual"][0].ShouldBe((double)Residual(), 1e-12 * (double)Residual());

        decimal Error(int j) => (w[j] * w[j]) - (j == 0 ? 1 : 0);
        decimal Residual() => Enumerable.Range(0, 3).Sum(j => q[j] * Error(j));
    }

    [Fact]
    public void ASignalAloneIsLearntDownToUnderflow()
    {
        // Near a = 1 the error falls by 1 − 6η per step, so that the loss falls by its square.
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.FromBlocks([1, 0], [1, 2]), Start = WeightStart.Identity(0.1) };
        var loss = problem.Solve(new BlockRecursion { LearningRate = 0.05, AtSteps = [100, 300, 900] })["loss"];
        loss[0].ShouldBeLessThan(1e-20);
        (Math.Log(loss[1] / loss[0]) / 200).ShouldBe(2 * Math.Log(0.7), 1e-12);
        (Math.Log(loss[2] / loss[1]) / 600).ShouldBe(2 * Math.Log(0.7), 1e-12);
    }

    [Fact]
    public void AStepAcrossZeroLeavesTheFrameOfTheSignal()
    {
        // Far too long a step throws a over zero and back below one half: the same map as in plain numbers.
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.FromBlocks([1, 0], [1, 2]), Start = WeightStart.Identity(0.9) };
        var solution = problem.Solve(new BlockRecursion { LearningRate = 0.63, AtSteps = [0, 1, 2, 3, 4, 5, 6] });
        var a = 0.9;
        for (var k = 0; k < 7; k++)
        {
            solution["a"][k].ShouldBe(a, 1e-12);
            a -= 0.63 * 3 * ((a * a) - 1) * a;
        }
    }

    [Fact]
    public void LateRowsOfMuonAreSaidToBeChaotic()
    {
        var problem = new SpectralDescentProblem { Start = WeightStart.Identity(1e-3) };
        var muon = new BlockRecursion { Rule = UpdateRule.Muon, LearningRate = 0.00211, Steps = 2000 };
        var warning = problem.Solve(muon).Warnings.ShouldHaveSingleItem();
        warning.ShouldStartWith("chaotic from step ");

        // True of it: a start that differs in the twelfth digit ends elsewhere, and until half of that step it does not.
        var step = long.Parse(warning["chaotic from step ".Length..warning.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        step.ShouldBeInRange(500, 1200);
        var other = problem with { Start = WeightStart.Identity(1e-3 * (1 + 3e-12)) };
        double Difference(long at)
        {
            var method = muon with { AtSteps = [at] };
            var (first, second) = (problem.Solve(method)["loss"][0], other.Solve(method)["loss"][0]);
            return Math.Abs(first - second) / Math.Max(first, second);
        }

        Difference(step / 2).ShouldBeLessThan(1e-6);
        new[] { 1800, 1900, 2000 }.Max(at => Difference(at)).ShouldBeGreaterThan(0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SmoothTrajectoriesAreNotCalledChaotic(bool isSpectral)
    {
        var problem = new SpectralDescentProblem { Start = WeightStart.Identity(0.00137) };
        var method = new BlockRecursion { Rule = isSpectral ? UpdateRule.Spectral : UpdateRule.GradientDescent, LearningRate = isSpectral ? 0.00411 : 0.02, ScheduleShape = new PowerShape(1), Steps = 500 };
        problem.Solve(method).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void RowsPartWhereMostOfTheRestDo()
    {
        ChaoticRows.Find([1, 1, 1, 1], [1, 1.05, 1, 1]).ShouldBeNull();
        ChaoticRows.Find([1, 1, 1, 1], [1, 2, 1, 1]).ShouldBeNull("one row alone");
        ChaoticRows.Find([1, 1, 1, 1, 1], [1, 2, 1, 2, 2]).ShouldBe((1, 0.75));
        ChaoticRows.Find([1, 1, 1], [1, double.NaN, double.NaN]).ShouldBe((1, 1.0));
        ChaoticRows.Find([0, 0], [0, 0]).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 0.5)]
    public void TheSignalModeNumbersEigenvectors(long number, double eigenvalue)
    {
        var problem = new SpectralDescentProblem { Covariance = InputCovariance.FromBlocks([4, 1, 0.5], [1, 98, 2]), Teacher = TeacherDirection.Mode(number) };
        problem.Blocks().SignalEigenvalue.ShouldBe(eigenvalue);
        var system = SystemCatalog.Find("spectral-descent");
        var setting = system.Complete("gd", new Setting([new("spectrum", "list:4,1x98,0.5x2"), new("signal-mode", number)]));
        system.Predict(setting.Values.With("signal-mode", number)).First(prediction => prediction.Name == "signal-rate").Value.ShouldBe(3 * eigenvalue * eigenvalue, 1e-12);
    }

    [Fact]
    public void EigenvectorsBeyondTheDimensionAreRefused() =>
        Should.Throw<ParameterException>(() => new SpectralDescentProblem { Covariance = InputCovariance.FromBlocks([4, 1], [1, 98]), Teacher = TeacherDirection.Mode(100) }.Blocks())
            .Message.ShouldContain("from 1 to 99");
}
