using Eigenflow.Dynamics;
using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Mean error of gradient flow on the training set against time, from w = 0, by contour integrals of deterministic equivalents; with weight decay where there is a ridge. The best time to stop is an event.</summary>
public sealed record FlowCurve : AxisMethod<RegressionProblem>
{
    /// <summary>The event.</summary>
    public static readonly NamedQuantity BestTime = new("best-time", "t_*", "Saved time with the smallest error.");

    /// <inheritdoc/>
    public override string Name => "flow";

    internal override Solution Solve(RegressionProblem problem, SolveContext context)
    {
        if (problem.Layers.Count > 0)
            throw new ParameterException("layers", LayerForm.Write([.. problem.Layers]), "none for the method flow", "its theory is that of regression on the inputs");
        var equivalent = problem.Equivalent();
        var population = problem.Target.Population;
        var slowest = Math.Max(Math.Max(problem.Ridge, equivalent.At(problem.Ridge).Kappa), 1e-6 * population.Largest);
        var grid = Grid(0.1 / Math.Max(problem.Ridge, population.Largest), 100 / slowest);
        var contour = new FlowContour(equivalent, problem.Ridge);
        var (rows, status) = Evaluate(grid, contour.At, context);
        double[] errors = [.. rows.Select(row => row.Signal + (problem.Noise * row.Noise))];
        Observable[] columns =
        [
            RegressionQuantities.Time.Column(grid[..rows.Count]),
            RegressionQuantities.Signal.Column([.. rows.Select(row => row.Signal)]),
            RegressionQuantities.NoisePart.Column([.. rows.Select(row => problem.Noise * row.Noise)]),
            RegressionQuantities.Error.Column(errors),
        ];
        var best = errors.Length == 0 ? -1 : Array.IndexOf(errors, errors.Min());
        return Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count }, new Dictionary<string, double?>(StringComparer.Ordinal) { [BestTime.Name] = best > 0 && best < errors.Length - 1 ? grid[best] : null });
    }
}
