using Eigenflow.Dynamics;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>A state of least squares under a learning-rate rule.</summary>
/// <param name="Time">t = step/d.</param>
/// <param name="FlowTime">u = ∫ γ dt.</param>
/// <param name="Excess">e = R − ω²/2.</param>
/// <param name="Rate">γ.</param>
/// <param name="Distance">⟨D²⟩.</param>
public readonly record struct AdaptiveState(double Time, double FlowTime, double Excess, double Rate, double Distance);

/// <summary>
/// Least squares under a learning-rate rule, exactly for d → ∞ (arXiv 2405.19585, theorem 2.1): dD_i²/dt = −2γλ_i D_i² + 2γ²λ_i R, e = ⟨λD²⟩/2, R = e + ω²/2.
/// In u = ∫ γ dt the modes relax at rates of their own, and only R, t and what the rule accumulates couple them: the stiff solver takes a few hundred steps for u up to 10¹⁰ at a Jacobian of rank 3.
/// </summary>
public static class AdaptiveFlow
{
    private const double Tolerance = 1e-10;

    /// <summary>The states at given times.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="rule">The rule; the risk that it sees is the excess risk, so that Polyak's floor is 0.</param>
    /// <param name="noise">ω² ≥ 0, variance of the target noise.</param>
    /// <param name="times">Ascending.</param>
    /// <param name="isFlowTime">Whether the times are values of u and not of t.</param>
    /// <exception cref="InvalidOperationException">The solver cannot go on.</exception>
    public static AdaptiveState[] At(AdaptiveModes modes, LearningRateRule rule, double noise, double[] times, bool isFlowTime)
    {
        var system = new RuledModes(modes, rule, noise);
        var solver = new StiffSolver<RuledModes>(system, new AdaptiveOptions { RelativeTolerance = Tolerance, LargestGrowth = 2 });
        var state = new double[system.Size];
        modes.Start.CopyTo(state, 0);
        solver.Start(0, state);
        var rows = new List<AdaptiveState>();
        while (rows.Count < times.Length && times[rows.Count] <= 0)
            rows.Add(system.Row(0, state));
        while (rows.Count < times.Length)
        {
            if (!solver.Step(isFlowTime ? times[^1] : double.PositiveInfinity))
                throw new InvalidOperationException(solver.Failure);
            var reached = isFlowTime ? solver.Time : solver.State[system.TimeIndex];
            while (rows.Count < times.Length && times[rows.Count] <= reached)
            {
                var flow = isFlowTime ? times[rows.Count] : ScalarRoot.Find(TimeLeft, solver.PreviousTime, solver.Time);
                if (flow == solver.Time)
                    solver.State.CopyTo(state);
                else
                    solver.Interpolate(flow, state);
                rows.Add(system.Row(flow, state));
            }
        }

        return [.. rows];

        double TimeLeft(double flow)
        {
            solver.Interpolate(flow, state);
            return state[system.TimeIndex] - times[rows.Count];
        }
    }

    // The state is D_i², then t, then what the rule has accumulated.
    private sealed class RuledModes(AdaptiveModes modes, LearningRateRule rule, double noise) : ILowRankSystem
    {
        private const double Difference = 1e-6;
        private readonly double trace = modes.Trace;
        private readonly double squareTrace = modes.SquareTrace;
        private readonly int count = modes.Weights.Length;

        public int TimeIndex => count;

        public int Size => count + 2;

        public int Rank => 3;

        public bool IsAutonomous => true;

        public AdaptiveState Row(double flow, ReadOnlySpan<double> state)
        {
            var (excess, gradient) = Sums(state);
            var distance = 0.0;
            for (var i = 0; i < count; i++)
                distance += modes.Weights[i] * state[i];
            return new AdaptiveState(state[count], flow, excess, rule.Rate(View(excess, gradient, state[count], state[count + 1])), distance);
        }

        public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
        {
            var (excess, gradient) = Sums(state);
            var view = View(excess, gradient, state[count], state[count + 1]);
            var rate = rule.Rate(view);
            var push = 2 * rate * Risk(excess);
            for (var i = 0; i < count; i++)
                derivative[i] = modes.Eigenvalues[i] * (push - (2 * state[i]));
            derivative[count] = 1 / rate;
            derivative[count + 1] = rule.Growth(view) / rate;
        }

        public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

        public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
        {
            // A rule is a function of four numbers; its slopes, and those of what it accumulates, are differences.
            var (excess, gradient) = Sums(state);
            double[] arguments = [excess, gradient, state[count], state[count + 1]];
            var view = View(excess, gradient, arguments[2], arguments[3]);
            var (rate, growth) = (rule.Rate(view), rule.Growth(view));
            double[] rates = new double[4], growths = new double[4];
            for (var k = 0; k < 4; k++)
            {
                var step = Difference * Math.Max(Math.Abs(arguments[k]), 1e-300);
                var (left, right) = ((double[])arguments.Clone(), (double[])arguments.Clone());
                left[k] -= step;
                right[k] += step;
                var (low, high) = (View(left[0], left[1], left[2], left[3]), View(right[0], right[1], right[2], right[3]));
                (rates[k], growths[k]) = ((rule.Rate(high) - rule.Rate(low)) / (2 * step), (rule.Growth(high) - rule.Growth(low)) / (2 * step));
            }

            jacobian.Diagonal.Clear();
            for (var r = 0; r < 3; r++)
            {
                jacobian.Left(r).Clear();
                jacobian.Right(r).Clear();
            }

            for (var i = 0; i < count; i++)
            {
                var (weight, lambda) = (modes.Weights[i], modes.Eigenvalues[i]);
                jacobian.Diagonal[i] = -2 * lambda;
                jacobian.Left(0)[i] = lambda;
                var (risk, square) = (weight * lambda / 2, weight * lambda * lambda);
                Write(i, (rates[0] * risk) + (rates[1] * square), risk, (growths[0] * risk) + (growths[1] * square), jacobian);
            }

            jacobian.Left(1)[count] = 1;
            jacobian.Left(2)[count + 1] = 1;
            Write(count, rates[2], 0, growths[2], jacobian);
            Write(count + 1, rates[3], 0, growths[3], jacobian);

            void Write(int column, double rateSlope, double riskSlope, double growthSlope, LowRankJacobian into)
            {
                into.Right(0)[column] = 2 * ((rate * riskSlope) + (Risk(excess) * rateSlope));
                into.Right(1)[column] = -rateSlope / rate / rate;
                into.Right(2)[column] = (growthSlope / rate) - (growth / rate / rate * rateSlope);
            }
        }

        public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
        {
            // Each mode to a part of itself; time and memory to a part of themselves, or of what a unit of u gives.
            var worst = 0.0;
            for (var i = 0; i < count; i++)
                worst = Math.Max(worst, Math.Abs(error[i]) / Math.Max(Math.Max(Math.Abs(before[i]), Math.Abs(after[i])), 1e-280));
            for (var i = count; i < count + 2; i++)
                worst = Math.Max(worst, Math.Abs(error[i]) / Math.Max(Math.Max(Math.Abs(before[i]), Math.Abs(after[i])), 1e-3));
            return worst / relativeTolerance;
        }

        private double Risk(double excess) => excess + (noise / 2);

        private RateView View(double excess, double gradient, double time, double accumulated)
        {
            // Rules see the risk above its floor, which is 0 for them: a difference of risks would lose its digits late.
            var risk = Risk(excess);
            return new RateView { Time = time, Risk = excess, SquaredGradient = gradient, GradientNoise = 2 * risk * trace, CurvatureNoise = 2 * risk * squareTrace, Accumulated = accumulated };
        }

        private (double Excess, double Gradient) Sums(ReadOnlySpan<double> state)
        {
            double excess = 0, gradient = 0;
            for (var i = 0; i < count; i++)
            {
                var part = modes.Weights[i] * modes.Eigenvalues[i] * state[i];
                excess += part / 2;
                gradient += part * modes.Eigenvalues[i];
            }

            return (excess, gradient);
        }
    }
}
