using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// What one trajectory says: covariance, diffusion, circulation, entropy production and fluctuation theorems, each with a standard error by leaving out blocks of the trajectory in turn. Rows are the running estimates along it.
/// </summary>
internal sealed record TrajectoryMethod : SteppedMethod<EquilibriumProblem>
{
    // Gradients are judged step by step: their errors do not need long blocks.
    private const int FewBlocks = 10;

    /// <inheritdoc/>
    public override string Name => "trajectory";

    /// <summary>The path, or null for one simulated chain with replacement.</summary>
    public ParameterPath? Path { get; init; }

    /// <summary>Number of steps of a simulated chain.</summary>
    public long Steps { get; init; } = 1000;

    /// <summary>Time units of the longest window, beside 1, 2 and 3.</summary>
    public int Window { get; init; } = EquilibriumParameters.DefaultWindow;

    internal override Solution Solve(EquilibriumProblem problem, SolveContext context)
    {
        var path = Path ?? ParameterPath.Simulated(problem, Steps, context);
        var (d, n) = (path.Dimension, path.Steps);
        var columns = Math.Min(d, ChainPlan.MostColumns);

        // Deviations from the middle: sums of squares of large parameters lose digits.
        var centre = new double[d];
        for (var k = 0; k < path.Values.Length; k++)
            centre[k % d] += path.Values[k] / (n + 1);
        double[] deviations = [.. path.Values.Select((value, k) => value - centre[k % d])];
        var all = Sums(deviations, d, 1)[0];
        var whole = PathEstimate.Of(all);
        var blocks = PathStanding.Blocks(whole, n);
        PathEstimate[] without = [.. Sums(deviations, d, blocks).Select(part => PathEstimate.Of(all.Without(part)))];
        var gradients = path.Gradients.Length > 0 ? new PathGradients(path, deviations, Math.Max(blocks, FewBlocks)) : null;
        var grid = Grid(n);
        var hasEntropy = double.IsFinite(whole.Entropy);
        var running = new PathSums(d);
        var done = 0;
        var (rows, status) = Evaluate(
            [.. grid.Select(step => (double)step)],
            step =>
            {
                for (; done < step; done++)
                    running.Add(deviations.AsSpan(done * d, d), deviations.AsSpan((done + 1) * d, d));
                return Row(running, whole, columns);
            },
            context);
        var quantities = EquilibriumColumns.Of(columns, hasEntropy);
        return Assemble(
            problem, [EquilibriumColumns.Step.Column([.. grid.Take(rows.Count).Select(step => (double)step)]), .. quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])]))], status,
            new SolverStatistics { Steps = n, Evaluations = n, StateSize = d }) with
        {
            Summary = [.. new TrajectorySummary(path, deviations, centre, whole, without, gradients, Window).Numbers(columns)],
            Warnings = [.. path.Notes, .. PathStanding.Warnings(whole, deviations), .. gradients?.Warnings() ?? []],
        };
    }

    private static PathSums[] Sums(double[] deviations, int dimension, int blocks)
    {
        var n = (deviations.Length / dimension) - 1;
        PathSums[] parts = [.. Enumerable.Range(0, blocks).Select(_ => new PathSums(dimension))];
        for (var t = 0; t < n && blocks > 0; t++)
            parts[(int)((long)t * blocks / n)].Add(deviations.AsSpan(t * dimension, dimension), deviations.AsSpan((t + 1) * dimension, dimension));
        return parts;
    }

    private static double[] Row(PathSums sums, PathEstimate whole, int columns)
    {
        var n = Math.Max(1, sums.Count);
        var mean = (sums.Before + sums.After) / (2 * n);
        var sigma = ((sums.Squares + sums.Ends) / (2 * n)) - mean.OuterProduct(mean);
        var circulation = (sums.Lagged.Transpose() - sums.Lagged) / (2 * n);
        return
        [
            .. mean.Take(columns),
            .. EquilibriumColumns.Pairs(columns).Select(pair => sigma[pair.I - 1, pair.J - 1]),
            .. EquilibriumColumns.Planes(columns).Select(pair => circulation[pair.I - 1, pair.J - 1]),
            whole.Weights?.MeanRate(circulation) ?? double.NaN,
        ];
    }
}
