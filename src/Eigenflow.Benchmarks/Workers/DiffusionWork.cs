using System.Diagnostics;
using Eigenflow.Systems.DiffusionSpectralBias;

namespace Eigenflow.Benchmarks;

/// <summary>Generated variances of half-trained diffusion models as work of the benchmark: λ_k = 1/k, one layer from Q = 0.1, in closed form or by the quadrature of 2001 nodes.</summary>
internal static class DiffusionWork
{
    /// <summary>The sums of all variances at the times of the request.</summary>
    public static WorkerMessage Variances(WorkerMessage request)
    {
        var problem = new DiffusionProblem { Variances = [.. Enumerable.Range(1, (int)request.Number("dimension")).Select(k => 1.0 / k)], Gain = 0.1 };
        var times = request.Numbers("times");
        var clock = Stopwatch.StartNew();
        var theory = new ModeTheory(problem, request["form"] is "quadrature" ? ModeTheory.DefaultNodes : null);
        var (logs, sums) = (new double[problem.Dimension], new double[times.Length]);
        for (var i = 0; i < times.Length; i++)
        {
            theory.LogVariances(times[i], logs);
            foreach (var log in logs)
                sums[i] += Math.Exp(log);
        }

        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("risk", sums));
    }
}
