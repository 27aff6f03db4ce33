using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// The population gradient flow: in closed form, one sum over modes per saved time, exact to rounding with full modes and to 1e-9 with compressed ones, whatever the number of modes. With a rotation of the inputs it is integrated
/// (Dormand–Prince, local error 1e-8; work M² t).
/// </summary>
public sealed record QuadraticFlow : TimedMethod<QuadraticProblem>
{
    private const long LargestAutoFull = 4096;
    private const double RotatedTolerance = 1e-8;
    private const long MostSteps = 100_000_000;

    /// <inheritdoc/>
    public override string Name => "flow";

    /// <summary>How modes are carried. Default: full up to 4096, compressed beyond.</summary>
    public ModeRepresentation Modes { get; init; }

    /// <summary>Whether the slopes of the first modes are columns (w1, w2, …).</summary>
    public bool KeepsWeights { get; init; }

    internal override Solution Solve(QuadraticProblem problem, SolveContext context)
    {
        var times = Grid(problem);
        var weights = QuadraticColumns.Weights(problem, KeepsWeights);
        return problem.Rotation > 0 ? Rotated(problem, times, weights, context) : Closed(problem, times, weights, context);
    }

    private double[] Grid(QuadraticProblem problem)
    {
        var (fastest, slowest) = Relaxation.Of(problem);
        return Grid(0.1 * fastest, slowest);
    }

    private Solution Closed(QuadraticProblem problem, double[] times, int weights, SolveContext context)
    {
        if (Modes == ModeRepresentation.Compressed && !problem.IsSmooth)
            throw new ParameterException("modes", "compressed", "full or auto here", "modes are compressed for power laws without rotation, and for model = positive only with signs = plus");
        var isCompressed = problem.IsSmooth && (Modes == ModeRepresentation.Compressed || (Modes == ModeRepresentation.Auto && problem.ModelSize > LargestAutoFull));
        var risk = FlowRisk.Of(problem, isCompressed);
        var (rows, status) = Evaluate(times, Row, context);
        return Assemble(problem, Columns(problem, times[..rows.Count], rows, weights), status, new SolverStatistics
        {
            Evaluations = rows.Count,
            StateSize = risk.Nodes,
            Modes = isCompressed ? "compressed" : "full",
        }) with
        { Warnings = [.. QuadraticWarnings.OfProblem(problem)] };

        double[] Row(double time)
        {
            var row = new double[1 + weights];
            row[0] = risk.At(time);
            for (var i = 1; i <= weights; i++)
                row[i] = ClosedForms.Of(problem.Model, time, problem.EigenvalueAt(i), problem.TargetAt(i), problem.StartSlope);
            return row;
        }
    }

    private Solution Rotated(QuadraticProblem problem, double[] times, int weights, SolveContext context)
    {
        if (Modes == ModeRepresentation.Compressed)
            throw new ParameterException("modes", "compressed", "full or auto with a rotation", "a rotation couples all modes");
        var flow = new RotatedFlow(problem, Misalignment.Of(problem)!);
        var solver = new ExplicitSolver<RotatedFlow>(flow, new AdaptiveOptions { RelativeTolerance = RotatedTolerance, MaximumSteps = MostSteps });
        solver.Start(0, flow.Start());
        var (rows, status) = Evaluate(times, Row, context);

        // Rows that were not reached hold nothing.
        rows = [.. rows.TakeWhile(row => row.Length > 0)];
        if (solver.Failure is { } failure)
            status = new SolveStatus(SolveOutcome.Failed, failure + "; the trajectory is kept up to there; lower until");
        return Assemble(problem, Columns(problem, times[..rows.Count], rows, weights), status, new SolverStatistics
        {
            Steps = solver.Steps,
            Rejections = solver.Rejections,
            Evaluations = solver.Evaluations,
            StateSize = problem.ModelSize,
            Modes = "full",
        }) with
        { Warnings = [.. QuadraticWarnings.OfProblem(problem)] };

        double[] Row(double time)
        {
            while (solver.Time < time && solver.Failure is null)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                _ = solver.Step(time);
            }

            if (solver.Failure is not null)
                return [];
            var row = new double[1 + weights];
            row[0] = flow.Risk(solver.State);
            for (var i = 1; i <= weights; i++)
                row[i] = flow.Slope(solver.State[i - 1]);
            return row;
        }
    }

    private static List<Observable> Columns(QuadraticProblem problem, double[] times, List<double[]> rows, int weights) =>
    [
        QuadraticColumns.Time.Column(times), QuadraticColumns.Risk.Column([.. rows.Select(row => row[0])]),
        .. Enumerable.Range(1, weights).Select(i => QuadraticColumns.Weight(i).Column([.. rows.Select(row => row[i])])),
    ];
}
