using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>A method that knows the error at any time. Events are looked for on times of their own, 20 per decade up to the last row, whatever rows are saved.</summary>
public abstract record CurveMethod : TimedMethod<MultiscaleProblem>
{
    /// <summary>The student at a time.</summary>
    private protected abstract Func<double, StudentError> Curve(MultiscaleProblem problem);

    /// <summary>What is said of the first row that does not exist.</summary>
    private protected virtual string Missing(double time) => FormattableString.Invariant($"no finite error at t = {time:R}");

    internal override Solution Solve(MultiscaleProblem problem, SolveContext context)
    {
        var edges = SampleEdges.Of(problem);
        var (grid, curve) = (Grid(edges.FirstTime, edges.RelaxedTime), Curve(problem));
        var (rows, status) = Evaluate(grid, curve, context);
        var missing = rows.FindIndex(row => double.IsNaN(row.Error));
        if (missing >= 0)
        {
            rows.RemoveRange(missing, rows.Count - missing);
            status = new SolveStatus(SolveOutcome.Failed, $"{Missing(grid[missing])}; the trajectory is kept up to there");
        }

        var last = rows.Count > 0 ? grid[rows.Count - 1] : 0;
        var phases = last > edges.FirstTime && status.Outcome != SolveOutcome.Cancelled ? ErrorPhases.Of(time => curve(time).Error, edges.FirstTime, last) : ErrorPhases.Of([], []);
        return Assemble(problem, [MultiscaleColumns.Time.Column(grid[..rows.Count]), .. MultiscaleColumns.Of(rows)], status, new SolverStatistics { Evaluations = rows.Count, StateSize = problem.Scales.Values.Length }, phases.ToEvents()) with
        { Summary = phases.ToSummary() };
    }
}

/// <summary>Gradient flow for large n and d, exact for any spectrum: two-fold inverse Laplace transforms of deterministic equivalents. Work per time: about 50 points, each a few passes over the scales.</summary>
public sealed record GradientFlow : CurveMethod
{
    /// <inheritdoc/>
    public override string Name => "flow";

    private protected override Func<double, StudentError> Curve(MultiscaleProblem problem) => new ExactTheory(problem).Flow;
}

/// <summary>The paper's closed form, with time t as the ridge λ + 1/t.</summary>
public sealed record PaperForm : CurveMethod
{
    /// <inheritdoc/>
    public override string Name => "closed-form";

    /// <summary>The blocks that move. Default both.</summary>
    public ActiveBlocks Active { get; init; }

    private protected override Func<double, StudentError> Curve(MultiscaleProblem problem)
    {
        var form = problem.TwoBlocks();
        return time => form.At(problem.Ridge + (1 / time), Active);
    }

    private protected override string Missing(double time) =>
        DisplayText.Plain($"closed form singular at t = {time:G4} (1 - b_1 b_2 <= 0: fewer samples than dimensions, or as many); use method = flow, a larger ridge, or more samples");
}

/// <summary>Ridge regression for large n and d, exact for any spectrum, along the ridge; the column t is 1/λ, so that it stands beside learning curves.</summary>
public sealed record RidgePath : AxisMethod<MultiscaleProblem>
{
    /// <inheritdoc/>
    public override string Name => "ridge";

    internal override Solution Solve(MultiscaleProblem problem, SolveContext context)
    {
        var edges = SampleEdges.Of(problem with { Ridge = 0 });
        var grid = Grid(Math.Pow(10, -Math.Ceiling(Math.Log10(edges.RelaxedTime))), 1 / edges.FirstTime);
        var theory = new ExactTheory(problem);
        var (rows, status) = Evaluate(grid, theory.Ridge, context);
        var ridges = grid[..rows.Count];
        double[] times = [.. ridges.Select(ridge => 1 / ridge)];
        double[] positive = [.. times.Where(double.IsFinite).Order()];
        var phases = positive.Length > 1 && status == SolveStatus.Completed ? ErrorPhases.Of(time => theory.Ridge(1 / time).Error, positive[0], positive[^1]) : ErrorPhases.Of([], []);
        SummaryNumber[] best = double.IsFinite(phases.Best.Error) ? [new SummaryNumber("optimal-ridge", "λ_opt", 1 / phases.Best.Time, "The ridge of the smallest error, between the first and the last row.")] : [];
        return Assemble(
            problem, [MultiscaleColumns.Ridge.Column(ridges), MultiscaleColumns.Time.Column(times), .. MultiscaleColumns.Of(rows)], status,
            new SolverStatistics { Evaluations = rows.Count, StateSize = problem.Scales.Values.Length }, phases.ToEvents()) with
        {
            Summary = [.. phases.ToSummary(), .. best],
            Warnings = rows.Exists(row => double.IsInfinity(row.Error)) ? ["interpolation threshold: without a ridge the error is infinite where samples = dimension"] : [],
        };
    }
}
