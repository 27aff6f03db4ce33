using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The MSE from the clock U(t) = ∫₀ᵗ |u| of the flow, in all phases at once: (1/d) Σ (w*_i ∓ w_i(0))² e^(−16λ_i U) (derived). Every other column is that of the flow. Heuristic: for a ≥ 1.5 within about
/// two modes of the plateau, 2‖w*‖²/d². Before the crossing it takes the better sign, as the MSE does, and afterwards that of u.
/// Work: the flow twice, once for its crossing and once for u at the points of a quadrature, and O(n) per saved row.
/// </summary>
public sealed record MseClock : FlowMethod
{
    /// <inheritdoc/>
    public override string Name => "clock";

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var modes = problem.Modes(Modes, context.Cancellation).Merged();
        var times = Grid(modes);
        var flow = Integrate(problem, new FlowSystem(modes), modes, times, context);

        // It repeats what has just been done up to the last row, so that it need not be interruptible.
        var clock = Clock(problem, modes, flow, times[^1]);
        var crossing = flow.Events[PhaseEvents.Crossing] ?? double.PositiveInfinity;
        return Assemble(problem, flow, [.. flow.Rows.Select((row, k) => row with
        {
            MeanSquaredError = flow.Times[k] < crossing ? Math.Min(ErrorClock.ErrorAt(modes, 1, clock[k]), ErrorClock.ErrorAt(modes, -1, clock[k])) : ErrorClock.ErrorAt(modes, row.U < 0 ? -1 : 1, clock[k]),
        })]);
    }

    // U at the saved times of a flow. The second run has the end of the first, whatever was cut off, so that its steps are the same.
    private double[] Clock(PhaseRetrievalProblem problem, WeightedModes modes, ContinuousResult<PhaseStatistics> flow, double end)
    {
        var rule = ErrorClock.Plan(flow.Times, Math.Max(EscapeTheory.Of(modes).Rate, 4 * modes.TeacherOverlap * modes.LargestEigenvalue), flow.Events[PhaseEvents.Crossing]);
        if (rule.Nodes.Length == 0)
            return new double[flow.Times.Count];
        var system = new FlowSystem(modes);
        var second = ContinuousRun.Run(
            system, system.InitialState, [.. rule.Nodes, end], RelativeTolerance, new PhaseEvents(problem, modes.TeacherOverlap), modes.RepresentationName, default, stop: (time, _) => time >= rule.Nodes[^1]);
        return rule.Integrals([.. second.Rows.Select(row => Math.Abs(row.U))]);
    }
}
