using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class FrozenPhaseTests
{
    [Theory]
    [InlineData(ModeRepresentation.Full)]
    [InlineData(ModeRepresentation.Compressed)]
    public void DeviationsRelaxModeByModeFromConvergenceOn(ModeRepresentation representation)
    {
        var problem = Reference.Problem(300, 1.5) with { Accuracy = 0.1 };
        var modes = problem.Modes(ModeRepresentation.Full);
        var converged = problem.Solve(new GradientFlow { Until = 1e4, RelativeTolerance = 1e-11 }).TimeOf("convergence");
        var deviation = new FrozenPhase { RelativeTolerance = 1e-11 }.DeviationAt(problem, modes, converged, CancellationToken.None).State;
        double[] later = [1, 30, 1000];
        var frozen = problem.Solve(new FrozenPhase { Times = [.. later.Select(time => converged + time)], RelativeTolerance = 1e-11, Modes = representation });
        for (var row = 0; row < later.Length; row++)
        {
            // MSE(T₂ + τ) = (1/d) Σ e_i² e^(−16λ_i τ).
            var expected = Enumerable.Range(0, 300).Sum(i => deviation[i] * deviation[i] * Math.Exp(-16 * modes.Eigenvalues[i] * later[row])) / 300;
            frozen["mse"][row].ShouldBe(expected, 1e-9 * expected);
        }

        frozen.TimeOf("convergence").ShouldBe(converged, 1e-8 * converged);
    }

    [Fact]
    public void PlateauLastsUntilConvergence()
    {
        // |MSE(T₂) − σ*²| ≲ (ε^(−a)/d)^(1/3) + (log d/d)^(1/3), here with constant one.
        const int dimension = 2000;
        var problem = Reference.Problem(dimension, 1.5) with { Accuracy = 0.2 };
        var flow = problem.Solve(new GradientFlow { Until = 1e5 });
        var plateau = problem.Modes().TeacherNormSquared / dimension;
        var bound = Math.Cbrt(Math.Pow(0.2, -1.5) / dimension) + Math.Cbrt(Math.Log(dimension) / dimension);
        flow.At(flow.TimeOf("convergence"))["mse"].ShouldBe(plateau, bound * plateau);
    }

    [Fact]
    public void NothingIsFrozenBeforeConvergence()
    {
        var solution = Reference.Problem(100, 2).Solve(new FrozenPhase { Until = 0.5 });
        solution.Status.Outcome.ShouldBe(SolveOutcome.Failed);
        solution.Status.Message.ShouldContain("raise until or accuracy");
        solution.Times.Length.ShouldBeGreaterThan(10);
    }
}
