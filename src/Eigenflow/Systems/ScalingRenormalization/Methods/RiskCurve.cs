using Eigenflow.Dynamics;
using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>
/// The theory along samples, ridge or width: renormalised ridges, every part of the error, training error. Exact in the limit of large dimensions; deviations at finite size are O(1/P).
/// Work per value: about 15 passes over a few hundred nodes, at any dimension of a power law.
/// </summary>
public sealed record RiskCurve : AxisMethod<RegressionProblem>
{
    /// <inheritdoc/>
    public override string Name => "theory";

    /// <summary>The ensemble whose error is given.</summary>
    internal EnsembleForm Ensemble { get; init; } = EnsembleForm.Single;

    internal override Solution Solve(RegressionProblem problem, SolveContext context)
    {
        // Without a ridge the error is infinite where samples are as many as the smallest width, or the dimension.
        double[] singular = problem.Ridge != 0 ? [] : Along switch { "samples" => [problem.Threshold], "width" => [problem.Samples], _ => [] };
        var grid = AxisGrid.Of(problem, Along, (from, to) => GridWith(from, to, singular));
        var (rows, status) = Evaluate(grid, value => Row(problem.Along(Along, value)), context);
        var columns = new List<Observable> { RegressionQuantities.Axis(Along).Column(grid[..rows.Count]) };
        if (Along != "samples")
            columns.Add(RegressionQuantities.Samples.Column([.. rows.Select(_ => problem.Samples)]));
        columns.AddRange(RegressionQuantities.Renormalized.Select(pair => pair.Quantity.Column([.. rows.Select(row => pair.Of(row.At))])));
        columns.AddRange(RegressionQuantities.Parts.Select(pair => pair.Quantity.Column([.. rows.Select(row => pair.Of(row.Risk))])));
        var thresholds = grid.Zip(rows).Where(pair => pair.Second.At.IsThreshold).Select(pair => pair.First).ToArray();
        var events = SweepExtrema.ToEvents(grid[..rows.Count], [.. rows.Select(row => row.Risk.Error)]);
        var solution = Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count }, events);
        string[] infinite = thresholds.Length == 0 ? [] :
            [FormattableString.Invariant($"{RenormalizedRidge.InterpolationThreshold} at {Along} = {string.Join(", ", thresholds.Take(3).Select(value => Settings.Setting.Shown(value)))}{(thresholds.Length > 3 ? ", …" : "")}: without a ridge the error is infinite there")];
        return solution with { Warnings = [.. infinite, .. RegressionQuantities.ValidationNotes(rows.Select(row => row.Risk.Validation))] };
    }

    private (RenormalizedRidge At, RiskParts Risk) Row(RegressionProblem problem)
    {
        var at = problem.Equivalent().At(problem.Ridge);
        var risk = Ensemble.Of(at.Risk(problem.Noise));

        // Without label noise the target is found exactly where samples equal dimensions.
        return (at with { IsThreshold = at.IsThreshold && double.IsInfinity(risk.Error) }, risk);
    }
}
