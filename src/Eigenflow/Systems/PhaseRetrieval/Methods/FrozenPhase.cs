using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The frozen approximation of Phase III (arXiv 2511.18661): the flow up to convergence T₂(ε), then ẇ_i = 8λ_i s* (w*_i − w_i), so that
/// e_i(T₂ + τ) = e_i(T₂) e^(−8λ_i s* τ) and MSE(T₂ + τ) = MSE(T₂) Σ π_i e^(−16λ_i s* τ). Heuristic: it neglects the coupling through s and u, which are close to s*.
/// Work: the flow up to T₂, then O(n) per saved row.
/// </summary>
public sealed record FrozenPhase : FlowMethod
{
    /// <inheritdoc/>
    public override string Name => "frozen";

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var modes = problem.Modes(Modes, context.Cancellation).Merged();
        var times = Grid(modes);
        var flow = Integrate(problem, new FlowSystem(modes), modes, times, context);
        if (flow.Status.Outcome != SolveOutcome.Completed)
            return Assemble(problem, flow);
        if (flow.Events[PhaseEvents.Convergence] is not { } freeze)
        {
            var status = new SolveStatus(SolveOutcome.Failed, DisplayText.Plain(
                $"convergence to accuracy = {problem.Accuracy} is not reached by t = {times[^1]:G4}, so nothing can be frozen; raise until or accuracy"));
            return Assemble(problem, flow, status: status);
        }

        // It repeats a part of what has just been done, so that it need not be interruptible.
        var deviation = DeviationAt(problem, modes, freeze, CancellationToken.None);
        var rows = flow.Rows.ToList();
        for (var k = 0; k < rows.Count; k++)
        {
            if (flow.Times[k] > freeze)
                rows[k] = deviation.After(flow.Times[k] - freeze);
        }

        return Assemble(problem, flow, rows);
    }

    /// <summary>The deviation e = w − sign·w* of the flow at a time.</summary>
    internal Deviation DeviationAt(PhaseRetrievalProblem problem, WeightedModes modes, double time, CancellationToken cancellation)
    {
        var system = new FlowSystem(modes);
        var result = Integrate(problem, system, modes, [time], new SolveContext(null, null, cancellation));
        cancellation.ThrowIfCancellationRequested();
        var state = result.FinalState;
        var sign = system.IsDeviation ? system.Sign : result.Rows[^1].U < 0 ? -1 : 1;
        if (!system.IsDeviation)
        {
            for (var j = 0; j < state.Length; j++)
                state[j] = (system.Unit * state[j]) - (sign * modes.Teacher[j]);
        }

        return new Deviation(modes, state, sign);
    }

    /// <summary>A deviation from the teacher that relaxes mode by mode.</summary>
    internal sealed class Deviation(WeightedModes modes, double[] state, int sign)
    {
        /// <summary>Sign of the teacher that is subtracted.</summary>
        public int Sign => sign;

        /// <summary>e_j.</summary>
        public double[] State => state;

        /// <summary>The statistics a time τ later: every e_j times e^(−8λ_j s* τ).</summary>
        public PhaseStatistics After(double elapsed)
        {
            double linear = 0, quadratic = 0, near = 0, far = 0;
            for (var j = state.Length - 1; j >= 0; j--)
            {
                var value = state[j] * Math.Exp(-8 * modes.Eigenvalues[j] * modes.TeacherOverlap * elapsed);
                linear += modes.Weights[j] * modes.Eigenvalues[j] * sign * modes.Teacher[j] * value;
                quadratic += modes.Weights[j] * modes.Eigenvalues[j] * value * value;
                var sum = value + (2 * sign * modes.Teacher[j]);
                near += modes.Weights[j] * value * value;
                far += modes.Weights[j] * sum * sum;
            }

            return PhaseStatistics.FromDeviation(linear, quadratic, Math.Min(near, far), sign, modes.TeacherOverlap, modes.Dimension);
        }
    }
}
