using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The ridge that leaves a number of degrees of freedom, and the S- and R-transform of the sample covariance there; S is the product of those of the spectrum, of the layers and of sampling. Labels and ridge do not matter.</summary>
public sealed record TransformCurve : AxisMethod<RegressionProblem>
{
    private const double First = 1e-3, Last = 0.99;

    /// <inheritdoc/>
    public override string Name => "s-transform";

    internal override Solution Solve(RegressionProblem problem, SolveContext context)
    {
        var equivalent = problem.Equivalent();
        var most = equivalent.MostDegrees;
        var grid = Grid(First * most, Last * most);
        if (Array.Exists(grid, value => value <= 0 || value >= most))
            throw new ParameterException("at", Array.Find(grid, value => value <= 0 || value >= most), FormattableString.Invariant($"degrees of freedom above 0 and below {most}, the smallest of samples, widths and dimension"));
        var dimension = problem.Target.Population.Rank;
        var (rows, status) = Evaluate(grid, equivalent.RidgeOf, context);
        double[] transform = [.. rows.Select((ridge, row) => (dimension - grid[row]) / (grid[row] * ridge))];
        return Assemble(
            problem,
            [
                RegressionQuantities.Degrees.Column(grid[..rows.Count]), RegressionQuantities.Ridge.Column([.. rows]),
                RegressionQuantities.Transform.Column(transform), RegressionQuantities.Resolvent.Column([.. rows.Select((ridge, row) => -(1 - (grid[row] / dimension)) / ridge)]),
                RegressionQuantities.RTransform.Column([.. transform.Select(value => 1 / value)]),
            ],
            status, new SolverStatistics { Evaluations = rows.Count });
    }
}
