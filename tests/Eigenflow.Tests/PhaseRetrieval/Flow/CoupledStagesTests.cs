using Eigenflow.Numerics.Ode;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class CoupledStagesTests
{
    [Theory]
    [InlineData(100, 2.0, ModeRepresentation.Full)]
    [InlineData(37, 1.2, ModeRepresentation.Full)]
    [InlineData(3000, 1.5, ModeRepresentation.Compressed)]
    public void OnePassPerStageAgreesWithTheGeneralStages(int dimension, double exponent, ModeRepresentation representation)
    {
        var modes = (Reference.Problem(dimension, exponent) with { Teacher = Teacher.Gaussian(5) }).Modes(representation);
        var system = new FlowSystem(modes);
        var solver = new StiffSolver<FlowSystem>(system, new AdaptiveOptions { RelativeTolerance = 1e-7 });
        StageKernel fused = StageKernel.Of(system), general = StageKernel.Of(new General(system));
        fused.ShouldBeOfType<CoupledStages>();
        general.ShouldBeOfType<LowRankStages<General>>();
        double[] Vector() => VectorLoops.Padded(modes.Size);
        double[] state = Vector(), first = Vector(), second = Vector();
        double[][] polynomials = [Vector(), Vector(), Vector()], others = [Vector(), Vector(), Vector()];
        solver.Start(0, modes.Start);
        var forms = new HashSet<bool>();
        while (solver.Time < 1e4)
        {
            // The same step from the same state by both, in both forms of the state.
            solver.Step(1e4).ShouldBeTrue();
            solver.PreviousState.CopyTo(state);
            foreach (var kernel in new[] { fused, general })
            {
                kernel.Restart(state);
                kernel.Linearize(solver.PreviousTime, state);
                kernel.Attempt(solver.PreviousTime, solver.Time - solver.PreviousTime, state, kernel == fused ? first : second).ShouldBeTrue();
                kernel.Dense(kernel == fused ? polynomials : others);
            }

            var scale = state.Max(Math.Abs);
            for (var j = 0; j < modes.Size; j++)
            {
                second[j].ShouldBe(first[j], 1e-12 * scale);
                for (var k = 0; k < 3; k++)
                    others[k][j].ShouldBe(polynomials[k][j], 1e-11 * scale);
            }

            var norm = fused.ErrorNorm(state, first, 1e-7);
            general.ErrorNorm(state, second, 1e-7).ShouldBe(norm, 1e-3 * norm + 1e-6);
            forms.Add(system.IsDeviation);
            var moved = solver.State.ToArray();
            if (system.Reformulate(moved, system.Observe(moved)))
                solver.Start(solver.Time, moved);
        }

        forms.Count.ShouldBe(2);
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        var modes = Reference.Problem(500, 2).Modes(ModeRepresentation.Full);
        Allocated(new FlowSystem(modes)).ShouldBe(0);
        Allocated(new General(new FlowSystem(modes))).ShouldBe(0);

        long Allocated<TSystem>(TSystem system)
            where TSystem : ILowRankSystem
        {
            var solver = new StiffSolver<TSystem>(system, new AdaptiveOptions { RelativeTolerance = 1e-8 });
            solver.Start(0, modes.Start);
            solver.Step(double.PositiveInfinity).ShouldBeTrue();

            // The least of several rounds: the runtime itself may allocate once on this thread, for code that it compiles again; steps would in every round.
            return Enumerable.Range(0, 5).Min(_ =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var step = 0; step < 40; step++)
                    solver.Step(double.PositiveInfinity);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });
        }
    }

    [Fact]
    public void WithoutDenseOutputTheRowsAreTheSameAndMemoryDoesNotGrowWithTheSteps()
    {
        var problem = Reference.Problem(1000, 2);
        var method = new GradientFlow { Until = 1e4, RelativeTolerance = 1e-9, Modes = ModeRepresentation.Full };
        var with = problem.Solve(method);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var without = problem.Solve(method with { KeepsDenseOutput = false });
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        without["mse"].ShouldBe(with["mse"]);
        without["u"].ShouldBe(with["u"]);
        without.Statistics.Steps.ShouldBe(with.Statistics.Steps);
        with.At(5)["u"].ShouldBeGreaterThan(0);
        Should.Throw<ParameterException>(() => without.At(5));
        without.Statistics.Steps.ShouldBeGreaterThan(500);
        allocated.ShouldBeLessThan(1000 * 8 * 100, "vectors of the problem and of the solver, and nothing per step");
    }

    // Hides the structure, so that the solver takes the stages for any low-rank Jacobian.
    private sealed class General(FlowSystem system) : ILowRankSystem
    {
        public int Size => system.Size;

        public int Rank => system.Rank;

        public bool IsAutonomous => true;

        public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => system.Derivative(time, state, derivative);

        public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

        public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian) => system.Linearize(time, state, jacobian);

        public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance) =>
            system.ErrorNorm(before, after, error, relativeTolerance);
    }
}
