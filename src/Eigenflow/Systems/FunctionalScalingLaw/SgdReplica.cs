using Eigenflow.Solutions;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>One replica over a grid of steps, with its checkpoints.</summary>
internal sealed class SgdReplica(ScalingLawProblem problem, KernelModes modes, SgdKernel kernel, long chunkNumbers)
{
    private const int LargestChunk = 4096;

    // A risk beyond this multiple of the first is on its way to infinity.
    private const double LargestGrowth = 1e9;

    public ICheckpointStore? Checkpoint { get; init; }

    public byte[] Identity { get; init; } = [];

    public string Part { get; init; } = "";

    public (double[] Losses, bool IsBounded) Run(long[] grid, Action<double> report, CancellationToken cancellation)
    {
        var losses = new List<double>(grid.Length);
        var step = 0L;
        if (Checkpoint?.Load(Part) is { } stored && SgdCheckpoint.TryRead(stored, Identity, kernel, losses, out var saved))
        {
            step = saved;
            Checkpoint.Continue(Part, step);
        }

        var bound = LargestGrowth * (modes.InitialLoss + problem.Noise);
        var chunk = (int)Math.Clamp(chunkNumbers / (modes.Size * problem.Batch.Largest), 1, LargestChunk);
        var rates = new double[chunk];
        var batches = new long[chunk];
        foreach (var target in grid.Skip(losses.Count))
        {
            while (step < target)
            {
                if (cancellation.IsCancellationRequested)
                {
                    // A replica that has not begun has nothing to keep; thousands may be left.
                    if (step > 0)
                        Checkpoint?.Save(Part, SgdCheckpoint.Write(Identity, kernel, step, losses));
                    return ([.. losses], true);
                }

                var count = (int)Math.Min(chunk, target - step);
                for (var k = 0; k < count; k++)
                {
                    rates[k] = problem.Schedule.RateAt(step + k);
                    batches[k] = problem.Batch.BatchAt(step + k, problem.Schedule.Steps);
                }

                kernel.Advance(rates.AsSpan(0, count), batches.AsSpan(0, count));
                step += count;
                report((double)step / grid[^1]);
                if (Checkpoint is not null && Checkpoint.IsDue(Part))
                    Checkpoint.Save(Part, SgdCheckpoint.Write(Identity, kernel, step, losses));
            }

            var loss = modes.Approximation + (kernel.Risk() / 2);
            if (!(loss <= bound))
                return ([.. losses], false);
            losses.Add(loss);
        }

        // A finished replica is kept only when it took long: saving flushes to disk.
        if (Checkpoint is not null && Checkpoint.IsDue(Part))
            Checkpoint.Save(Part, SgdCheckpoint.Write(Identity, kernel, step, losses));
        return ([.. losses], true);
    }
}
