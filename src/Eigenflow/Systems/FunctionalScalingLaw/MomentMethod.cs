using System.Diagnostics;
using Eigenflow.Solutions;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// A recursion over update steps that carries one number per mode for the start and one for the noise. Work O(nodes) per step, memory O(nodes);
/// the number of steps is limited by patience alone (about 0.1 s for 10⁵ steps of 1000 modes).
/// </summary>
public abstract record MomentMethod : ScalingLawMethod
{
    private const long ReportInterval = 16_384;

    // Beyond this multiple of the first loss the theory has nothing to say any more.
    private const double LargestGrowth = 1e12;

    /// <summary>How modes are carried. Default: full up to 4096, compressed beyond.</summary>
    public ModeRepresentation Modes { get; init; }

    /// <summary>Makes what is advanced.</summary>
    private protected abstract MomentEngine Engine(ScalingLawProblem problem, KernelModes modes);

    internal sealed override Solution Solve(ScalingLawProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var steps = problem.Schedule.Steps;
        var grid = Grid(steps);
        var clock = Stopwatch.StartNew();
        var modes = problem.Modes(Modes);
        var stability = Stability.Of(problem, modes);
        var engine = Engine(problem, modes);
        var rows = new LossRows(problem);
        var status = SolveStatus.Completed;
        var bound = LargestGrowth * (engine.Loss + problem.Noise + 1);
        var step = 0L;
        foreach (var target in grid)
        {
            for (; step < target; step++)
            {
                if (step % ReportInterval == 0)
                {
                    if (cancellation.IsCancellationRequested)
                    {
                        status = new SolveStatus(SolveOutcome.Cancelled, $"cancelled at step {step}; the trajectory is kept up to there");
                        break;
                    }

                    progress?.Report(new Progress((double)step / grid[^1], "stepping"));
                }

                engine.Step(problem.Schedule.RateAt(step), problem.Batch.BatchAt(step, steps));
                if (!(engine.Loss <= bound))
                {
                    status = new SolveStatus(SolveOutcome.Diverged, FormattableString.Invariant(
                        $"diverged at step {step + 1} (excess risk above 1e12 of the first one); the trajectory is kept up to there; use peak < {stability.LargestRate:G4}, the largest stable learning rate"));
                    break;
                }
            }

            if (status.Outcome != SolveOutcome.Completed)
                break;
            rows.Add(target, engine);
        }

        var statistics = new SolverStatistics
        {
            Steps = step,
            Evaluations = step,
            StateSize = engine.Size,
            Modes = modes.Representation,
            WallSeconds = clock.Elapsed.TotalSeconds,
        };
        return Assemble(problem, rows.Columns(), status, statistics, stability);
    }
}

/// <summary>A recursion between two steps: what it says of the loss, in parts.</summary>
internal abstract class MomentEngine(MomentKernel kernel, int size)
{
    /// <summary>Number of nodes.</summary>
    public int Size { get; } = size;

    /// <summary>Intrinsic time t_k.</summary>
    public double Time { get; protected set; }

    /// <summary>The part that no training removes.</summary>
    public abstract double Approximation { get; }

    /// <summary>The part of the start.</summary>
    public abstract double Signal { get; }

    /// <summary>The part of the gradient noise.</summary>
    public abstract double NoisePart { get; }

    /// <summary>All of it.</summary>
    public double Loss => Approximation + Signal + NoisePart;

    /// <summary>The moments.</summary>
    protected MomentKernel Kernel { get; } = kernel;

    /// <summary>One update step.</summary>
    /// <param name="rate">η_k.</param>
    /// <param name="batch">B_k.</param>
    public abstract void Step(double rate, double batch);
}
