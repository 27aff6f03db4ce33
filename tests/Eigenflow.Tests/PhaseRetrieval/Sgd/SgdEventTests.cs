using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class SgdEventTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void EventsOfTheMeanAreThoseOfStepsWhateverIsSaved(int replicas)
    {
        var problem = Reference.Problem(20, 1.5) with { Start = Start.UnitSphere(1), Accuracy = 0.2 };
        var method = new OnlineSgd { LearningRate = 2e-3, Replicas = replicas };
        var all = problem.Solve(method with { AtSteps = [.. Enumerable.Range(0, 6001).Select(step => (long)step)] });
        bool Holds(string name, int row) => name switch
        {
            "escape" => Math.Abs(all["u"][row]) >= 0.1,
            "crossing" => all["s"][row] >= 1.0 / 3,
            _ => Math.Abs(1 - all["s"][row]) <= 0.2 && Math.Abs(1 - Math.Abs(all["u"][row])) <= 0.2,
        };
        foreach (var name in new[] { "escape", "crossing", "convergence" })
        {
            var row = Array.IndexOf([.. all["t"]], all.TimeOf(name));
            row.ShouldBeGreaterThan(0, name);
            Holds(name, row).ShouldBeTrue(name);
            Holds(name, row - 1).ShouldBeFalse(name);
        }

        foreach (var steps in new long[][] { [6000], [17, 1000, 3333, 6000] })
        {
            var few = problem.Solve(method with { AtSteps = steps });
            few.Events.ShouldBe(all.Events);
            few["mse"][^1].ShouldBe(all["mse"][^1]);
            few.Times.Length.ShouldBe(steps.Length);
        }
    }

    [Fact]
    public void LooksDoNotDependOnTheRowsButForTheLast()
    {
        var rows = EnsembleEvents.Steps([5, 1000, 100_000]);
        rows.ShouldContain(5);
        var looks = rows.Where((_, k) => EnsembleEvents.IsLook(rows)[k]).ToArray();
        var bare = EnsembleEvents.Steps([100_000]);
        EnsembleEvents.IsLook(bare).ShouldAllBe(isLook => isLook);
        looks.ShouldBe(bare);
        bare[0].ShouldBe(0);
        bare[^1].ShouldBe(100_000);
        for (var k = 1; k < bare.Length - 1; k++)
            (bare[k] - bare[k - 1]).ShouldBe(Math.Max(32, bare[k - 1] / 32));
    }
}
