using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// What one trajectory says: covariance, diffusion, circulation, entropy production and fluctuation theorems, each with a standard error by leaving out blocks of the trajectory in turn. Rows are the running estimates along it.
/// </summary>
internal sealed record TrajectoryMethod : SteppedMethod<EquilibriumProblem>
{
    private const int MostBlocks = 20;

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
        var blocks = Math.Clamp(n / (4 * (d + 1)), 2, MostBlocks);
        var (all, parts) = (new PathSums(d), Enumerable.Range(0, blocks).Select(_ => new PathSums(d)).ToArray());
        for (var t = 0; t < n; t++)
        {
            var before = deviations.AsSpan(t * d, d);
            var after = deviations.AsSpan((t + 1) * d, d);
            all.Add(before, after);
            parts[(int)((long)t * blocks / n)].Add(before, after);
        }

        var whole = PathEstimate.Of(all);
        PathEstimate[] without = [.. parts.Select(part => PathEstimate.Of(all.Without(part)))];
        var grid = Grid(n);
        var hasEntropy = whole.Weights is not null;
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
            Summary = [.. new TrajectorySummary(path, deviations, centre, whole, without, Window).Numbers(columns)],
            Warnings = hasEntropy ? [] : [$"entropy production undefined: D is singular, rank {StationaryLaw.Rank(whole.Diffusion)} < d = {d}; leave out parameters that follow from others"],
        };
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
