using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class VolterraTests
{
    [Theory]
    [InlineData(TeacherNormalization.UnitOverlap)]
    [InlineData(TeacherNormalization.Dimension)]
    public void PhaseOneIsTheLinearisedFlow(TeacherNormalization normalization)
    {
        var problem = Reference.Problem(60, 1.5) with { Teacher = Teacher.Gaussian(3) with { Normalization = normalization } };
        var modes = problem.Modes(ModeRepresentation.Full);
        var escape = EscapeTheory.Of(modes);
        var times = new[] { 0.2, 1, 2.5 }.Select(value => value / escape.Rate).ToArray();
        var volterra = problem.Solve(new VolterraPhaseOne { Times = times, RelativeTolerance = 1e-11 });

        // The same linear equation as an ordinary one.
        var system = new FlowSystem(modes, isLinear: true);
        var linear = ContinuousRun.Run(system, modes.Start, times, 1e-12, new PhaseEvents(problem, modes.TeacherOverlap), "", default);
        for (var row = 0; row < times.Length; row++)
        {
            volterra["u"][row].ShouldBe(linear.Rows[row].U, 1e-9 * Math.Abs(linear.Rows[row].U));
            volterra["s"][row].ShouldBe(linear.Rows[row].S, 1e-9 * linear.Rows[row].S);
            volterra["mse"][row].ShouldBe(linear.Rows[row].MeanSquaredError, 1e-9 * linear.Rows[row].MeanSquaredError);
        }
    }

    [Theory]
    [InlineData(60, 1.5, 1e-6)]
    [InlineData(300, 0.7, 1e-10)]
    [InlineData(40, 4, 1e-3)]
    public void NoValueDependsOnTheLastTime(int dimension, double exponent, double tolerance)
    {
        var problem = Reference.Problem(dimension, exponent);
        var rate = EscapeTheory.Of(problem.Modes()).Rate;
        double[] times = [0.013 / rate, 0.37 / rate, 1.9 / rate];
        var alone = problem.Solve(new VolterraPhaseOne { Times = times, RelativeTolerance = tolerance });
        foreach (var end in new[] { 2.0, 3.7, 9.1, 60, 290 })
        {
            var longer = problem.Solve(new VolterraPhaseOne { Times = [.. times, end / rate], RelativeTolerance = tolerance });
            foreach (var column in alone.Observables)
                longer[column.Name].Take(3).ShouldBe(column.Values, $"{column.Name} until {end}");
        }
    }

    [Fact]
    public void ValuesBetweenThePointsOfTheGridAreThoseOfTheLinearisedFlow()
    {
        var problem = Reference.Problem(60, 1.5);
        var modes = problem.Modes(ModeRepresentation.Full);
        var rate = EscapeTheory.Of(modes).Rate;
        double[] times = [.. Enumerable.Range(1, 100).Select(k => 0.0537 * k / rate)];
        var volterra = problem.Solve(new VolterraPhaseOne { Times = times, RelativeTolerance = 1e-8 });
        var linear = ContinuousRun.Run(new FlowSystem(modes, isLinear: true), modes.Start, times, 1e-12, new PhaseEvents(problem, modes.TeacherOverlap), "", default);
        for (var row = 0; row < times.Length; row++)
            volterra["u"][row].ShouldBe(linear.Rows[row].U, 1e-9 * Math.Abs(linear.Rows[row].U));
    }

    [Fact]
    public void EscapeCurveIsItsLongTimeLimit()
    {
        var problem = Reference.Problem(100, 2);
        var escape = EscapeTheory.Of(problem.Modes());
        var time = 8 / escape.Rate;
        var u = problem.Solve(new VolterraPhaseOne { Times = [time], RelativeTolerance = 1e-10 })["u"][0];
        u.ShouldBe(escape.Coefficient * Math.Exp(escape.Rate * time), 1e-4 * u);
    }

    [Fact]
    public void SmallStartFollowsPhaseOneUntilTheSaddle()
    {
        var problem = Reference.Problem(50, 1.5) with { Start = Start.FromValues(Enumerable.Range(0, 50).Select(i => 1e-5 * Math.Cos(i))) };
        var volterra = problem.Solve(new VolterraPhaseOne { RelativeTolerance = 1e-9 });
        var flow = problem.Solve(new GradientFlow { Times = volterra.Times });
        for (var row = 0; row < volterra.Times.Length; row++)
        {
            if (flow["s"][row] < 1e-3)
                volterra["u"][row].ShouldBe(flow["u"][row], 2e-3 * Math.Sqrt(flow["s"][row]));
        }

        volterra.TimeOf("escape").ShouldBe(flow.TimeOf("escape"), 0.01 * flow.TimeOf("escape"));
    }

    [Fact]
    public void FullEquationHoldsAlongTheFlowWithTheTwoArgumentKernel() =>
        VolterraPhaseOne.Residual(Reference.Problem(60, 1.5), 20, 1e-10, default).ShouldBeLessThan(1e-7);

    [Fact]
    public void RangeBeyondTheLinearTheoryIsRefused() =>
        Should.Throw<ParameterException>(() => Reference.Problem(50, 2).Solve(new VolterraPhaseOne { Times = [1e4] })).Message.ShouldContain("method flow");

    [Fact]
    public void TimeZeroAloneGivesTheStart()
    {
        var problem = Reference.Problem(100, 2);
        problem.Solve(new VolterraPhaseOne { Times = [0] })["u"].ShouldBe([0.1107749855], 1e-10);
    }
}
