using Eigenflow.Systems.FunctionalScalingLaw;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>The parts of the loss are what their columns say.</summary>
public sealed class PartsTests
{
    [Theory]
    [InlineData("constant", 1, 0.3)]
    [InlineData("cosine", 4, 0.0)]
    [InlineData("8-1-1", 2, 1.0)]
    public void TheSignalIsTheMeanIterateAndSeesNeitherNoiseNorBatch(string schedule, int batch, double noise)
    {
        var problem = Cases.Problem(1.5, 0.7, 64, 40, noise, 300, batch, schedule, 0.2);
        var exact = problem.Solve(new ExactMoments { AtSteps = [1, 30, 300], Modes = ModeRepresentation.Full });
        var modes = problem.Modes(ModeRepresentation.Full);
        foreach (var (row, steps) in new[] { 1, 30, 300 }.Index())
        {
            var expected = 0.0;
            for (var j = 0; j < modes.Size; j++)
            {
                var left = 1.0;
                for (var k = 0; k < steps; k++)
                    left *= 1 - (problem.Schedule.RateAt(k) * modes.Eigenvalues[j]);
                expected += modes.SignalWeights[j] * left * left / 2;
            }

            exact["signal"][row].ShouldBe(expected, 1e-12 * expected);
            exact["noise"][row].ShouldBe(exact["loss"][row] - exact["approximation"][row] - expected, 1e-12 * exact["loss"][row]);
            exact["noise"][row].ShouldBeGreaterThan(0, "samples scatter even without label noise");
        }
    }

    [Fact]
    public void TheScatterOfASingleStepHasItsClosedForm()
    {
        // One mode, no label noise, one step: E δ² = θ*² [(1 − η)² + η²/B + η²/B] with λ = 1, of which (1 − η)² is the mean.
        var problem = Cases.Problem(2, 1, 1, 1, 0, 1, 2, "constant", 0.3);
        var exact = problem.Solve(new ExactMoments { AtSteps = [1] });
        exact.Last("signal").ShouldBe(0.5 * 0.49, 1e-15);
        exact.Last("noise").ShouldBe(0.5 * 0.09, 1e-15);
    }

    [Fact]
    public void InIntrinsicTimeTheSignalIsTheProfileAndTheSquareBelongsToTheNoise()
    {
        var problem = Cases.Problem(1.5, 0.7, 64, 40, 0.1, 200, 1, "constant", 0.2);
        var sde = problem.Solve(new StochasticDifferential { AtSteps = [1, 200] });
        var volterra = problem.Solve(new VolterraEquation { AtSteps = [1, 200] });
        var modes = problem.Modes(ModeRepresentation.Full);
        foreach (var (row, time) in new[] { 0.2, 40 }.Index())
        {
            sde["signal"][row].ShouldBe(modes.SignalProfile(time) / 2, 1e-12 * sde["signal"][row]);
            volterra["signal"][row].ShouldBe(sde["signal"][row], 1e-12 * sde["signal"][row]);
            sde["noise"][row].ShouldBeGreaterThan(volterra["noise"][row]);
        }
    }
}
