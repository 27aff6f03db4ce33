using Eigenflow.Spectra;
using Eigenflow.Systems.QuadraticParameterization;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.QuadraticParameterization;

public sealed class FlowTests
{
    [Theory]
    [InlineData(QuadraticModel.Positive, 3, 1.5, 0.5)]
    [InlineData(QuadraticModel.Positive, 3, 1.5, 1e-12)]
    [InlineData(QuadraticModel.Signed, 3, 1.5, 0.5)]
    [InlineData(QuadraticModel.Signed, 3, 1.5, 1000)]
    [InlineData(QuadraticModel.Signed, 4, 2, 1e-9)]
    [InlineData(QuadraticModel.Positive, 1.5, 2.5, 1e-3)]
    [InlineData(QuadraticModel.Signed, 1.5, 2.5, 1e-4)]
    [InlineData(QuadraticModel.Signed, 8, 1.1, 0.5)]
    [InlineData(QuadraticModel.Linear, 3, 1.5, 0.5)]
    [InlineData(QuadraticModel.Linear, 12, 1.2, 0.5)]
    [InlineData(QuadraticModel.Linear, 1.2, 4, 0.5)]
    public void CompressedModesAreTheFullOnes(QuadraticModel model, double exponent, double signal, double start)
    {
        var problem = new QuadraticProblem { Exponent = exponent, SignalExponent = signal, ModelSize = 200_000, Dimension = 400_000, Start = start, Model = model };
        var full = problem.Solve(new QuadraticFlow { Modes = ModeRepresentation.Full, Points = 40 });
        var compressed = problem.Solve(new QuadraticFlow { Modes = ModeRepresentation.Compressed, Points = 40 });
        compressed.Statistics.StateSize.ShouldBeLessThan(20_000);
        for (var row = 0; row < full.Rows; row++)
            compressed["risk"][row].ShouldBe(full["risk"][row], 1e-9 * full["risk"][row], $"t = {full.Times[row]}");

        // The sum over the slopes themselves, as far as their own rounding lets one see.
        var direct = Enumerable.Range(1, 200_000).Reverse().Sum(i => problem.EigenvalueAt(i) * Math.Pow(ClosedForms.Of(model, full.Times[20], problem.EigenvalueAt(i), problem.TargetAt(i), start) - problem.TargetAt(i), 2));
        full["risk"][20].ShouldBe(direct + problem.Tail, 1e-9 * full["risk"][20]);
    }

    [Theory]
    [InlineData(QuadraticModel.Positive, 1.3, 0.2)]
    [InlineData(QuadraticModel.Positive, 0.0, 0.2)]
    [InlineData(QuadraticModel.Positive, -0.7, 0.2)]
    [InlineData(QuadraticModel.Positive, 0.4, 2.0)]
    [InlineData(QuadraticModel.Signed, 1.3, 0.2)]
    [InlineData(QuadraticModel.Signed, -1.3, 0.2)]
    [InlineData(QuadraticModel.Signed, 0.0, 0.2)]
    [InlineData(QuadraticModel.Linear, -1.3, 0.2)]
    public void ClosedFormsSolveTheirEquations(QuadraticModel model, double target, double start)
    {
        const double Eigenvalue = 0.8, Time = 1.7, Step = 1e-3;
        double Slope(double time) => ClosedForms.Of(model, time, Eigenvalue, target, start);
        var rate = (Slope(Time - (2 * Step)) - (8 * Slope(Time - Step)) + (8 * Slope(Time + Step)) - Slope(Time + (2 * Step))) / (12 * Step);
        var w = Slope(Time);
        var expected = model switch
        {
            QuadraticModel.Positive => 2 * Eigenvalue * w * (target - w),
            QuadraticModel.Signed => -2 * Eigenvalue * (w - target) * Math.Sqrt((w * w) + (4 * start * start)),
            _ => -Eigenvalue * (w - target),
        };
        rate.ShouldBe(expected, 1e-11);
        Slope(0).ShouldBe(model == QuadraticModel.Positive ? start : 0, 1e-15);
    }

    [Fact]
    public void UnbalancedStart()
    {
        // v₊² = 0.6, v₋² = 0.15: c = 0.3, u = 2, w(0) = 0.45.
        ClosedForms.Signed(0, 1, 1, 0.3, 2).ShouldBe(0.45, 1e-15);
        ClosedForms.Signed(0, 1, -1, 0.3, 2).ShouldBe(0.45, 1e-15);
        double p = 0.6, n = 0.15;
        const double Step = 1e-5;
        for (var k = 0; k < 100_000; k++)
        {
            // Midpoint rule of v₊² and v₋².
            double gradient = p - n + 1, middleP = p * (1 - (Step * gradient)), middleN = n * (1 + (Step * gradient)), middle = middleP - middleN + 1;
            (p, n) = (p - (2 * Step * middle * middleP), n + (2 * Step * middle * middleN));
        }

        ClosedForms.Signed(1, 1, -1, 0.3, 2).ShouldBe(p - n, 1e-8);
    }

    [Theory]
    [InlineData(QuadraticModel.Positive, 2.0, 0.01)]
    [InlineData(QuadraticModel.Signed, 2.0, 0.01)]
    [InlineData(QuadraticModel.Signed, -2.0, 5.0)]
    [InlineData(QuadraticModel.Linear, 2.0, 0.01)]
    public void HalfTimesAreThoseOfTheSlopes(QuadraticModel model, double target, double start)
    {
        var time = ClosedForms.HalfTime(model, 0.3, target, start);
        ClosedForms.Of(model, time, 0.3, target, start).ShouldBe(target / 2, 1e-12);
    }

    [Theory]
    [InlineData(QuadraticModel.Positive)]
    [InlineData(QuadraticModel.Signed)]
    [InlineData(QuadraticModel.Linear)]
    public void ATinyRotationIsNone(QuadraticModel model)
    {
        var problem = new QuadraticProblem { Exponent = 2, SignalExponent = 1.5, ModelSize = 20, Model = model, Start = 0.3 };
        double[] times = [0, 0.5, 7, 100];
        double[] straight = problem.Solve(new QuadraticFlow { Times = times })["risk"], rotated = (problem with { Rotation = 1e-12 }).Solve(new QuadraticFlow { Times = times })["risk"];
        for (var row = 0; row < times.Length; row++)
            rotated[row].ShouldBe(straight[row], 1e-7 * straight[row]);
    }

    [Fact]
    public void TheLinearFlowDoesNotSeeARotation()
    {
        var problem = new QuadraticProblem { Exponent = 2, SignalExponent = 1.5, ModelSize = 20, Model = QuadraticModel.Linear };
        double[] straight = problem.Solve(new QuadraticFlow { Times = [0, 3, 50] })["risk"], rotated = (problem with { Rotation = 0.7 }).Solve(new QuadraticFlow { Times = [0, 3, 50] })["risk"];
        for (var row = 0; row < 3; row++)
            rotated[row].ShouldBe(straight[row], 1e-7 * straight[row]);
    }

    [Theory]
    [InlineData(QuadraticModel.Positive)]
    [InlineData(QuadraticModel.Signed)]
    public void DescentWithSmallStepsIsTheRotatedFlow(QuadraticModel model)
    {
        var problem = new QuadraticProblem { Exponent = 2, SignalExponent = 1.5, ModelSize = 12, Model = model, Start = 0.3, Rotation = 0.5, Seed = 4 };
        var flow = problem.Solve(new QuadraticFlow { Times = [4], KeepsWeights = true });
        double[] errors = [.. ((double[])[2e-3, 1e-3]).Select(rate => problem.Solve(new PopulationDescent { LearningRate = rate, AtSteps = [(long)Math.Round(4 / rate)] })["risk"][^1] - flow["risk"][0])];
        (errors[0] / errors[1]).ShouldBe(2, 0.02);
        ((2 * (flow["risk"][0] + errors[1])) - flow["risk"][0] - errors[0]).ShouldBe(flow["risk"][0], 1e-6);
    }
}
