using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems.Drawing;

/// <summary>The range of an overlay is that of runs that did not diverge.</summary>
public sealed class RangeTests
{
    // What is zero throughout has no scale, and says so.
    [Fact]
    public void ACurveThatIsZeroThroughoutSaysSo()
    {
        var system = SystemCatalog.Find("in-and-out-of-equilibrium");
        var panel = system.Draw([system.Solve(system.Complete("theory", new Setting([])))]).Panels.First(panel => panel.Title == "mean");
        panel.Series.Single().Y.ShouldAllBe(value => value == 0);
        (panel.Y.Minimum, panel.Y.Maximum).ShouldBe((-1, 1));
        var text = panel.Annotations.Single();
        (text.Text, text.Y).ShouldBe(("0 throughout", 0));
        text.X.ShouldBeInRange(panel.X.Minimum!.Value, panel.X.Maximum!.Value);
    }

    [Fact]
    public void RunsThatDivergedDoNotHideTheOthers()
    {
        var system = SystemCatalog.Find("functional-scaling-law");
        Solution Solved(double momentum) => system.Solve(system.Complete("exact", new Setting([new("features", 64L), new("steps", 2000L), new("peak", 0.1), new("momentum", momentum)])));
        Solution[] solutions = [Solved(0), Solved(0.99)];
        solutions[1].Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        var loss = solutions[0]["loss"];
        var axis = system.Draw(solutions).Panels.First(panel => panel.Title == "loss against steps").Y;
        (axis.Minimum ?? 0).ShouldBeLessThan(loss.Min());
        axis.Maximum!.Value.ShouldBeInRange(loss.Max(), 10 * loss.Max());

        // Alone it is drawn whole.
        system.Draw([solutions[1]]).Panels.First(panel => panel.Title == "loss against steps").Y.Maximum.ShouldBeNull();
    }
}
