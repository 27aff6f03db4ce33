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
        var (first, last) = At is null ? Support(equivalent, problem) : (1, 2);
        var grid = Grid(first, last);
        if (grid[0] == 0)
            throw new ParameterException("at", 0, "eigenvalues > 0", "at zero there is a point mass where samples are more than features or dimensions");
        var (rows, status) = Evaluate(grid, value => SpectralDensity.OfKernel(equivalent, value), context);
        return Assemble(problem, [RegressionQuantities.Eigenvalue.Column(grid[..rows.Count]), RegressionQuantities.Density.Column([.. rows])], status, new SolverStatistics { Evaluations = rows.Count }) with
        { Warnings = [.. Missed(grid, rows)] };
    }

    // Where a coarse grid finds eigenvalues, with a margin.
    private static (double First, double Last) Support(RidgeEquivalent equivalent, RegressionProblem problem)
    {
        const double Margin = 1.5;
        var population = problem.Target.Population;
        var whole = Factor(population.Rank, problem.Samples);

        // Far below the bound where most of very many dimensions have small variances: then that of the largest and of the sum of all, (√λ_1 + √(tr/P))².
        var least = Math.Pow(Math.Sqrt(population.Largest + problem.AdditiveInput) + Math.Sqrt((population.Trace + (population.Rank * problem.AdditiveInput)) / problem.Samples), 2) / ((population.Largest + problem.AdditiveInput) * whole);
        foreach (var largest in (IEnumerable<double>)[LargestEigenvalue(problem), least * LargestEigenvalue(problem)])
        {
            double[] found = [.. TimeGrid.Logarithmic(Decades * largest, Margin * largest, Coarse)[1..].Where(value => SpectralDensity.OfKernel(equivalent, value) > 0)];
            if (found.Length > 0)
                return (found[0] / Margin, found[^1] * Margin);
        }

        return (Decades * LargestEigenvalue(problem), Margin * LargestEigenvalue(problem));
    }

    // Where rows were asked for that the density misses, a curve of zeros is not the whole of it.
    private static IEnumerable<string> Missed(double[] grid, List<double> rows)
    {
        if (rows.Count > 0 && rows.All(value => value == 0))
            yield return DisplayText.Plain($"no eigenvalues lie at the rows, {grid[0]:G4} to {grid[rows.Count - 1]:G4}; without at, from and to the rows go where they are");
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
    }

    private static double Factor(double size, double other) => Math.Pow(1 + Math.Sqrt(size / other), 2);
}
