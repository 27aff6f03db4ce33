using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>A way to obtain the learning curve of a <see cref="MultiClassProblem"/> along the time t = step/d, under any learning-rate rule.</summary>
public abstract record MixtureMethod : TimedMethod<MultiClassProblem>
{
    /// <summary>The paper's figures end about here.</summary>
    internal const double DefaultUntil = 10;

    /// <summary>The learning rate of the figures.</summary>
    internal const double DefaultRate = 0.7;

    /// <summary>γ &gt; 0 of the constant rule; a step is γ/d. Not read where there is a rule. Default 0.7: stable for every covariance of norm one.</summary>
    public double LearningRate { get; init; } = DefaultRate;

    /// <summary>The rule of the learning rate, one of the library or your own; null for a constant one.</summary>
    public LearningRateRule? Rule { get; init; }

    /// <summary>Samples per step B ≥ 1. Default 1, the paper's.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>A rule that depends on the problem, or null.</summary>
    internal Func<MultiClassProblem, LearningRateRule>? RuleOfProblem { get; init; }

    /// <summary>The rule of a problem, with the checks of what all methods share.</summary>
    private protected LearningRateRule RuleOf(MultiClassProblem problem)
    {
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            throw new ParameterException("learning-rate", LearningRate, "a finite number > 0");
        if (Batch < 1)
            throw new ParameterException("batch", Batch, "a whole number >= 1");
        return Rule ?? RuleOfProblem?.Invoke(problem) ?? ScheduledRate.Constant(LearningRate);
    }

    /// <summary>The saved times.</summary>
    private protected double[] SavedTimes() => Until is null && Times is null ? (this with { Until = DefaultUntil }).Grid(0.01, DefaultUntil) : Grid(0.01, DefaultUntil);

    /// <summary>What is said of a trajectory that left every bound.</summary>
    private protected static Divergence Diverged(string when) => new($"diverged at {when}: the risk grows without bound", "use a smaller learning-rate");

    /// <summary>The columns of rows.</summary>
    private protected static List<Observable> Columns(MixtureRows rows, double[] times, IReadOnlyList<double[]> values) =>
        [MixtureRows.Time.Column(times), .. rows.Quantities.Select((quantity, k) => quantity.Column([.. values.Select(row => row[k])]))];

    /// <summary>What the user should know of a mixture although it can be solved.</summary>
    private protected static List<string> Warnings(MixtureModes modes, MultiClassProblem problem, LearningRateRule rule, int batch)
    {
        var warnings = new List<string>();
        for (var i = 0; i < modes.Classes; i++)
        {
            var (square, trace) = (modes.MeanNorms[i] * modes.MeanNorms[i], modes.Traces[i] * modes.Dimension);
            if (square > 0.1 * trace && trace > 0)
            {
                warnings.Add(DisplayText.Plain($"‖μ‖² = {square:G3} of class {i + 1} is no small part of Tr K = {trace:G3}: the theory drops the noise of the means, which needs ‖μ‖ of the order 1 and a large dimension"));
                break;
            }
        }

        if (rule.IsConstant && problem.Loss.IsQuadratic && Stability.Of(modes, rule.Rate(default) / batch) is >= 1 and var radius)
            warnings.Add(DisplayText.Plain($"unstable: risk diverges; learning-rate = {rule.Rate(default):G4} is {(radius > 1 ? "above" : "at")} {rule.Rate(default) / radius:G4}, the largest stable one"));
        return warnings;
    }
}
