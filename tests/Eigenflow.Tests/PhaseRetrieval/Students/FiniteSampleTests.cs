using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class FiniteSampleTests
{
    [Fact]
    public void ManyRowsAreThePopulation()
    {
        var problem = Reference.Problem(5, 1);
        var descent = problem.Solve(new GradientDescent { LearningRate = 0.01, AtSteps = [100, 400] });
        var rows = problem.Solve(new FiniteSampleDescent { Samples = 20_000, LearningRate = 0.01, AtSteps = [100, 400], Replicas = 4 });
        for (var row = 0; row < 2; row++)
        {
            rows["s"][row].ShouldBe(descent["s"][row], (6 * rows["s-se"][row]) + 0.005);
            rows["loss-train"][row].ShouldBe(rows["loss"][row], 0.1 * rows["loss"][row]);
        }
    }

    [Fact]
    public void TheLossOfTheRowsFallsAndFewRowsAreFittedExactly()
    {
        var problem = Reference.Problem(20, 0);
        var few = problem.Solve(new FiniteSampleDescent { Samples = 8, LearningRate = 0.05, Steps = 20_000, Points = 40, Replicas = 2, Threads = 1 });
        for (var row = 1; row < few.Rows; row++)
            few["loss-train"][row].ShouldBeLessThanOrEqualTo(few["loss-train"][row - 1] * (1 + 1e-9));
        few["loss-train"][^1].ShouldBeLessThan(1e-3);
        few["loss"][^1].ShouldBeGreaterThan(0.5);
        few.SummaryOf("recovered").ShouldBe(0);
        few.SummaryOf("effective-dimension")!.Value.ShouldBe(20, 1e-9);
    }

    [Fact]
    public void WithManyRowsTheExcessIsThatOfTheEfficientEstimate()
    {
        const int d = 4, rows = 400, runs = 200;
        var problem = Reference.Problem(d, 1) with { Noise = 0.04 };
        var descent = problem.Solve(new FiniteSampleDescent { Samples = rows, LearningRate = 0.05, Steps = 1500, AtSteps = [1500], Replicas = runs });
        descent["loss"][0].ShouldBe(0.04 * d / rows, (4 * descent["loss-se"][0]) + (0.1 * 0.04 * d / rows));
    }

    [Fact]
    public void SizesBeyondMemoryAreRefused() => Should.Throw<TooLargeException>(() => new PhaseRetrievalProblem().Solve(new FiniteSampleDescent { Samples = 100_000_000, Steps = 1 }));
}
