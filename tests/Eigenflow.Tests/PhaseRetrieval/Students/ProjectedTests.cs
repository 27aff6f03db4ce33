using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class ProjectedTests
{
    [Theory]
    [InlineData(NormProjection.Tangent)]
    [InlineData(NormProjection.Rescale)]
    public void TheJacobianIsTheDerivativeInBothForms(NormProjection projection)
    {
        var modes = Reference.Problem(9, 1.3).Modes(ModeRepresentation.Full);
        var system = new ProjectedSystem(modes, projection);
        JacobianTests.CheckJacobian(system, system.InitialState, 1e-6);
        var state = Enumerable.Range(0, modes.Size).Select(j => (0.9 * modes.Teacher[j]) + (0.1 * modes.Start[j])).ToArray();
        system.Reformulate(state, system.Observe(state)).ShouldBeTrue();
        JacobianTests.CheckJacobian(system, state, 1e-6);
    }

    [Fact]
    public void TheTangentFlowIsTheGradientWithoutItsNormalPart()
    {
        var modes = Reference.Problem(9, 1.3).Modes(ModeRepresentation.Full);
        var system = new ProjectedSystem(modes, NormProjection.Tangent);
        var w = system.InitialState;
        var gradient = Slopes.Gradient(point => PhaseStatistics.LossOf(modes.Sum(j => modes.Eigenvalues[j] * point[j] * point[j]), modes.Sum(j => modes.Eigenvalues[j] * point[j] * modes.Teacher[j]), modes.TeacherOverlap), w);
        double[] normal = [.. w.Select((value, j) => modes.Eigenvalues[j] * value)];
        var part = normal.Zip(gradient, (a, b) => a * b).Sum() / normal.Sum(value => value * value);
        var derivative = new double[w.Length];
        system.Derivative(0, w, derivative);
        for (var j = 0; j < w.Length; j++)
            derivative[j].ShouldBe((part * normal[j]) - gradient[j], 1e-7);
    }

    [Fact]
    public void TheRescaledFlowIsTheLimitOfDescentWithARescaledNorm()
    {
        var problem = Reference.Problem(6, 1);
        var modes = problem.Modes(ModeRepresentation.Full);
        var w = new ProjectedSystem(modes, NormProjection.Rescale).InitialState;
        const int steps = 40_000;
        const double step = 2.0 / steps;
        for (var n = 0; n < steps; n++)
        {
            var u = modes.Sum(j => modes.Eigenvalues[j] * w[j] * modes.Teacher[j]);
            for (var j = 0; j < w.Length; j++)
                w[j] += step * modes.Eigenvalues[j] * ((-8 * modes.TeacherOverlap * w[j]) + (8 * u * modes.Teacher[j]));
            var scale = Math.Sqrt(modes.TeacherOverlap / modes.Sum(j => modes.Eigenvalues[j] * w[j] * w[j]));
            for (var j = 0; j < w.Length; j++)
                w[j] *= scale;
        }

        var flow = problem.Solve(new ProjectedFlow { Projection = NormProjection.Rescale, Times = [2] });
        flow["u"][0].ShouldBe(modes.Sum(j => modes.Eigenvalues[j] * w[j] * modes.Teacher[j]), 1e-4);
    }

    [Theory]
    [InlineData(NormProjection.Tangent)]
    [InlineData(NormProjection.Rescale)]
    public void TheNormStaysAndDigitsAreKept(NormProjection projection)
    {
        var flow = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(30, 0.5) }.Solve(new ProjectedFlow { Projection = projection, Until = 1000 });
        foreach (var value in flow["one-minus-s"])
            Math.Abs(value).ShouldBeLessThan(1e-8);
        flow["one-minus-u"][^1].ShouldBeLessThan(1e-30);
        flow["loss"][^1].ShouldBe(4 * 2 * flow["one-minus-u"][^1], 1e-6 * 8 * flow["one-minus-u"][^1]);
    }

    [Fact]
    public void IsotropicInputsHaveAClosedForm()
    {
        var flow = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(50) }.Solve(new ProjectedFlow { Times = [0, 5, 10, 30] });
        double Odds(int row) => flow["u"][row] * flow["u"][row] / (1 - (flow["u"][row] * flow["u"][row]));
        for (var row = 1; row < 4; row++)
            Math.Log(Odds(row) / Odds(0)).ShouldBe(16 * flow.Times[row] / 50, 1e-6);
    }
}
