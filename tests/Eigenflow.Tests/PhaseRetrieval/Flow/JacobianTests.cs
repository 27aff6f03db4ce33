using Eigenflow.Numerics.Ode;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class JacobianTests
{
    [Theory]
    [InlineData(ModeRepresentation.Full)]
    [InlineData(ModeRepresentation.Compressed)]
    public void FlowJacobianIsTheDerivativeInBothForms(ModeRepresentation representation)
    {
        var modes = (Reference.Problem(80, 1.3) with { Teacher = Teacher.Gaussian(5) }).Modes(representation);
        var system = new FlowSystem(modes);
        var state = Enumerable.Range(0, modes.Size).Select(j => (0.8 * modes.Teacher[j]) + (0.3 * modes.Start[j])).ToArray();
        CheckJacobian(system, state);
        system.Reformulate(state, system.Observe(state)).ShouldBeTrue();
        system.IsDeviation.ShouldBeTrue();
        CheckJacobian(system, state);
    }

    [Fact]
    public void LinearPhaseJacobianIsTheDerivative()
    {
        var modes = Reference.Problem(20, 2).Modes(ModeRepresentation.Full);
        CheckJacobian(new FlowSystem(modes, isLinear: true), modes.Start);
    }

    [Fact]
    public void HierarchyJacobianIsTheDerivative()
    {
        var model = new TruncatedHierarchy.MomentModel(Reference.Problem(50, 1.5).Modes(), 6);
        CheckJacobian(model, [.. model.Start.Select((value, k) => value * (1 + (0.1 * k)))]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void BothFormsHaveOneVectorFieldAndOneSetOfStatistics(int sign)
    {
        var modes = Reference.Problem(40, 1.5).Modes(ModeRepresentation.Full);
        var absolute = new FlowSystem(modes);
        var deviation = new FlowSystem(modes);
        var state = Enumerable.Range(0, modes.Size).Select(j => sign * (0.9 + (0.01 * j))).ToArray();
        var shifted = (double[])state.Clone();
        deviation.Reformulate(shifted, deviation.Observe(shifted)).ShouldBeTrue();
        deviation.Sign.ShouldBe(sign);
        double[] first = new double[modes.Size], second = new double[modes.Size];
        absolute.Derivative(0, state, first);
        deviation.Derivative(0, shifted, second);
        for (var j = 0; j < modes.Size; j++)
            second[j].ShouldBe(first[j], 1e-13);
        var (a, b) = (absolute.Observe(state), deviation.Observe(shifted));
        b.S.ShouldBe(a.S, 1e-13);
        b.U.ShouldBe(a.U, 1e-13);
        b.Loss.ShouldBe(a.Loss, 1e-13);
        b.MeanSquaredError.ShouldBe(a.MeanSquaredError, 1e-13);
        b.Shortfall.ShouldBe(a.Shortfall, 1e-13);
        b.Misalignment.ShouldBe(a.Misalignment, 1e-13);
    }

    [Fact]
    public void FlowIsMinusTheGradientOfTheLandscape()
    {
        var problem = Reference.Problem(30, 1.2);
        var modes = problem.Modes(ModeRepresentation.Full);
        double[] gradient = new double[30], derivative = new double[30];
        Landscape.Of(problem).Gradient(modes.Start, gradient);
        new FlowSystem(modes).Derivative(0, modes.Start, derivative);
        for (var i = 0; i < 30; i++)
            derivative[i].ShouldBe(-gradient[i], 1e-15);
    }

    internal static void CheckJacobian(ILowRankSystem system, double[] state, double tolerance = 2e-8)
    {
        var jacobian = new LowRankJacobian(system.Size, system.Rank);
        system.Linearize(0, state, jacobian);
        double[] up = new double[system.Size], down = new double[system.Size];
        var scale = state.Max(Math.Abs);
        for (var column = 0; column < system.Size; column++)
        {
            // The right-hand sides are cubic, so that central differences are exact up to the square of the step.
            var step = 1e-5 * scale;
            var moved = (double[])state.Clone();
            moved[column] += step;
            system.Derivative(0, moved, up);
            moved[column] -= 2 * step;
            system.Derivative(0, moved, down);
            for (var row = 0; row < system.Size; row++)
            {
                var entry = row == column ? jacobian.Diagonal[row] : 0;
                for (var r = 0; r < system.Rank; r++)
                    entry += jacobian.Left(r)[row] * jacobian.Right(r)[column];
                entry.ShouldBe((up[row] - down[row]) / (2 * step), tolerance * (1 + Math.Abs(entry)), $"row {row}, column {column}");
            }
        }
    }
}
