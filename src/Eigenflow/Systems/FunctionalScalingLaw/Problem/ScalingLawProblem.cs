using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>How the model of size M sees the features.</summary>
public enum Projection
{
    /// <summary>The M features of largest variance.</summary>
    Top,

    /// <summary>M random combinations of all features, w_j ~ N(0, I/M).</summary>
    Random,
}

/// <summary>How the modes are carried by a recursion.</summary>
public enum ModeRepresentation
{
    /// <summary>Full up to 4096 modes, compressed beyond where the spectrum is a power law.</summary>
    Auto,

    /// <summary>Every mode by itself: memory O(M).</summary>
    Full,

    /// <summary>Chebyshev nodes per octave of λ: O(log M), relative error about 1e-11. Power laws of the projection top only.</summary>
    Compressed,
}

/// <summary>
/// Linear regression on features φ_j ~ N(0, λ_j) with label ⟨φ, θ*⟩ + ε, ε ~ N(0, σ²), by one-pass mini-batch SGD from zero under any learning-rate and
/// batch schedule (arXiv 2509.19189): λ_j = j^(−β), θ*_j² = j^(−1) λ_j^(s−1). The loss of every method is the excess risk E = ½ E(⟨φ, v − θ*⟩²). Immutable.
/// </summary>
public sealed record ScalingLawProblem : IProblem
{
    /// <summary>Largest number of features or modes.</summary>
    public const long LargestSize = 1_000_000_000_000_000;

    /// <summary>Capacity exponent β &gt; 1 of the spectrum. Default 4, the paper's experiments.</summary>
    public double Capacity { get; init; } = 4;

    /// <summary>Relative difficulty s &gt; 0 of the target; s &lt; 1 − 1/β is hard. Default 0.5, the paper's experiments.</summary>
    public double Difficulty { get; init; } = 0.5;

    /// <summary>Number of features N.</summary>
    public long Features { get; init; } = 1024;

    /// <summary>Model size M, 1 to N.</summary>
    public long ModelSize { get; init; } = 256;

    /// <summary>Variance σ² ≥ 0 of the label noise.</summary>
    public double Noise { get; init; } = 0.25;

    /// <summary>The learning rates.</summary>
    public LearningRateSchedule Schedule { get; init; } = new(new StableDecayShape(DecayKind.Exponential), 0.1, 10_000);

    /// <summary>The batch sizes.</summary>
    public BatchSchedule Batch { get; init; } = BatchSchedule.Constant(1);

    /// <summary>How the model sees the features.</summary>
    public Projection Projection { get; init; }

    /// <summary>Seed of the random projection.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Eigenvalues in place of the power law, as many as <see cref="Features"/>, descending and &gt; 0; or null.</summary>
    public IReadOnlyList<double>? Eigenvalues { get; init; }

    /// <summary>Target coefficients θ*_j in the order of the eigenvalues, in place of the power law; or null.</summary>
    public IReadOnlyList<double>? Target { get; init; }

    /// <summary>Intrinsic difficulty α = sβ.</summary>
    public double IntrinsicDifficulty => Difficulty * Capacity;

    /// <summary>Whether the task is easy: s ≥ 1 − 1/β.</summary>
    public bool IsEasy => Difficulty >= 1 - (1 / Capacity);

    /// <summary>Checks every member.</summary>
    /// <exception cref="ParameterException">A member that is not allowed.</exception>
    public void Validate()
    {
        if (!(Capacity > 1) || !double.IsFinite(Capacity))
            throw new ParameterException("capacity", Capacity, "a number > 1", "the trace of the covariance is finite only for capacity > 1");
        if (!(Difficulty > 0) || !double.IsFinite(Difficulty))
            throw new ParameterException("difficulty", Difficulty, "a number > 0");
        if (Features is < 1 or > LargestSize)
            throw new ParameterException("features", Features, "a whole number >= 1 and <= 1e15");
        if (ModelSize < 1 || ModelSize > Features)
            throw new ParameterException("model-size", ModelSize, $"a whole number from 1 to features = {Features}", ModelSize > Features ? "raise features, or choose a smaller model" : "");
        if (!(Noise >= 0) || !double.IsFinite(Noise))
            throw new ParameterException("noise", Noise, "a finite variance >= 0");
        if (Capacity * Math.Log10(Features) > 200 || IntrinsicDifficulty * Math.Log10(Features) > 200)
        {
            var largest = 200 / Math.Log10(Features);
            throw Capacity > largest
                ? new ParameterException("capacity", Capacity, DisplayText.Plain($"above 1 and at most {largest:G4} for features = {Features}, so that features^(-capacity) stays within the range of numbers"), "use fewer features")
                : new ParameterException("difficulty", Difficulty, DisplayText.Plain($"above 0 and at most {largest / Capacity:G4} for features = {Features} and capacity = {Capacity:R}, so that features^(-difficulty capacity) stays within the range of numbers"), "use fewer features");
        }

        if (Eigenvalues is { } given && given.Count != Features)
            throw new ParameterException("features", Features, $"the number of eigenvalues ({given.Count})");
        if (Target is { } target && target.Count != Features)
            throw new ParameterException("target", $"({target.Count} coefficients)", $"as many coefficients as there are features ({Features})");
    }

    /// <inheritdoc/>
    public string SystemId => FunctionalScalingLawSystem.Identifier;

    /// <inheritdoc/>
    public Setting Describe() => Setting.Empty
        .With(ScalingLawParameters.Capacity, Capacity).With(ScalingLawParameters.Difficulty, Difficulty).With(ScalingLawParameters.Features, Features).With(ScalingLawParameters.ModelSize, ModelSize)
        .With(ScalingLawParameters.Noise, Noise).With(ScalingLawParameters.Batch, Batch).With(ScalingLawParameters.Steps, Schedule.Steps).With(ScalingLawParameters.Schedule.Shape, Schedule.Shape)
        .With(ScalingLawParameters.Peak, Schedule.Peak);

    /// <summary>The modes that a recursion carries.</summary>
    /// <param name="representation">How.</param>
    /// <exception cref="EigenflowException">Too many for this representation.</exception>
    public KernelModes Modes(ModeRepresentation representation = ModeRepresentation.Auto)
    {
        Validate();
        return KernelModes.Of(this, representation);
    }
}
