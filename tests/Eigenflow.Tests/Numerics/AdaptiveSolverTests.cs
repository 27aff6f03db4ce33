using Eigenflow.Numerics.Ode;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class AdaptiveSolverTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void ObservedOrderIsThatOfTheMethod(bool isForced, bool isExplicit)
    {
        var steps = (isForced ? 32 : 16) * (isExplicit ? 4 : 1);
        Math.Log2(Error(isForced, isExplicit, steps).End / Error(isForced, isExplicit, 2 * steps).End).ShouldBe(5, 0.1);
        Math.Log2(Error(isForced, isExplicit, steps).Inside / Error(isForced, isExplicit, 2 * steps).Inside).ShouldBe(5, 0.1, "dense output of order 4 leaves a local error of order 5");
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-7)]
    [InlineData(1e-10)]
    public void ExplicitErrorStaysNearTheTolerance(double tolerance)
    {
        var system = new Coupled(true) { Norm = null };
        var solver = Solver(system, new AdaptiveOptions { RelativeTolerance = tolerance }, isExplicit: true);
        solver.Start(0, system.Exact(0));
        double[] state = new double[3], middle = new double[3];
        while (solver.Time < 5)
        {
            solver.Step(5).ShouldBeTrue();
            var time = (solver.PreviousTime + solver.Time) / 2;
            solver.Interpolate(time, middle);
            Distance(middle, system.Exact(time)).ShouldBeLessThan(30 * tolerance);
            solver.State.CopyTo(state);
            Distance(state, system.Exact(solver.Time)).ShouldBeLessThan(10 * tolerance);
        }

        solver.Evaluations.ShouldBe(1 + (6 * (solver.Steps + solver.Rejections)));
        solver.Linearizations.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DenseOutputMeetsBothEndsOfTheStep(bool isExplicit)
    {
        var system = new Coupled(true);
        var solver = Solver(system, new AdaptiveOptions { RelativeTolerance = 0.1, InitialStep = 0.1 }, isExplicit);
        solver.Start(0, system.Exact(0));
        solver.Step(1).ShouldBeTrue();
        var state = new double[3];
        solver.Interpolate(solver.PreviousTime, state);
        state.ShouldBe(solver.PreviousState.ToArray());
        solver.Interpolate(solver.Time, state);
        state.ShouldBe(solver.State.ToArray());
        solver.CaptureSegment().Evaluate(0.04, state);
        var again = new double[3];
        solver.Interpolate(0.04, again);
        state.ShouldBe(again);
    }

    [Fact]
    public void VeryStiffComponentsDoNotLimitTheStep()
    {
        var system = new Coupled(true) { Stiffness = 1e9, Norm = null };
        var solver = new StiffSolver<Coupled>(system, new AdaptiveOptions { RelativeTolerance = 1e-8 });
        solver.Start(0, system.Exact(0));
        while (solver.Time < 10)
            solver.Step(10).ShouldBeTrue();
        solver.Time.ShouldBe(10);
        solver.Steps.ShouldBeLessThan(300);
        var exact = system.Exact(10);
        for (var i = 0; i < 3; i++)
            solver.State[i].ShouldBe(exact[i], 1e-7);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BlowUpEndsWithARemedy(bool isExplicit)
    {
        var solver = Solver(new BlowUp(), new AdaptiveOptions { RelativeTolerance = 1e-6 }, isExplicit);
        solver.Start(0, [1]);
        while (solver.Step(2))
        {
        }

        solver.Time.ShouldBe(1, 1e-4);
        solver.Failure.ShouldNotBeNull().ShouldContain("shorten the range");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-14)]
    [InlineData(double.NaN)]
    [InlineData(0.2)]
    public void ToleranceOutOfRangeIsRefused(double tolerance)
    {
        Should.Throw<ParameterException>(() => Solver(new BlowUp(), new AdaptiveOptions { RelativeTolerance = tolerance }, isExplicit: false));
        Should.Throw<ParameterException>(() => Solver(new BlowUp(), new AdaptiveOptions { RelativeTolerance = tolerance }, isExplicit: true));
    }

    [Fact]
    public void LimitOfStepsIsReported()
    {
        var solver = new StiffSolver<BlowUp>(new BlowUp(), new AdaptiveOptions { MaximumSteps = 3, InitialStep = 1e-6 });
        solver.Start(0, [1]);
        while (solver.Step(2))
        {
        }

        solver.Steps.ShouldBe(3);
        solver.Failure.ShouldNotBeNull().ShouldContain("3 steps did not suffice");
    }

    private static AdaptiveSolver Solver<TSystem>(TSystem system, AdaptiveOptions options, bool isExplicit)
        where TSystem : ILowRankSystem => isExplicit ? new ExplicitSolver<TSystem>(system, options) : new StiffSolver<TSystem>(system, options);

    // Largest error at the end and at points between the steps, with constant steps.
    private static (double End, double Inside) Error(bool isForced, bool isExplicit, int steps)
    {
        var system = new Coupled(isForced);
        var solver = Solver(system, new AdaptiveOptions { RelativeTolerance = 0.1, InitialStep = 1.0 / steps }, isExplicit);
        solver.Start(0, system.Exact(0));
        var state = new double[3];
        var inside = 0.0;
        for (var step = 1; step <= steps; step++)
        {
            solver.Step(step == steps ? 1 : double.PositiveInfinity).ShouldBeTrue();
            for (var part = 0.1; part < 0.95; part += 0.1)
            {
                var time = solver.PreviousTime + (part * (solver.Time - solver.PreviousTime));
                solver.Interpolate(time, state);
                inside = Math.Max(inside, Distance(state, system.Exact(time)));
            }
        }

        solver.Time.ShouldBe(1);
        solver.Steps.ShouldBe(steps);
        return (Distance(solver.State.ToArray(), system.Exact(1)), inside);
    }

    private static double Distance(double[] first, double[] second) => first.Zip(second, (a, b) => Math.Abs(a - b)).Max();

    /// <summary>
    /// Three equations with a known solution φ: y' = φ'(t) + M (y − φ(t)) + (Σ_i (y_i − φ_i))² v with M diagonal plus rank one; without forcing,
    /// φ' is written as a function of y alone (φ = (1/(1 + t), e^(−t), its logistic curve)).
    /// </summary>
    private sealed class Coupled(bool isForced) : ILowRankSystem
    {
        private static readonly double[] Direction = [1, -0.5, 0.25];

        public double Stiffness { get; init; } = 3;

        public double? Norm { get; init; } = Math.Pow(0.9, 5);

        public int Size => 3;

        public int Rank => 1;

        public bool IsAutonomous => !isForced;

        public double[] Exact(double t) => isForced
            ? [Math.Sin(t), Math.Cos(2 * t), Math.Exp(-t)]
            : [1 / (1 + t), Math.Exp(-t), 1 / (1 + Math.Exp(-2 * t))];

        public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
        {
            if (!isForced)
            {
                derivative[0] = -state[0] * state[0];
                derivative[1] = -state[1];
                derivative[2] = 2 * state[2] * (1 - state[2]);
                return;
            }

            var exact = Exact(time);
            double[] slope = [Math.Cos(time), -2 * Math.Sin(2 * time), -Math.Exp(-time)];
            var sum = 0.0;
            for (var i = 0; i < 3; i++)
                sum += state[i] - exact[i];
            for (var i = 0; i < 3; i++)
                derivative[i] = slope[i] - (Stiffness * (i + 1) * (state[i] - exact[i])) + ((sum + (sum * sum)) * Direction[i]);
        }

        public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
        {
            var exact = Exact(time);
            double[] slope = [Math.Cos(time), -2 * Math.Sin(2 * time), -Math.Exp(-time)];
            double[] curvature = [-Math.Sin(time), -4 * Math.Cos(2 * time), Math.Exp(-time)];
            double sum = 0, rate = 0;
            for (var i = 0; i < 3; i++)
            {
                sum += state[i] - exact[i];
                rate -= slope[i];
            }

            for (var i = 0; i < 3; i++)
                derivative[i] = curvature[i] + (Stiffness * (i + 1) * slope[i]) + (rate * (1 + (2 * sum)) * Direction[i]);
        }

        public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
        {
            var exact = Exact(time);
            var sum = 0.0;
            for (var i = 0; i < 3; i++)
                sum += state[i] - exact[i];
            for (var i = 0; i < 3; i++)
            {
                jacobian.Diagonal[i] = isForced ? -Stiffness * (i + 1) : i == 0 ? -2 * state[0] : i == 1 ? -1 : 2 - (4 * state[2]);
                jacobian.Left(0)[i] = isForced ? (1 + (2 * sum)) * Direction[i] : 0;
                jacobian.Right(0)[i] = isForced ? 1 : 0;
            }
        }

        // With the constant 0.9⁵ the controller keeps the step.
        public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
        {
            if (Norm is { } constant)
                return constant;
            var largest = 0.0;
            foreach (var value in error)
                largest = Math.Max(largest, Math.Abs(value));
            return largest / relativeTolerance;
        }
    }

    /// <summary>y' = y² from 1 leaves every bound at t = 1.</summary>
    private sealed class BlowUp : ILowRankSystem
    {
        public int Size => 1;

        public int Rank => 0;

        public bool IsAutonomous => true;

        public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative[0] = state[0] * state[0];

        public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

        public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian) => jacobian.Diagonal[0] = 2 * state[0];

        public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance) =>
            Math.Abs(error[0] / after[0]) / relativeTolerance;
    }
}
