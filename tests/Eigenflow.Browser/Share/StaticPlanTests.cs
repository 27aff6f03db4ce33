using Eigenflow.Explorer.StaticPages;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Browser;

/// <summary>What a page is said to take, before it is made: counted, since a clock depends on what else runs.</summary>
public sealed class StaticPlanTests
{
    private static readonly ISystem System = SystemCatalog.Find("quadratic-parameterization");

    [Fact]
    public void WhatIsLeftIsWhatIsSolved()
    {
        var plan = Plan(new StaticPageRequest { System = System, Axes = [Axis("exponent", "1.5,2,3"), Axis("signal-exponent", "1.5,2,2.5")] });
        var before = plan.Solver.Solved;
        plan.Settings.ShouldBe(9);
        plan.Left.ShouldBe(plan.Solver.Missing(plan.Axes, [.. GridSolver.Nodes(plan.Axes), .. InterpolationCheck.Points(plan.Axes)]).Count);
        plan.Seconds.ShouldBeGreaterThan(0);
        _ = StaticPage.Make(plan, cancellation: TestContext.Current.CancellationToken);
        (plan.Solver.Solved - before).ShouldBe(plan.Left);
    }

    // Values that the planner chooses are solved and compared by then: nothing of it is done twice.
    [Fact]
    public void WhatWasSolvedAndComparedToChooseValuesIsThePage()
    {
        var plan = Plan(new StaticPageRequest { System = System, Parameters = ["exponent"] });
        var before = plan.Solver.Solved;
        (plan.Left, plan.Seconds).ShouldBe((0, 0));
        plan.Checked.ShouldNotBeNull().Axes.ShouldBe(plan.Axes);
        var page = StaticPage.Make(plan, cancellation: TestContext.Current.CancellationToken);
        plan.Solver.Solved.ShouldBe(before);
        StaticPage.Make(plan with { Checked = null }, cancellation: TestContext.Current.CancellationToken).Html.ShouldBe(page.Html);
    }

    // Work that is a power of sizes: a few settings inside know nothing of the largest corner, which has most of it.
    [Fact]
    public void CostsOfAGridFollowFromItsCorners()
    {
        PageAxis[] axes = [PageAxis.Typed(Size("n"), "geomspace(1e2,1e6,9)"), PageAxis.Typed(Size("m"), "geomspace(10,1e4,7)")];
        static double Work(double[] values) => 1e-5 * values[0] * Math.Sqrt(values[1]);
        var nodes = GridSolver.Nodes(axes);
        var truth = nodes.Sum(Work);

        // What is measured side by side with other work takes twice as long.
        var some = nodes.Take(20).Select(values => (values, 2 * Work(values))).ToArray();
        new SolveCosts(axes, Work, some).Sum(nodes).ShouldBe(2 * truth, 0.02 * truth);
        (some.Average(one => one.Item2) * nodes.Count).ShouldBeLessThan(truth / 5);
    }

    private static Parameter<double> Size(string name) => Parameter.Number(name, name, 1, "A size.", ValueRange.Positive);

    private static PageAxis Axis(string name, string values) => PageAxis.Typed(System.Parameter(name)!, values);

    private static StaticPagePlan Plan(StaticPageRequest request) => StaticPage.Plan(request, cancellation: TestContext.Current.CancellationToken);
}
