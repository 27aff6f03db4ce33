using System.Diagnostics;
using Eigenflow.Data;
using Eigenflow.Systems;
using Eigenflow.Systems.InAndOutOfEquilibrium;

namespace Eigenflow.Benchmarks;

/// <summary>Chains of SGD with replacement around the minimum of linear regression as work of the benchmark: 200 rows without randomness, each chain with batches of its own.</summary>
internal static class EquilibriumWork
{
    /// <summary>Chains from the minimum: the sum of their variances at the end.</summary>
    public static WorkerMessage Chains(WorkerMessage request)
    {
        int samples = (int)request.Number("samples"), dimension = (int)request.Number("dimension");
        var steps = (long)request.Number("steps");
        var table = new double[samples * (dimension + 1)];
        for (var i = 1; i <= samples; i++)
        {
            var row = table.AsSpan((i - 1) * (dimension + 1), dimension + 1);
            for (var j = 1; j <= dimension; j++)
            {
                var phase = (Math.Sqrt(2) * i) + (Math.Sqrt(3) * j) + (Math.Sqrt(5) * i * j);
                row[j - 1] = (2 * (phase - Math.Floor(phase))) - 1;
                row[dimension] += row[j - 1] / j;
            }

            row[dimension] += 0.7 * Math.Cos(37.0 * i);
        }

        var problem = new EquilibriumProblem
        {
            Model = EquilibriumModel.Rows,
            Rows = new DataMatrix(samples, dimension + 1, table),
            Batch = (int)request.Number("batch"),
            LearningRate = request.Number("learning-rate"),
        };
        var clock = Stopwatch.StartNew();
        var solution = problem.Solve(new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = (int)request.Number("chains"), Steps = steps, BurnIn = steps, AtSteps = [steps], Threads = 1, Seed = (long)request.Number("seed") });
        var seconds = clock.Elapsed.TotalSeconds;

        // The first eight variances have columns.
        return WorkerMessage.Request("", ("seconds", seconds), ("risk", (double[])[Enumerable.Range(1, Math.Min(8, dimension)).Sum(k => solution[FormattableString.Invariant($"cov-{k}{k}")][^1])]));
    }
}
