using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// A recursion over update steps that carries one number per mode for the start and one for the noise. Work O(nodes) per step, memory O(nodes);
/// the number of steps is limited by patience alone (about 0.1 s for 10⁵ steps of 1000 modes).
/// </summary>
public abstract record MomentMethod : ScalingLawMethod
{
    /// <summary>How modes are carried. Default: full up to 4096, compressed beyond.</summary>
    public ModeRepresentation Modes { get; init; }

    /// <summary>Makes what is advanced.</summary>
    private protected abstract MomentEngine Engine(ScalingLawProblem problem, KernelModes modes);

    /// <summary>The momentum, for methods that have one.</summary>
    private protected virtual MomentumOptions OwnMomentum => MomentumOptions.None;

    /// <summary>The modes that are advanced.</summary>
    private protected virtual KernelModes Carried(ScalingLawProblem problem) => problem.Modes(Modes);

    internal sealed override Solution Solve(ScalingLawProblem problem, SolveContext context)
    {
        var grid = Grid(problem.Schedule.Steps);
        var clock = Stopwatch.StartNew();
        OwnMomentum.Validate();
        var modes = Carried(problem);
        var stability = StabilityLimit.Of(problem, modes, OwnMomentum);
        var engine = Engine(problem, modes);
        var stepper = new MomentStepper(engine, problem);
        var (rows, status) = SteppedRun.Run(
            stepper, grid, context, () => Diverged(FormattableString.Invariant($"diverged at step {stepper.Step + 1} (excess risk above 1e12 of the first one)"), stability));
        var solution = Assemble(problem, LossRows.Columns(problem, grid[..rows.Count], rows), status, new SolverStatistics
        {
            Steps = stepper.Step,
            Evaluations = stepper.Step,
            StateSize = engine.Size,
            Modes = modes.Representation,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, stability);
        return Caution(problem, modes) is { } caution ? solution with { Warnings = [.. solution.Warnings, caution] } : solution;
    }

    /// <summary>What else a user should know of an approximation, or null.</summary>
    private protected virtual string? Caution(ScalingLawProblem problem, KernelModes modes) => null;
}

/// <summary>A recursion over the steps of a schedule.</summary>
internal sealed class MomentStepper : ISteppedEngine<LossRow>
{
    // Beyond this multiple of the first loss the theory has nothing to say any more.
    private const double LargestGrowth = 1e12;

    // Elementary operations of some ten milliseconds.
    private const double PieceWork = 1e7;
    private readonly MomentEngine engine;
    private readonly ScalingLawProblem problem;
    private readonly double bound;

    public MomentStepper(MomentEngine engine, ScalingLawProblem problem)
    {
        this.engine = engine;
        this.problem = problem;
        bound = LargestGrowth * (engine.Loss + problem.Noise + 1);
    }

    public long Step { get; private set; }

    public double StepWork => 10.0 * engine.Size * engine.Parts;

    public long Piece => (long)Math.Clamp(PieceWork / StepWork, 1, 16_384);

    public bool Advance(long count)
    {
        for (var end = Step + count; Step < end; Step++)
        {
            engine.Update(problem.Schedule.RateAt(Step), problem.Batch.BatchAt(Step, problem.Schedule.Steps));
            if (!(engine.Loss <= bound))
                return false;
        }

        return true;
    }

    public LossRow Observe() => new(engine.Time, engine.Loss, engine.Approximation, engine.Signal, engine.NoisePart);
}

/// <summary>A recursion between two steps: what it says of the loss, in parts.</summary>
internal abstract class MomentEngine(int size)
{
    /// <summary>Number of nodes.</summary>
    public int Size { get; } = size;

    /// <summary>Passes over the nodes in a step.</summary>
    public virtual int Parts => 1;

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

    /// <summary>One update step.</summary>
    /// <param name="rate">η_k.</param>
    /// <param name="batch">B_k.</param>
    public abstract void Update(double rate, double batch);
}

/// <summary>A recursion over the moments of SGD without momentum.</summary>
internal abstract class KernelEngine(MomentKernel kernel, int size) : MomentEngine(size)
{
    /// <summary>The moments.</summary>
    protected MomentKernel Kernel { get; } = kernel;
}
