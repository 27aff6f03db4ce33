using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class IsotropicTests
{
    [Theory]
    [InlineData(ModeRepresentation.Full)]
    [InlineData(ModeRepresentation.Compressed)]
    public void ReductionIsTheFlowOfFlatSpectra(ModeRepresentation representation)
    {
        var times = TimeGrid.Logarithmic(0.1, 2000, 30);
        var problem = Reference.Problem(120, 0) with { Teacher = Teacher.Gaussian(1), Start = Start.UnitSphere(2) };
        var flow = problem.Solve(new GradientFlow { Times = times, Modes = representation, RelativeTolerance = 1e-11 });
        var reduced = problem.Solve(new IsotropicReduction { Times = times, RelativeTolerance = 1e-11 });
        foreach (var quantity in new[] { "s", "u", "mse", "loss", "one-minus-s", "one-minus-u" })
        {
            for (var row = 0; row < times.Length; row++)
                reduced[quantity][row].ShouldBe(flow[quantity][row], 1e-8 * Math.Abs(flow[quantity][row]), $"{quantity} at t = {times[row]}");
        }

        foreach (var name in new[] { "escape", "crossing", "convergence" })
            reduced.TimeOf(name).ShouldBe(flow.TimeOf(name), 1e-8 * flow.TimeOf(name));
    }

    [Fact]
    public void ReductionOfAPowerLawUsesTheSameDimensionWithEqualEigenvalues()
    {
        var problem = Reference.Problem(100, 2);
        var reduced = problem.Solve(new IsotropicReduction { Times = [10], RelativeTolerance = 1e-11 });
        reduced["s"][0].ShouldBe(0.0927283114, 2e-10);
        reduced["u"][0].ShouldBe(0.3011540845, 2e-10);
        reduced["mse"][0].ShouldBe(0.4904201422, 1e-9);
        reduced["loss"][0].ShouldBe(2.4775638661, 2e-9);
    }

    [Fact]
    public void ConvergenceIsExponentialWithTheStatedRates()
    {
        // Late, p = eᵀQe falls as e^(−16 t/d) and q is slaved to it, q = −(3/2) p, so that 1 − s = 2p, 1 − u = (3/2) p and L = 4p.
        var flow = Reference.Problem(100, 0).Solve(new GradientFlow { Times = [400, 500], RelativeTolerance = 1e-11 });
        (flow["mse"][0] / flow["mse"][1]).ShouldBe(Math.Exp(16), 1e-6 * Math.Exp(16));
        var p = flow["mse"][1];
        flow["one-minus-s"][1].ShouldBe(2 * p, 1e-6 * p);
        flow["one-minus-u"][1].ShouldBe(1.5 * p, 1e-6 * p);
        flow["loss"][1].ShouldBe(4 * p, 1e-6 * p);
    }
}
