using Eigenflow.Schedules;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>One model of the regression: the modes that it sees, what it leaves, and its run.</summary>
internal sealed class LadderModel
{
    private LadderModel(ScalingProblem problem, double size, double[] eigenvalues, double[] targets)
    {
        Problem = problem;
        Size = size;
        Eigenvalues = eigenvalues;
        Targets = targets;
        Tail = PowerSum.Between(1 + (problem.Difficulty * problem.Capacity), eigenvalues.Length, problem.Features) / 2;
        Trace = PowerSum.Of(problem.Capacity, eigenvalues.Length);
        Steps = problem.StepsOf(size);
        var own = problem.StepsOf(problem.Own);
        long? decay = problem.DecaySteps is { } steps ? Math.Clamp((long)Math.Round((double)steps / own * Steps), 1, Steps) : null;
        Schedule = new LearningRateSchedule(problem.Shape, problem.Peak, Steps, problem.FinalRate, decay);
    }

    /// <summary>The problem.</summary>
    public ScalingProblem Problem { get; }

    /// <summary>M.</summary>
    public double Size { get; }

    /// <summary>λ_j of the modes that it sees.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>θ*_j² of the modes that it sees.</summary>
    public double[] Targets { get; }

    /// <summary>D_M = ½ Σ_{j &gt; M} λ_j θ*_j².</summary>
    public double Tail { get; }

    /// <summary>Tr H = Σ_{j ≤ M} λ_j.</summary>
    public double Trace { get; }

    /// <summary>Steps of the run, with its warm-up.</summary>
    public long Steps { get; }

    /// <summary>The learning rates.</summary>
    public LearningRateSchedule Schedule { get; }

    /// <summary>Excess risk of the start at zero.</summary>
    public double InitialLoss => (PowerSum.Of(1 + (Problem.Difficulty * Problem.Capacity), Eigenvalues.Length) / 2) + Tail;

    /// <summary>The learning rate at a step, and that which the schedule aims at for the end of the run.</summary>
    /// <param name="step">0 to <see cref="Steps"/>.</param>
    public double RateAt(long step) => step < Steps ? Schedule.RateAt(step) : Schedule.Shape.RateAt(new ScheduleSpan(Schedule.Peak, Schedule.Final, Steps, Schedule.DecaySteps), step);

    /// <summary>A model, checked.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="size">M.</param>
    /// <exception cref="ParameterException">No size of a model, or an unstable learning rate.</exception>
    /// <exception cref="TooLargeException">Too many modes.</exception>
    public static LadderModel Of(ScalingProblem problem, double size)
    {
        if (size != Math.Floor(size) || size < 1 || size > problem.Features)
            throw new ParameterException("models", size, $"whole numbers of features from 1 to features = {problem.Features}", "raise features, or choose smaller models");
        if (size > ScalingProblem.LargestModel)
            throw new TooLargeException(FormattableString.Invariant($"a model of {size:R} features"), size * 64.0, ScalingProblem.LargestModel * 64.0, "choose smaller models, or method = law");
        double[] eigenvalues = new double[(int)size], targets = new double[(int)size];
        var exponent = problem.Capacity - 1 - (problem.Difficulty * problem.Capacity);
        for (var j = 0; j < eigenvalues.Length; j++)
            (eigenvalues[j], targets[j]) = (Math.Pow(j + 1, -problem.Capacity), Math.Pow(j + 1, exponent));
        var model = new LadderModel(problem, size, eigenvalues, targets);
        LadderStability.Check(model);
        return model;
    }
}
