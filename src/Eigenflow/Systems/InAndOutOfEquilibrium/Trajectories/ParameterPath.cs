using Eigenflow.Data;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>A path of parameters, one row per time unit, with the gradients of the steps where they are known.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Values">θ, row by row: one more than there are steps.</param>
/// <param name="Gradients">The gradient that each row's step was made with, row by row; empty where unknown.</param>
internal sealed record ParameterPath(int Dimension, double[] Values, double[] Gradients)
{
    private const int FewestRows = 20;
    private const double MostNumbers = 5e7;

    /// <summary>Number of steps.</summary>
    public int Steps => (Values.Length / Dimension) - 1;

    /// <summary>What was taken for what in a file; empty for a simulated path.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The path of a table: columns whose names begin with grad are gradients, one per parameter; a column that counts the rows gives their order; all others are parameters.</summary>
    /// <exception cref="ParameterException">Too few rows, rows with gaps, or gradients that belong to no parameter.</exception>
    public static ParameterPath Of(DataMatrix table)
    {
        var columns = PathColumns.Of(table);
        var d = columns.Parameters.Length;
        if (d is 0 or > EquilibriumProblem.LargestDimension)
            throw new ParameterException("trajectory", $"({d} columns of parameters)", $"1 to {EquilibriumProblem.LargestDimension} columns of parameters", "leave out the others, such as those of other layers");
        if (table.Rows < Math.Max(FewestRows, 4 * d))
            throw new ParameterException("trajectory", $"({table.Rows} rows)", $"at least {Math.Max(FewestRows, 4 * d)} rows, one per time unit");
        double[] Pick(int[] picked) => [.. columns.Order.SelectMany(row => picked.Select(column => table.Values[(row * table.Columns) + column]))];
        return new ParameterPath(d, Pick(columns.Parameters), Pick(columns.Gradients)) { Notes = columns.Notes };
    }

    /// <summary>One chain with replacement after its burn-in.</summary>
    /// <exception cref="TooLargeException">It does not fit.</exception>
    public static ParameterPath Simulated(EquilibriumProblem problem, long steps, SolveContext context)
    {
        var plan = new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = GradientKernel.Lanes, Steps = long.MaxValue, BurnIn = long.MaxValue, Seed = problem.Seed }.Plan(problem);
        var d = plan.Dimension;
        if ((double)(steps + 1) * d > MostNumbers)
            throw new TooLargeException(DisplayText.Plain($"{steps} steps of {d} parameters"), 8.0 * (steps + 1) * d, 8 * MostNumbers, "use fewer steps");
        var chains = new ChainBlock(plan, 0);
        var burnIn = EquilibriumParameters.Relaxation(plan.Theory.Expansion, plan.Theory.UnitRate);
        WorkLimit.Check((double)burnIn + steps, 1, (double)GradientKernel.Lanes * d * plan.Theory.Expansion.Batch);
        for (var left = burnIn; left > 0; left -= 1000)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new Progress(0.5 * (burnIn - left) / (burnIn + (double)steps), "running a chain"));
            chains.Advance(Math.Min(left, 1000));
        }

        var values = new double[(steps + 1) * d];
        for (var row = 0; row <= steps; row++)
        {
            if (row % 1000 == 0)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                context.Progress?.Report(new Progress(0.5 * (burnIn + row) / (burnIn + (double)steps + 1), "running a chain"));
            }

            for (var k = 0; k < d; k++)
                values[(row * d) + k] = chains.State[k * GradientKernel.Lanes];
            chains.Advance(1);
        }

        return new ParameterPath(d, values, []);
    }
}
