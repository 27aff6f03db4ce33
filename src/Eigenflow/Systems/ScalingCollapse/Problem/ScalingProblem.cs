using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// A ladder of models, each trained up to a horizon κ p^γ, and its loss curves in units of their own ends (arXiv 2507.02119): of a sum of power laws, or of one-pass SGD on power-law regression, where a model of
/// size M sees the first M of N features with λ_j = j^(−β), λ_j θ*_j² = j^(−1−sβ). Immutable.
/// </summary>
public sealed record ScalingProblem : IProblem
{
    /// <summary>Largest size of a model of a law.</summary>
    public const double LargestLawSize = 1e30;

    /// <summary>Largest number of features of the regression.</summary>
    public const long LargestFeatures = 1_000_000_000_000_000;

    /// <summary>Largest number of features that a model sees: moments of each are kept.</summary>
    public const long LargestModel = 10_000_000;

    /// <summary>Largest number of models of a ladder.</summary>
    public const int MostModels = 256;

    /// <summary>The reducible loss as a sum of power laws; read by the law alone.</summary>
    public LossTerms Terms { get; init; } = LossTerms.Balanced;

    /// <summary>Exponent γ &gt; 0 of the horizon κ p^γ; null takes that of compute-optimal training, the capacity β for the regression.</summary>
    public double? DataExponent { get; init; }

    /// <summary>Factor κ &gt; 0 of the horizon of the law.</summary>
    public double HorizonScale { get; init; } = 1;

    /// <summary>Error of the irreducible loss that is subtracted: reducible loss = loss − offset.</summary>
    public double Offset { get; init; }

    /// <summary>Sizes of the models, ascending, 1 to 256 of them.</summary>
    public IReadOnlyList<double> Models { get; init; } = [32, 64, 128];

    /// <summary>The model whose own curve is in the solution, one of <see cref="Models"/>; null takes the last.</summary>
    public double? ModelSize { get; init; }

    /// <summary>Exponent β &gt; 1 of the spectrum λ_j = j^(−β).</summary>
    public double Capacity { get; init; } = 1.5;

    /// <summary>Difficulty s &gt; 0 of the target, λ_j θ*_j² = j^(−1−sβ).</summary>
    public double Difficulty { get; init; } = 0.5;

    /// <summary>Features N that there are, at least the largest model.</summary>
    public long Features { get; init; } = 4096;

    /// <summary>Variance σ² ≥ 0 of the label noise.</summary>
    public double Noise { get; init; }

    /// <summary>Samples per step B, 1 to 1e6.</summary>
    public long Batch { get; init; } = 4;

    /// <summary>Largest learning rate η &gt; 0.</summary>
    public double Peak { get; init; } = 0.2;

    /// <summary>Shape of the learning rate over a run.</summary>
    public ScheduleShape Shape { get; init; } = new ConstantShape();

    /// <summary>Final learning rate of the shape, or null for its own.</summary>
    public double? FinalRate { get; init; }

    /// <summary>Decay steps of the own model for shapes that have them, or null; other models have them in proportion to their runs.</summary>
    public long? DecaySteps { get; init; }

    /// <summary>Factor κ &gt; 0 of the horizon of the regression in flow time at the peak: the run of a model has round(κ M^γ/η) steps after its warm-up, whatever the schedule.</summary>
    public double Horizon { get; init; } = 1;

    /// <inheritdoc/>
    public string SystemId => ScalingCollapseSystem.Identifier;

    /// <summary>The model whose own curve is in the solution.</summary>
    public double Own => ModelSize ?? Models[^1];

    /// <summary>Whether the own model can be one of the regression: a whole number of the features that there are.</summary>
    public bool IsLadder => Own == Math.Floor(Own) && Own <= Features && Own <= LargestModel;

    /// <summary>γ of the regression.</summary>
    public double LadderExponent => DataExponent ?? Capacity;

    /// <summary>Steps of a warm-up, which come before the horizon.</summary>
    public long Warmup => Shape is WarmupShape warmup ? warmup.WarmupSteps : 0;

    /// <summary>Steps of the run of a model of the regression.</summary>
    /// <param name="size">M.</param>
    /// <exception cref="ParameterException">More than can be counted.</exception>
    public long StepsOf(double size)
    {
        var steps = Horizon * Math.Pow(size, LadderExponent) / (Shape is TableShape table ? table.LargestRate : Peak);
        return steps < 1e15 ? Warmup + Math.Max(1, (long)Math.Round(steps)) : throw new ParameterException("horizon", Horizon, FormattableString.Invariant($"small enough for 1e15 steps of the model of size {size:R}"), "lower horizon, or raise peak");
    }

    /// <inheritdoc/>
    public void Validate()
    {
        Checked("data-exponent", DataExponent ?? 1, value => value > 0, "a number > 0", "a horizon that does not grow with the model is no ladder");
        Checked("horizon-scale", HorizonScale, value => value > 0, "a number > 0");
        Checked("offset", Offset, _ => true, "a finite number");
        if (Models.Count is < 1 or > MostModels)
            throw new ParameterException("models", Models.Count == 0 ? "(empty)" : $"({Models.Count} sizes)", $"a list of 1 to {MostModels} sizes", "collapse needs a ladder of at least two");
        foreach (var size in Models)
            Checked("models", size, value => value is >= 1 and <= LargestLawSize, "a list of sizes >= 1 and <= 1e30");
        for (var k = 1; k < Models.Count; k++)
        {
            if (!(Models[k] > Models[k - 1]))
                throw new ParameterException("models", Setting.Format(Models.ToArray()), "a list of ascending sizes, each once");
        }

        if (ModelSize is { } own && !Models.Contains(own))
            throw new ParameterException("model-size", own, $"one of models = {Setting.Format(Models.ToArray())}", "leave one of the two out");
        Checked("capacity", Capacity, value => value > 1, "a number > 1", "the trace of the covariance diverges otherwise");
        Checked("difficulty", Difficulty, value => value > 0, "a number > 0");
        Checked("noise", Noise, value => value >= 0, "a finite variance >= 0");
        Checked("peak", Peak, value => value > 0, "a number > 0");
        Checked("horizon", Horizon, value => value > 0, "a number > 0");
        if (Features is < 1 or > LargestFeatures)
            throw new ParameterException("features", Features, "a whole number >= 1 and <= 1e15");
        if (Batch is < 1 or > 1_000_000)
            throw new ParameterException("batch", Batch, "a whole number from 1 to 1e6");
    }

    /// <inheritdoc/>
    public Setting Describe() => Setting.Empty.With(ScalingParameters.Models, [.. Models]).With(ScalingParameters.ModelSize, Own).With(ScalingParameters.DataExponent, DataExponent).With(ScalingParameters.Offset, Offset);

    private static void Checked(string name, double value, Func<double, bool> isAllowed, string allowed, string remedy = "")
    {
        if (!double.IsFinite(value) || !isAllowed(value))
            throw new ParameterException(name, value, allowed, remedy);
    }
}
