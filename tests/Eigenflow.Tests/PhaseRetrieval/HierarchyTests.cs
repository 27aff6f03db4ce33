using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class HierarchyTests
{
    [Fact]
    public void HighOrderFollowsTheFlowThroughTheEscape()
    {
        var problem = Reference.Problem(100, 2);
        double[] times = [0.05, 0.1, 0.2, 0.4];
        var flow = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-10 });
        var hierarchy = problem.Solve(new TruncatedHierarchy { Times = times, Order = 30, RelativeTolerance = 1e-10 });
        hierarchy.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        foreach (var quantity in new[] { "s", "u", "mse", "loss" })
        {
            for (var row = 0; row < times.Length; row++)
                hierarchy[quantity][row].ShouldBe(flow[quantity][row], 1e-8, quantity);
        }
    }

    [Fact]
    public void ErrorFallsWithTheOrderAtFixedTime()
    {
        var problem = Reference.Problem(100, 2);
        var exact = problem.Solve(new GradientFlow { Times = [0.2], RelativeTolerance = 1e-11 })["u"][0];
        var errors = new[] { 2, 4, 8, 16 }
            .Select(order => Math.Abs(problem.Solve(new TruncatedHierarchy { Times = [0.2], Order = order, RelativeTolerance = 1e-11 })["u"][0] - exact)).ToArray();
        for (var k = 1; k < errors.Length; k++)
            errors[k].ShouldBeLessThan(errors[k - 1] / 5);
    }

    [Fact]
    public void LowOrderDivergesAndSaysWhatToDo()
    {
        var solution = Reference.Problem(100, 2).Solve(new TruncatedHierarchy { Order = 2, Until = 1000 });
        solution.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        solution.Status.Message.ShouldContain("raise hierarchy-order");
        solution.Status.Message.ShouldContain("method flow");
        solution.Times.Length.ShouldBeGreaterThan(1);
        solution["u"].ShouldAllBe(value => double.IsFinite(value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void OrderOutOfRangeIsRefused(int order) =>
        Should.Throw<ParameterException>(() => Reference.Problem(10, 1).Solve(new TruncatedHierarchy { Order = order })).Parameter.ShouldBe("hierarchy-order");

    [Fact]
    public void TinyStartsLeaveZero()
    {
        // u grows by itself, although s underflows.
        double[] start = [.. Enumerable.Range(0, 10).Select(i => 1e-300 * (1 + Math.Cos(i)))];
        var problem = new PhaseRetrievalProblem { Spectrum = Eigenflow.Spectra.Spectrum.PowerLaw(10, 1), Teacher = Teacher.Ones(), Start = Start.FromValues(start) };
        var hierarchy = problem.Solve(new TruncatedHierarchy { Order = 30, Times = [1, 20], RelativeTolerance = 1e-6 });
        var flow = problem.Solve(new GradientFlow { Times = [1, 20], RelativeTolerance = 1e-6 });
        Math.Log(hierarchy["u"][1] / hierarchy["u"][0]).ShouldBe(Math.Log(flow["u"][1] / flow["u"][0]), 0.1);
    }
}
