using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>What the covariance between runs acts on.</summary>
public enum NoiseClosure
{
    /// <summary>On the mean and on its own noise, to second order in the deviation of a run.</summary>
    SecondOrder,

    /// <summary>On nothing: the mean is gradient descent, and the noise is that of the mean.</summary>
    Linear,
}

/// <summary>
/// Mean and full covariance matrix of online SGD over runs (derived; docs/systems/phase-retrieval.md): the exact second moments of a stochastic gradient between all modes, carried along the mean trajectory. It gives the spread of
/// s, u, MSE and loss between runs beside their means, and has the correlations between modes that <see cref="SgdTheory"/> leaves out.
/// Up to 128 modes each is an entry; more are carried on some hundred entries, whatever their number. Work 9 n² per step with n entries, memory 8 n² bytes; no random numbers.
/// </summary>
public sealed record SgdLinearNoise : DescentMethod
{
    private const double LargestSpread = 0.5;
    private const int LargestFull = 8192;

    /// <inheritdoc/>
    public override string Name => "sgd-linear-noise";

    /// <summary>Batch size B ≥ 1. Default 1, the paper's.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>What the covariance acts on. Default second order.</summary>
    public NoiseClosure Closure { get; init; }

    /// <summary>How the modes are carried; in all forms but full they are brought onto few nodes.</summary>
    public ModeRepresentation Modes { get; init; }

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var schedule = Schedule(problem);
        if (Batch < 1)
            throw new ParameterException("batch", Batch, "a whole number >= 1");
        var size = problem.Spectrum.Dimension;
        if (Modes == ModeRepresentation.Full)
        {
            var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.7;
            if (size > LargestFull)
                throw new ParameterException("modes", "full", FormattableString.Invariant($"compressed or auto with dimension = {size}: method = sgd-linear-noise carries at most {LargestFull} modes by themselves, with 9 d^2 operations per step"));
            if (8.0 * size * size > available)
                throw new TooLargeException($"sgd-linear-noise with dimension = {size} and modes = full", 8.0 * size * size, available, "use modes = auto, or a smaller dimension");
        }

        var modes = problem.Modes(Modes, context.Cancellation);
        if (Modes != ModeRepresentation.Full)
            modes = FewModes.Of(modes, schedule.TimeAt(schedule.Steps), context.Cancellation);
        var events = new PhaseEvents(problem, modes.TeacherOverlap);
        var engine = new LinearNoiseRecursion(modes, schedule, Batch, problem.Noise, Closure == NoiseClosure.Linear, new StepWatch(events, schedule, StudentTarget.Teacher(modes)));
        var largest = new Lazy<double>(() => Closure == NoiseClosure.Linear ? Stability.LargestLearningRate(modes) : TeacherFluctuations.Of(problem, modes, Batch).LargestRate());
        var solution = Run(problem, engine, schedule, events, modes, largest, Closure == NoiseClosure.Linear ? "of gradient descent at w*" : "of the mean square at w*", context, row => row.Mean, FluctuationStatistics.Columns);
        return solution with { Warnings = [.. solution.Warnings, .. SignWarning(solution), .. FewStepsWarning(solution)] };
    }

    // Steps draw products of several normal numbers: a sum of few is far from normal.
    private static string[] FewStepsWarning(Solution solution)
    {
        int[] rows = [.. Enumerable.Range(0, solution.Rows).Where(row => double.IsNaN(solution["u" + ReplicaColumns.Low][row]))];
        return rows.Length == 0 ? [] :
        [
            DisplayText.Plain($"at {rows.Length} of {solution.Rows} rows, step {solution["step"][rows[0]]:F0} to {solution["step"][rows[^1]]:F0}, fewer than {FluctuationStatistics.LeastContributions} steps make up the spread of u, and its law has heavy tails: no band is given, standard deviations may be off by a factor of two and means by some per cent; use a smaller learning-rate, later steps, or method = sgd"),
        ];
    }

    // A mean between both teachers describes no run.
    private static string[] SignWarning(Solution solution) => solution.Rows > 0 && solution["u-sd"][^1] is var deviation && Math.Abs(solution["u"][^1]) is var mean && deviation > LargestSpread * mean
        ? [DisplayText.Plain($"the spread of u between runs, {deviation:G3}, is above half of its mean, {mean:G3}, at the last row: runs go to both signs of the teacher, which a mean and a covariance do not describe; use a smaller learning-rate, or method = sgd")]
        : [];
}
