using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems.Drawing;

/// <summary>The range of an overlay is that of runs that did not diverge.</summary>
public sealed class RangeTests
{
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
