using System.Diagnostics;
using Eigenflow.Systems.RaoBlackwellDiffusion;

namespace Eigenflow.Benchmarks;

/// <summary>Posterior mean rotations as work of the benchmark, for fields that need no generator.</summary>
internal static class RotationWork
{
    /// <summary>Mean rotations of many fields of a size; the risk is the sum over them of every entry.</summary>
    public static WorkerMessage Means(WorkerMessage request)
    {
        var (count, size) = ((int)request.Number("count"), request.Number("size"));
        double[] field = new double[9], mean = new double[9], sums = new double[9];
        var clock = Stopwatch.StartNew();
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < 9; i++)
                field[i] = size * Math.Sin((1.3 * (k + 1)) + (0.7 * i * ((k % 7) + 1)));
            _ = MatrixFisher.Mean(field, mean);
            for (var i = 0; i < 9; i++)
                sums[i] += mean[i];
        }

        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("risk", sums));
    }
}
