using Eigenflow.Schedules;
using Eigenflow.Systems.QuadraticParameterization;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.QuadraticParameterization;

/// <summary>The reference values of an independent program (docs/systems/quadratic-parameterization.md).</summary>
public sealed class ReferenceTests
{
    private static readonly QuadraticProblem Gentle = new() { Exponent = 1.5, SignalExponent = 2, ModelSize = 64, Dimension = 256, Start = 0.05, Noise = 0.25 };
    private static readonly QuadraticProblem Steep = new() { Exponent = 3, SignalExponent = 1.5, ModelSize = 64, Dimension = 256, Start = 0.5, Noise = 0.25 };

    [Theory]
    [InlineData(true, QuadraticModel.Positive, 1.456569984, 1.04531966, 0.2121578722, 0.04904153458, 0.0135710724)]
    [InlineData(true, QuadraticModel.Signed, 1.641035436, 1.10713961, 0.231602078, 0.05283367375, 0.01344693407)]
    [InlineData(true, QuadraticModel.Linear, 1.641035436, 0.5831559636, 0.1188543091, 0.02462823158, 0.01165750928)]
    [InlineData(false, QuadraticModel.Positive, 1.332146127, 1.038747891, 0.7664463942, 0.4995512658, 0.293404432)]
    [InlineData(false, QuadraticModel.Signed, 2.4874973, 1.314621183, 0.8550792677, 0.5232495782, 0.2974983921)]
    [InlineData(false, QuadraticModel.Linear, 2.4874973, 1.524191851, 1.001593253, 0.6424188491, 0.398113543)]
    public void PopulationRisk(bool isGentle, QuadraticModel model, params double[] expected)
    {
        var flow = ((isGentle ? Gentle : Steep) with { Model = model }).Solve(new QuadraticFlow { Times = [0, 1, 10, 100, 1000] });
        for (var row = 0; row < expected.Length; row++)
            flow["risk"][row].ShouldBe(expected[row], 1e-8 * expected[row]);
    }

    [Theory]
    [InlineData(QuadraticModel.Positive, TargetSigns.Plus, 0.9998184333, 0.9491004589, 0.5739575872, 0.4030918843, 0.3278459994, 0.2888154194, 0.2658679613, 0.2511325403)]
    [InlineData(QuadraticModel.Positive, TargetSigns.Alternating, 0.999818433253, 0.00882196103961, 0.573957587193, 0.076302718556, 0.327845999449, 0.123903444308, 0.265867961292, 0.149669090363)]
    [InlineData(QuadraticModel.Signed, TargetSigns.Alternating, 0.9999174889, -0.981831664, 0.5676211762, -0.3429853672, 0.2319960093, -0.1691267625, 0.1296301503, -0.1029823389)]
    public void EffectiveSlopes(QuadraticModel model, TargetSigns signs, params double[] expected)
    {
        var problem = new QuadraticProblem { Exponent = 2, SignalExponent = 1.5, ModelSize = 8, Start = 0.2, Model = model, Signs = signs };
        var flow = problem.Solve(new QuadraticFlow { Times = [5], KeepsWeights = true });
        for (var i = 0; i < expected.Length; i++)
            flow[$"w{i + 1}"][0].ShouldBe(expected[i], 1e-8 * Math.Abs(expected[i]));
    }

    [Fact]
    public void DiscreteDescentBesideTheFlow()
    {
        var problem = new QuadraticProblem { Exponent = 1.5, SignalExponent = 2, ModelSize = 16, Dimension = 16, Start = 0.1, Model = QuadraticModel.Positive };
        problem.Solve(new PopulationDescent { LearningRate = 0.1, AtSteps = [200] })["risk"][^1].ShouldBe(0.05447064059, 1e-8 * 0.054);
        problem.Solve(new QuadraticFlow { Times = [20] })["risk"][0].ShouldBe(0.05449085786, 1e-8 * 0.054);
    }

    [Fact]
    public void EffectiveDimensions()
    {
        var problem = Steep with { ModelSize = 4096, Dimension = 4096 };
        double[] times = [1e2, 1e4, 1e6];
        times.Select(time => Relaxation.EffectiveDimension(problem with { Model = QuadraticModel.Positive }, time)).ShouldBe([7, 46, 309]);
        times.Select(time => Relaxation.EffectiveDimension(problem with { Model = QuadraticModel.Linear }, time)).ShouldBe([5, 24, 112]);

        // Counted one by one and searched by halving.
        Relaxation.EffectiveDimension(problem with { Model = QuadraticModel.Positive, ModelSize = 1_000_001, Dimension = 1_000_001 }, 1e6).ShouldBe(309);
    }

    [Theory]
    [InlineData(true, QuadraticModel.Positive, 1.463906836, 1.310220526, 0.3866538906, 0.1623812778, 0.1599757064)]
    [InlineData(true, QuadraticModel.Signed, 1.644689956, 1.405684088, 0.4013359414, 0.1728121581, 0.170265011)]
    [InlineData(true, QuadraticModel.Linear, 1.644689956, 0.9343377339, 0.219624732, 0.09147466185, 0.09011994729)]
    [InlineData(false, QuadraticModel.Positive, 1.431619614, 1.270459186, 1.035300963, 0.8052908552, 0.8015047)]
    [InlineData(false, QuadraticModel.Signed, 2.581127256, 1.710385185, 1.172672501, 0.8659063117, 0.8612783649)]
    [InlineData(false, QuadraticModel.Linear, 2.581127256, 1.93937835, 1.282812758, 1.000866511, 0.9971014403)]
    public void ExpectedRiskOfSgd(bool isGentle, QuadraticModel model, params double[] expected)
    {
        var closure = (Wide(isGentle) with { Model = model }).Solve(new MomentClosure { LearningRate = 0.05, Steps = 2000, ScheduleShape = new GeometricShape(2), AtSteps = [0, 10, 100, 1000, 2000], IsOfSheet = true });
        for (var row = 0; row < expected.Length; row++)
            closure["risk"][row].ShouldBe(expected[row], 1e-6 * expected[row]);
        if (model == QuadraticModel.Linear)
            (Wide(isGentle) with { Model = model }).Solve(new LinearMoments { LearningRate = 0.05, Steps = 2000, ScheduleShape = new GeometricShape(2), AtSteps = [2000] })["risk"][0].ShouldBe(closure["risk"][^1]);
    }

    [Theory]
    [InlineData(true, 0.294959086, 0.5518270527)]
    [InlineData(false, 0.3143137039, 0.6504643428)]
    public void EdgesOfStability(bool isGentle, double quadratic, double linear)
    {
        foreach (var model in new[] { QuadraticModel.Positive, QuadraticModel.Signed })
            Stability.Of(Wide(isGentle) with { Model = model }).Edge.ShouldBe(quadratic, 1e-8);
        Stability.Of(Wide(isGentle) with { Model = QuadraticModel.Linear }).Edge.ShouldBe(linear, 1e-8);
    }

    [Fact]
    public void LowerBound() => RiskBound.LowerBound(2, 0.25, 1000, 10_000).ShouldBe(0.024611477, 1e-9);

    [Fact]
    public void Exponents()
    {
        ScalingExponents gentle = new(1.5, 2.5, IsLinear: false), steep = new(3, 1.5, IsLinear: false);
        gentle.Data.ShouldBe(0.6, 1e-15);
        (gentle with { IsLinear = true }).Data.ShouldBe(0.6, 1e-15);
        gentle.Dimension.ShouldBe(0.4, 1e-15);
        (gentle.Rate / gentle.Dimension).ShouldBe(-0.5, 1e-15);
        gentle.Compute.ShouldBe(3.0 / 7, 1e-15);
        steep.Data.ShouldBe(2.0 / 9, 1e-15);
        (steep with { IsLinear = true }).Data.ShouldBe(1.0 / 6, 1e-15);
        steep.LowerBound.ShouldBe(1.0 / 3, 1e-15);
        steep.Dimension.ShouldBe(4.0 / 9, 1e-15);
        steep.Compute.ShouldBe(2.0 / 13, 1e-15);
        (steep with { IsLinear = true }).Compute.ShouldBe(1.0 / 8, 1e-15);
        steep.Gap.ShouldBe(0.5 * 1.5 / (1.5 * 4.5), 1e-15);
        (gentle.Regime, steep.Regime, (steep with { SignalExponent = 3 }).Regime).ShouldBe((SpectralRegime.SignalFallsFaster, SpectralRegime.SpectrumFallsFaster, SpectralRegime.Boundary));
    }

    [Theory]
    [InlineData(0.01, 0.0464649, 1e-7)]
    [InlineData(1, 0.211991, 1e-6)]
    [InlineData(100, 0.2140887, 1e-7)]
    public void LazyLimit(double start, double expected, double tolerance)
    {
        // At linear time 3, which is the time 3/4c of the signed model.
        var problem = new QuadraticProblem { Exponent = 1.5, SignalExponent = 2, ModelSize = 16, Dimension = 16, Start = start };
        problem.Solve(new QuadraticFlow { Times = [3 / (4 * start)] })["risk"][0].ShouldBe(expected, tolerance);
        (problem with { Model = QuadraticModel.Linear }).Solve(new QuadraticFlow { Times = [3] })["risk"][0].ShouldBe(0.2140889, 1e-7);
    }

    [Theory]
    [InlineData(3, 1.5, 0.5, "positive", 0.897046, 0.770314, 0.652180)]
    [InlineData(3, 1.5, 0.5, "signed", 0.990465, 0.825720, 0.684592)]
    [InlineData(3, 1.5, 0.5, "linear", 1.13468, 0.957520, 0.805778)]
    [InlineData(4, 2, 0.5, "positive", 0.310751, 0.249284, 0.193082)]
    [InlineData(4, 2, 0.5, "signed", 0.348958, 0.270056, 0.204114)]
    [InlineData(4, 2, 0.5, "linear", 0.441775, 0.335619, 0.261917)]
    public void FinalRiskAgainstSamples(double exponent, double signal, double start, string model, params double[] expected)
    {
        double[] samples = [1e3, Math.Pow(10, 3.5), 1e4];
        var kind = model switch { "positive" => QuadraticModel.Positive, "signed" => QuadraticModel.Signed, _ => QuadraticModel.Linear };
        for (var k = 0; k < samples.Length; k++)
        {
            var steps = (long)Math.Round(samples[k]);
            var dimension = Math.Pow(steps, new ScalingExponents(exponent, signal, kind == QuadraticModel.Linear).Dimension);
            var problem = new QuadraticProblem { Exponent = exponent, SignalExponent = signal, Start = start, Model = kind, Dimension = 200_000, ModelSize = (long)Math.Max(60, Math.Min(600, (4 * dimension) + 20)) };
            var risk = problem.Solve(new MomentClosure { LearningRate = 0.05, Steps = steps, ScheduleShape = new GeometricShape(2), AtSteps = [steps], IsOfSheet = true })["risk"][^1];
            risk.ShouldBe(expected[k], 1e-5 * expected[k]);
        }
    }

    private static QuadraticProblem Wide(bool isGentle) => (isGentle ? Gentle : Steep) with { ModelSize = 32, Dimension = 4096 };
}
