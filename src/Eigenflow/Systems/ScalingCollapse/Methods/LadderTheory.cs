using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// Exact mean of the loss and of the trace of the gradient covariance of one-pass SGD at every step, and the noise of seeds by Wick's theorem: the floor, and with it the deviation of the ladder. Work M per step and model
/// (M = 256 over 20 480 steps takes some ten milliseconds), memory M per row.
/// </summary>
public sealed record LadderTheory : LadderMethod
{
    internal const string Identifier = "ladder";

    private const double LargestKept = 2e8;

    /// <inheritdoc/>
    public override string Name => Identifier;

    internal override Solution Solve(ScalingProblem problem, SolveContext context)
    {
        var (models, own) = ModelsOf(problem);
        var (steps, places) = Rows(problem);
        context = Coarse(context, models.Sum(model => (double)model.Steps * model.Eigenvalues.Length));
        var curves = new List<LadderCurve>();
        foreach (var model in models)
        {
            if ((double)places.Length * model.Eigenvalues.Length > LargestKept)
                throw new TooLargeException($"{places.Length} rows of {model.Eigenvalues.Length} modes", 48.0 * places.Length * model.Eigenvalues.Length, 48 * LargestKept, "lower points, or choose smaller models");
            curves.Add(LadderCurve.Of(model, places, Part(context, curves.Count, models.Length)));
        }

        var normalized = curves.Select(curve => ReducibleLoss.Normalized(curve.Losses, curve.End, problem.Offset)).ToArray();
        var shown = curves[own];
        var columns = Columns(models[own], steps, places, shown.Losses, normalized[own], shown.Traces);
        double[] deviations = [.. Enumerable.Range(0, places.Length).Select(row => LadderSpread.Deviation([.. curves.Select((curve, k) => (normalized[k][row], Square(normalized[k][row] * curve.Scatter(row, problem.Offset))))]))];
        columns.Add(ScalingColumns.Deviation.Column(deviations));
        columns.Add(ScalingColumns.Floor.Column([.. Enumerable.Range(0, places.Length).Select(row => LadderSpread.Floor([.. curves.Select(curve => (curve.Losses[row] - problem.Offset, curve.Variances[row]))]))]));
        if (models.Length > 1)
            columns.AddRange(ScalingColumns.OfModels(models.Select(model => model.Size), [.. curves.Select(curve => curve.Losses)], normalized));
        return Assemble(problem, columns, SolveStatus.Completed, new SolverStatistics { Steps = models.Sum(model => model.Steps), Evaluations = models.Sum(model => model.Steps), StateSize = models.Max(model => model.Eigenvalues.Length), Modes = "full" }) with
        { Summary = models.Length > 1 ? [.. ScalingColumns.Spread(places, deviations)] : [], Warnings = LadderStability.Warnings(models) };
    }

    /// <summary>The progress of one of several models.</summary>
    internal static SolveContext Part(SolveContext context, int number, int count) =>
        context.Progress is null ? context : context with { Progress = new PartialProgress(context.Progress, number, count) };

    private static double Square(double value) => value * value;

    private sealed class PartialProgress(IProgress<Progress> inner, int number, int count) : IProgress<Progress>
    {
        public void Report(Progress value) => inner.Report(value with { Fraction = (number + value.Fraction) / count });
    }
}

/// <summary>The theory of one model at given places of its horizon.</summary>
/// <param name="Losses">E at the places.</param>
/// <param name="Traces">Tr Σ at the places.</param>
/// <param name="Variances">Var E over seeds at the places.</param>
/// <param name="Covariances">Covariance over seeds of E there with that at the end.</param>
/// <param name="End">E at the end.</param>
/// <param name="EndVariance">Var E at the end.</param>
internal sealed record LadderCurve(double[] Losses, double[] Traces, double[] Variances, double[] Covariances, double End, double EndVariance)
{
    /// <summary>Solves.</summary>
    /// <param name="model">The model.</param>
    /// <param name="places">x of the rows.</param>
    /// <param name="context">Progress and cancellation.</param>
    /// <param name="hasNoise">Whether variances are wanted, whose memory is M per row; they are zero otherwise.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LadderCurve Of(LadderModel model, double[] places, SolveContext context, bool hasNoise = true)
    {
        var grid = new HorizonGrid(places, model.Problem.Warmup, model.Steps);
        var rule = new LadderMomentRule(model);
        var noise = hasNoise ? new SeedNoise(model) : null;
        var (rows, status) = SteppedRun.Run(new RuleTrajectory(rule, model.Schedule, 2), grid.Steps, context, () => new Divergence("diverged", "reduce peak"), () => noise?.Record(rule));
        if (status.Outcome == SolveOutcome.Cancelled)
            throw new OperationCanceledException(context.Cancellation);
        if (status.Outcome == SolveOutcome.Diverged)
            throw new ParameterException("peak", model.Schedule.Peak, "small enough for a finite loss", "the mean loss grows beyond 1e9 of its start");
        var (variance, covariance) = noise?.ToEnd() ?? (new double[rows.Count], new double[rows.Count]);
        return new LadderCurve(grid.At([.. rows.Select(row => row[0])]), grid.At([.. rows.Select(row => row[1])]), grid.At(variance), grid.At(covariance), rows[^1][0], variance[^1]);
    }

    /// <summary>Root of E[(ψ(x) − ψ(1))²], the relative scatter over seeds of the normalised curve at a row.</summary>
    /// <param name="row">Number of the place.</param>
    /// <param name="offset">What is subtracted from the losses.</param>
    public double Scatter(int row, double offset)
    {
        var (here, end) = (Losses[row] - offset, End - offset);
        return Math.Sqrt(Math.Max(0, (Variances[row] / (here * here)) + (EndVariance / (end * end)) - (2 * Covariances[row] / (here * end))));
    }
}
