using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>
/// Ridge regression on drawn data and features, with the test error taken exactly over the population. Each replica has its own data sets and feature draws;
/// products of errors of predictors that share both, one or neither give all parts of the error without bias. Means over replicas with standard errors.
/// With an activation the error is that on test points of each replica, which all its predictors share.
/// Work per replica: dataSets · featureDraws · (P² N + P³) for P ≤ N; memory D (P + N) numbers.
/// </summary>
public sealed record RegressionSimulation : AxisMethod<RegressionProblem>, ISampledMethod
{
    private const double MostModes = 20_000;
    private const double MostCells = 1e8;
    private static readonly int Parts = RegressionQuantities.Parts.Length;

    /// <inheritdoc/>
    public override string Name => "simulation";

    /// <inheritdoc/>
    public required int Replicas { get; init; }

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    /// <summary>Data sets per replica, ≥ 2 for the parts of the error.</summary>
    public int DataSets { get; init; } = 2;

    /// <summary>Feature draws per replica, ≥ 2 for the parts of the error; 1 without layers.</summary>
    public int FeatureDraws { get; init; } = 2;

    internal override Solution Solve(RegressionProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        if (problem.Target.Dimension > MostModes)
            throw new ParameterException("dimension", problem.Target.Dimension, $"at most {MostModes} for the method simulation");
        double[] grid = [.. AxisGrid.Of(problem, Along, (from, to) => Grid(from, Math.Min(to, Largest(problem)))).Select(value => Along == "ridge" ? value : Math.Round(value)).Distinct()];
        foreach (var value in grid)
        {
            var one = problem.Along(Along, value);
            if ((one.Samples + one.Layers.Sum(layer => layer.Width) + 1) * problem.Target.Dimension > MostCells)
                throw new ParameterException(Along, value, $"samples, widths and dimension of at most {MostCells} numbers for the method simulation", "lower to, or take the theory");
        }

        var modes = problem.Target.Modes();
        var identity = EnsembleState.Identity(
            FormattableString.Invariant($"{problem.SystemId} {Along} {problem.Samples:R} {problem.Ridge:R} {problem.Noise:R} {problem.AdditiveNoise:R} {LayerForm.Write([.. problem.Layers])} {problem.Activation.Name} {Replicas} {Seed} {DataSets} {FeatureDraws}"), [modes.Values, modes.Power, grid]);
        var (rows, status) = Evaluate(grid, value => Repeats(problem.Along(Along, value), modes, context.Cancellation), identity, context);
        var columns = new List<Observable> { RegressionQuantities.Axis(Along).Column(grid[..rows.Count]) };
        for (var part = 0; part < Parts; part++)
        {
            var index = part;
            columns.AddRange(ReplicaColumns.Of(RegressionQuantities.Parts[part].Quantity, rows.Count, Replicas, (replica, row) => rows[row][(replica * Parts) + index]));
        }

        var solution = Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count * Replicas });
        return solution with { Warnings = [.. solution.Warnings, .. RegressionQuantities.ValidationNotes(solution[RegressionQuantities.Validation.Name])] };
    }

    // What a laptop does in a minute.
    private static double Largest(RegressionProblem problem) => Math.Max(problem.Samples, 2000);

    // The parts of every replica, one after another.
    private double[] Repeats(RegressionProblem problem, (double[] Values, double[] Power) modes, CancellationToken cancellation)
    {
        var results = new double[Replicas][];
        Parallel.For(0, Replicas, new ParallelOptions { MaxDegreeOfParallelism = Threads > 0 ? Threads : Environment.ProcessorCount, CancellationToken = cancellation }, replica => results[replica] = new RegressionDraws(problem, modes, Seed, replica).Parts(DataSets, problem.Layers.Count == 0 ? 1 : FeatureDraws));
        return [.. results.SelectMany(parts => parts)];
    }
}
