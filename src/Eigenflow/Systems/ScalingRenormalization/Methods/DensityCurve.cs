using Eigenflow.Dynamics;
using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Density of the eigenvalues of the kernel of the training set, by continuation of the renormalised ridge to the negative axis; outside of its support it is zero. Labels and ridge do not matter.</summary>
public sealed record DensityCurve : AxisMethod<RegressionProblem>
{
    private const double Decades = 1e-6;
    private const int Coarse = 100;

    /// <inheritdoc/>
    public override string Name => "density";

    internal override Solution Solve(RegressionProblem problem, SolveContext context)
    {
        var equivalent = problem.Equivalent();
        var (first, last) = At is null ? Support(equivalent, LargestEigenvalue(problem)) : (1, 2);
        var grid = Grid(first, last);
        if (grid[0] == 0)
            throw new ParameterException("at", 0, "eigenvalues > 0", "at zero there is a point mass where samples are more than features or dimensions");
        var (rows, status) = Evaluate(grid, value => SpectralDensity.OfKernel(equivalent, value), context);
        return Assemble(problem, [RegressionQuantities.Eigenvalue.Column(grid[..rows.Count]), RegressionQuantities.Density.Column([.. rows])], status, new SolverStatistics { Evaluations = rows.Count });
    }

    // Where a coarse grid finds eigenvalues, with a margin.
    private static (double First, double Last) Support(RidgeEquivalent equivalent, double largest)
    {
        const double Margin = 1.5;
        double[] found = [.. TimeGrid.Logarithmic(Decades * largest, Margin * largest, Coarse)[1..].Where(value => SpectralDensity.OfKernel(equivalent, value) > 0)];
        return found.Length == 0 ? (Decades * largest, Margin * largest) : (found[0] / Margin, found[^1] * Margin);
    }

    // A bound: the product of those of all factors.
    private static double LargestEigenvalue(RegressionProblem problem)
    {
        var bound = (problem.Target.Population.Largest + problem.AdditiveInput) * Factor(problem.Target.Population.Rank, problem.Samples) * problem.Equivalence.Linear * problem.Equivalence.Linear;
        var before = problem.Target.Dimension;
        foreach (var layer in problem.Layers)
        {
            bound *= layer.Kind == LayerKind.Projection ? 1 : Factor(layer.Width, before);
            before = layer.Width;
        }

        return bound;

        static double Factor(double size, double other) => Math.Pow(1 + Math.Sqrt(size / other), 2);
    }
}
