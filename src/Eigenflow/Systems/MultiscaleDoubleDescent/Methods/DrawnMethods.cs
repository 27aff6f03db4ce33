using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>A method over random draws of the data: mean, standard error and quantiles. Results do not depend on the number of threads.</summary>
public abstract record DrawnMethod : TimedMethod<MultiscaleProblem>, ISampledMethod
{
    // A decomposition of this size takes about a minute.
    private const int LargestSide = 4000;

    /// <summary>Independent draws, 1 to 65535. Default 20.</summary>
    public int Replicas { get; init; } = 20;

    /// <summary>Seed of the draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core.</summary>
    public int Threads { get; init; }

    /// <summary>How the student is obtained. Default gradient flow.</summary>
    public StudentUpdate Update { get; init; }

    /// <summary>Learning rate η &gt; 0 of gradient descent, or null for 1/(Λ_max + λ) with the edge Λ_max of the large-size limit.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Checks and η.</summary>
    /// <exception cref="EigenflowException">Out of range.</exception>
    internal double Rate(MultiscaleProblem problem)
    {
        SampledParameters.Check(this);
        var largest = Math.Max(problem.Samples, problem.Dimension);
        if (largest > LargestSide)
            throw new TooLargeException(FormattableString.Invariant($"{Name} with samples = {problem.Samples} and dimension = {problem.Dimension}"), 24.0 * problem.Samples * problem.Dimension, 24.0 * LargestSide * LargestSide, "use method = flow, whose cost does not depend on sizes");
        return RateOf(problem, LearningRate);
    }

    /// <summary>η: the given one, which has to be stable, or the default.</summary>
    internal static double RateOf(MultiscaleProblem problem, double? given)
    {
        var edge = SampleEdges.Of(problem).Largest;
        if (given is not { } rate)
            return 1 / edge;
        if (!(rate > 0) || !double.IsFinite(rate))
            throw new ParameterException("learning-rate", rate, "a finite number > 0");
        return rate * edge < 2 ? rate : throw new ParameterException("learning-rate", rate, DisplayText.Plain($"a number > 0 and < {2 / edge:G4}"), "the learning rate exceeds the stability limit 2/(Λ_max + λ)");
    }

    private protected Solution Solved(MultiscaleProblem problem, SolveContext context, double[] times, long[] steps, Func<int, ITrajectory> make, double stepWork, string identity)
    {
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = steps,
                Width = MultiscaleColumns.Student.Length,
                Make = make,
                StepWork = stepWork,
                StateBytes = 8.0 * ((3 * problem.Samples * problem.Dimension) + (3 * problem.Dimension * problem.Dimension)),
                Identity = FormattableString.Invariant($"{problem.SystemId} {Name} {problem.Samples} {problem.Noise:R} {problem.Ridge:R} {problem.Teacher.IsRandom} {Update} {identity}"),
                IdentityColumns = [times, [.. problem.Scales.Values], [.. problem.Scales.Multiplicities.Select(count => (double)count)], [.. problem.Teacher.Weights]],
                Divergence = step => new Divergence(FormattableString.Invariant($"diverged by row or step {step} (the learning rate exceeds the stability limit 2/(Λ_max + λ) of a draw)"), "reduce learning-rate"),
            },
            context);
        double[] reached = times[..ensemble.Steps.Length];
        var error = Enumerable.Range(0, reached.Length).Select(row => ensemble.Mean(row, 2)).ToArray();
        var phases = ErrorPhases.Of(reached, error);
        return Assemble(
            problem, [MultiscaleColumns.Time.Column(reached), .. MultiscaleColumns.Student.SelectMany((quantity, column) => ensemble.Columns(quantity, (replica, row) => ensemble[replica, row, column]))],
            ensemble.Status, new SolverStatistics { Steps = ensemble.StepsDone, Evaluations = ensemble.StepsDone, StateSize = problem.Dimension }, phases.ToEvents()) with
        { Summary = phases.ToSummary() };
    }
}

/// <summary>Finite sizes, exact for every draw of the inputs: averaged over label noise and a random teacher in closed form, and over draws. Work O(d³) per draw and O(d²) per time.</summary>
public sealed record FiniteSize : DrawnMethod
{
    /// <inheritdoc/>
    public override string Name => "finite";

    internal override Solution Solve(MultiscaleProblem problem, SolveContext context)
    {
        var (rate, edges) = (Rate(problem), SampleEdges.Of(problem));
        var times = Grid(edges.FirstTime, edges.RelaxedTime);
        var filter = new SpectralFilter(Update, problem.Ridge, rate);
        return Solved(
            problem, context, times, [.. Enumerable.Range(0, times.Length).Select(row => (long)row)], replica => new EvaluatedTrajectory(times, () =>
            {
                using var interruption = Numerics.Interruption.By(context.Cancellation);
                var inputs = DrawnInputs.Draw(problem, isRotated: false, Seed, replica);
                var curve = new FiniteSizeCurve(inputs, problem.Teacher, problem.Noise);
                return (time => curve.At(filter, time), Update == StudentUpdate.Descent ? rate * (inputs.Eigenvalues[0] + problem.Ridge) : 0);
            }),
            problem.Dimension * problem.Dimension, FormattableString.Invariant($"{rate:R}"));
    }
}

/// <summary>Simulated students: inputs, teacher and noise are drawn. The student is evaluated in the eigenbasis at any time, or descended step by step.</summary>
public sealed record Simulation : DrawnMethod
{
    // Ten seconds per draw at d = 100.
    private const double DefaultSteps = 1e5;
    private const double MostSteps = 1e9;

    /// <inheritdoc/>
    public override string Name => "simulation";

    /// <summary>Whether F = U S Vᵀ with Haar orthogonal U and V. The law of the results is the same.</summary>
    public bool IsRotated { get; init; }

    /// <summary>Whether gradient descent is done step by step.</summary>
    public bool IsStepped { get; init; }

    /// <summary>Amplitude α₀ ≥ 0 of the shrinkage of figure 6, step by step only.</summary>
    public double Shrinkage { get; init; }

    /// <summary>Decay c &gt; 0 of the shrinkage per step.</summary>
    public double ShrinkageDecay { get; init; } = 0.001;

    internal override Solution Solve(MultiscaleProblem problem, SolveContext context)
    {
        if (!(Shrinkage >= 0) || !double.IsFinite(Shrinkage))
            throw new ParameterException("shrinkage", Shrinkage, "a finite number >= 0");
        if (!(ShrinkageDecay > 0) || !double.IsFinite(ShrinkageDecay))
            throw new ParameterException("shrinkage-decay", ShrinkageDecay, "a finite number > 0");
        var (rate, edges) = (Rate(problem), SampleEdges.Of(problem));
        return IsStepped ? Stepped(problem, context, rate, edges) : Evaluated(problem, context, rate, edges);
    }

    private Solution Evaluated(MultiscaleProblem problem, SolveContext context, double rate, SampleEdges edges)
    {
        var times = Grid(edges.FirstTime, edges.RelaxedTime);
        var filter = new SpectralFilter(Update, problem.Ridge, rate);
        return Solved(
            problem, context, times, [.. Enumerable.Range(0, times.Length).Select(row => (long)row)], replica => new EvaluatedTrajectory(times, () =>
            {
                using var interruption = Numerics.Interruption.By(context.Cancellation);
                var sample = Sample(problem, replica);
                return (time => sample.At(filter, time), Update == StudentUpdate.Descent ? rate * (sample.Inputs.Eigenvalues[0] + problem.Ridge) : 0);
            }),
            problem.Dimension * problem.Dimension, FormattableString.Invariant($"{rate:R} {IsRotated}"));
    }

    private Solution Stepped(MultiscaleProblem problem, SolveContext context, double rate, SampleEdges edges)
    {
        if (Update != StudentUpdate.Descent)
            throw new ParameterException("update", Update, "gd with evaluation = steps");

        // Saved times are those of whole steps; those that were asked for are next to them.
        var times = Grid(rate, Math.Min(edges.RelaxedTime, DefaultSteps * rate));
        if (times[^1] / rate > MostSteps)
            throw new ParameterException("until", times[^1], DisplayText.Plain($"at most {MostSteps * rate:G4} with evaluation = steps"), "use evaluation = eigenbasis, which needs no steps");
        long[] steps = [.. times.Select(time => (long)Math.Round(time / rate)).Distinct()];
        return Solved(
            problem, context, [.. steps.Select(step => step * rate)], steps,
            replica => new DescentTrajectory(Sample(problem, replica), problem, new ShrinkageSchedule(Shrinkage, ShrinkageDecay), rate), 2.0 * problem.Dimension * problem.Dimension,
            FormattableString.Invariant($"{rate:R} {IsRotated} steps {Shrinkage:R} {ShrinkageDecay:R}"));
    }

    private StudentSample Sample(MultiscaleProblem problem, int replica) => new(DrawnInputs.Draw(problem, IsRotated, Seed, replica), problem, Seed, replica);
}
