using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>What the weights make of the slope w of every coordinate.</summary>
public enum QuadraticModel
{
    /// <summary>w_i = v_i²: only slopes that are not negative.</summary>
    Positive,

    /// <summary>w_i = v₊_i² − v₋_i², from v₊ = v₋, so that w(0) = 0.</summary>
    Signed,

    /// <summary>w_i itself, from zero: the linear baseline.</summary>
    Linear,
}

/// <summary>The signs of the target slopes w*_i.</summary>
public enum TargetSigns
{
    /// <summary>All positive.</summary>
    Plus,

    /// <summary>+, −, +, −, …</summary>
    Alternating,

    /// <summary>Independent and fair, by the seed.</summary>
    Random,
}

/// <summary>How a flow carries the modes.</summary>
public enum ModeRepresentation
{
    /// <summary>Full up to 4096 modes, compressed beyond where the modes are a smooth law.</summary>
    Auto,

    /// <summary>Every mode by itself.</summary>
    Full,

    /// <summary>Thousands of nodes for any number of modes; relative error below 1e-9.</summary>
    Compressed,
}

/// <summary>
/// Regression y = ⟨x, w*⟩ + ξ on Gaussian inputs x_i = √λ_i z_i with λ_i = i^(−α) and λ_i w*_i² = i^(−β), by a model that sees the first M of d coordinates and whose slope is
/// quadratic in its weights (arXiv 2502.09106). The risk of every method is the excess risk R = Σ_{i ≤ M} λ_i (w_i − w*_i)² + Σ_{i > M} λ_i w*_i², without ½. Immutable.
/// </summary>
public sealed record QuadraticProblem : IProblem
{
    /// <summary>Largest number of modes.</summary>
    public const long LargestSize = 1_000_000_000_000_000;

    /// <summary>Largest number of modes that are kept one by one.</summary>
    public const long LargestFull = 50_000_000;

    /// <summary>Smallest start and eigenvalue.</summary>
    public const double SmallestSize = 1e-100;

    /// <summary>Largest start, eigenvalue and size of a target slope.</summary>
    public const double LargestValue = 1e100;

    private const long DimensionPerMode = 1000;
    private const double LargestDecades = 90;

    /// <summary>Exponent α &gt; 1 of the spectrum λ_i = i^(−α). Default 3, with 1.5 the clearest separation.</summary>
    public double Exponent { get; init; } = 3;

    /// <summary>Exponent β &gt; 1 of the signal λ_i w*_i² = i^(−β). Default 1.5.</summary>
    public double SignalExponent { get; init; } = 1.5;

    /// <summary>Model size M, 1 to d.</summary>
    public long ModelSize { get; init; } = 100;

    /// <summary>Ambient dimension d; null takes the length of the given eigenvalues or targets, or 1000 M, so that the cut takes little of the tail.</summary>
    public long? Dimension { get; init; }

    /// <summary>Variance σ² ≥ 0 of the label noise.</summary>
    public double Noise { get; init; } = 0.25;

    /// <summary>Start w₀ = v₀² &gt; 0 of the positive model and c = v₊² = v₋² of the signed one; not read by the linear model. Null takes half of the smallest of 1 and all |w*_i| that are not zero.</summary>
    public double? Start { get; init; }

    /// <summary>What the weights make of the slope.</summary>
    public QuadraticModel Model { get; init; } = QuadraticModel.Signed;

    /// <summary>Signs of the target.</summary>
    public TargetSigns Signs { get; init; }

    /// <summary>Size ε ≥ 0 of the random rotation exp(εA) between the basis of the inputs and the coordinates of the model (beyond the paper); 0 for none.</summary>
    public double Rotation { get; init; }

    /// <summary>Seed of random signs and of the rotation.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Eigenvalues λ_i &gt; 0 in place of the power law, as many as <see cref="Ambient"/>; or null.</summary>
    public IReadOnlyList<double>? Eigenvalues { get; init; }

    /// <summary>Target slopes w*_i in the order of the eigenvalues, in place of the power law and its signs; or null.</summary>
    public IReadOnlyList<double>? Target { get; init; }

    /// <summary>The ambient dimension d.</summary>
    public long Ambient => Dimension ?? Eigenvalues?.Count ?? Target?.Count ?? (long)Math.Min(LargestSize, DimensionPerMode * (double)ModelSize);

    /// <summary>The start w₀ or c that is used; 0 for the linear model.</summary>
    public double StartSlope => Model == QuadraticModel.Linear ? 0 : Start ?? DefaultStart;

    /// <summary>Half of the smallest of 1 and all |w*_i| that are not zero.</summary>
    public double DefaultStart => 0.5 * (IsPowerLaw
        ? Math.Min(1, SizeOfTarget(ModelSize))
        : Enumerable.Range(0, (int)ModelSize).Select(k => Math.Abs(TargetAt(k + 1))).Where(size => size > 0).Append(1).Min());

    /// <summary>Whether λ and |w*| are both power laws.</summary>
    public bool IsPowerLaw => Eigenvalues is null && Target is null;

    /// <summary>Whether everything that the risk of a flow sums is smooth in the mode number, so that modes can be compressed.</summary>
    public bool IsSmooth => IsPowerLaw && Rotation == 0 && (Model != QuadraticModel.Positive || Signs == TargetSigns.Plus);

    /// <summary>Σ_{i &gt; M} λ_i w*_i²: what the model does not see. It acts as label noise.</summary>
    public double Tail => IsPowerLaw
        ? PowerSum.Between(SignalExponent, ModelSize, Ambient)
        : Enumerable.Range((int)ModelSize, (int)(Ambient - ModelSize)).Reverse().Sum(k => EigenvalueAt(k + 1) * TargetAt(k + 1) * TargetAt(k + 1));

    /// <inheritdoc/>
    public string SystemId => QuadraticParameterizationSystem.Identifier;

    /// <summary>λ at a mode number.</summary>
    /// <param name="number">1 to d.</param>
    public double EigenvalueAt(long number) => Eigenvalues is { } given ? given[(int)(number - 1)] : Math.Pow(number, -Exponent);

    /// <summary>w* at a mode number.</summary>
    /// <param name="number">1 to d.</param>
    public double TargetAt(long number)
    {
        if (Target is { } given)
            return given[(int)(number - 1)];
        var size = Eigenvalues is null ? SizeOfTarget(number) : Math.Sqrt(Math.Pow(number, -SignalExponent) / EigenvalueAt(number));
        return Signs switch
        {
            TargetSigns.Alternating when number % 2 == 0 => -size,
            TargetSigns.Random when QuadraticStreams.IsNegative(Seed, number) => -size,
            _ => size,
        };
    }

    /// <summary>|w*| of the power law at any number.</summary>
    internal double SizeOfTarget(double number) => Math.Pow(number, (Exponent - SignalExponent) / 2);

    /// <summary>Checks every member.</summary>
    /// <exception cref="ParameterException">A member that is not allowed.</exception>
    public void Validate()
    {
        if (!(Exponent > 1) || !double.IsFinite(Exponent))
            throw new ParameterException("exponent", Exponent, "a number > 1", "the trace of the covariance diverges otherwise");
        if (!(SignalExponent > 1) || !double.IsFinite(SignalExponent))
            throw new ParameterException("signal-exponent", SignalExponent, "a number > 1", "the energy of the signal diverges otherwise");
        if (ModelSize is < 1 or > LargestSize)
            throw new ParameterException("model-size", ModelSize, "a whole number >= 1 and <= 1e15");
        if (Ambient is < 1 or > LargestSize)
            throw new ParameterException("dimension", Ambient, "a whole number >= 1 and <= 1e15");
        if (ModelSize > Ambient)
            throw new ParameterException("model-size", ModelSize, $"a whole number from 1 to dimension = {Ambient}", "raise dimension, or choose a smaller model");
        if (!(Noise >= 0) || !double.IsFinite(Noise))
            throw new ParameterException("noise", Noise, "a finite variance >= 0");
        if (Start is { } start && !(start is >= SmallestSize and <= LargestValue))
            throw new ParameterException("start", start, "a number from 1e-100 to 1e100", "zero is a fixed point of weights that are multiplied: nothing would be learned");
        if (!(Rotation is >= 0 and <= Misalignment.LargestRotation))
            throw new ParameterException("rotation", Rotation, "a number from 0 to 100");
        if (Rotation > 0 && ModelSize > Misalignment.LargestSize)
            throw new ParameterException("rotation", Rotation, $"0 for model-size above {Misalignment.LargestSize}", "a rotation couples all modes; choose a smaller model");
        if (Seed < 0)
            throw new ParameterException("seed", Seed, "a whole number >= 0");
        if (Math.Max(Exponent, SignalExponent) * Math.Log10(Ambient) > LargestDecades)
        {
            var (name, value) = Exponent >= SignalExponent ? ("exponent", Exponent) : ("signal-exponent", SignalExponent);
            throw new ParameterException(name, value, DisplayText.Plain($"above 1 and at most {LargestDecades / Math.Log10(Ambient):G4} for dimension = {Ambient}, so that powers of it stay within the range of numbers"), "choose a smaller dimension");
        }

        ValidateGiven();
    }

    private void ValidateGiven()
    {
        if (Eigenvalues is { } eigenvalues)
        {
            if (eigenvalues.Count != Ambient)
                throw new ParameterException("dimension", Ambient, $"the number of eigenvalues ({eigenvalues.Count})", "leave it out");
            if (eigenvalues.Index().FirstOrDefault(pair => !(pair.Item is >= SmallestSize and <= LargestValue), (-1, 0)) is var (mode, eigenvalue) && mode >= 0)
                throw new ParameterException("spectrum", eigenvalue, "eigenvalues > 0, from 1e-100 to 1e100", $"eigenvalue number {mode + 1} is not; leave out what is zero");
        }

        if (Target is { } target)
        {
            if (target.Count != Ambient)
                throw new ParameterException("target", $"({target.Count} slopes)", $"as many slopes as there are coordinates ({Ambient})");
            if (target.Index().FirstOrDefault(pair => !(Math.Abs(pair.Item) <= LargestValue), (-1, 0)) is var (mode, slope) && mode >= 0)
                throw new ParameterException("target", slope, "slopes of size up to 1e100", $"slope number {mode + 1} is not");
            if (target.All(value => value == 0))
                throw new ParameterException("target", "(all zero)", "at least one slope that is not zero");
        }
    }

    /// <inheritdoc/>
    public Setting Describe() => Setting.Empty
        .With(QuadraticParameters.Exponent, Exponent).With(QuadraticParameters.SignalExponent, SignalExponent).With(QuadraticParameters.ModelSize, ModelSize).With(QuadraticParameters.Dimension, Ambient)
        .With(QuadraticParameters.Noise, Noise).With(QuadraticParameters.Start, Model == QuadraticModel.Linear ? null : StartSlope).With(QuadraticParameters.Model, QuadraticParameters.Word(Model)).With(QuadraticParameters.Signs, Signs)
        .With(QuadraticParameters.Rotation, Rotation);

    /// <summary>λ and w* of the M modes that the model sees, one by one.</summary>
    /// <exception cref="TooLargeException">Too many.</exception>
    internal (double[] Eigenvalues, double[] Target) Modes()
    {
        if (ModelSize > LargestFull)
            throw new TooLargeException($"{ModelSize} modes one by one", ModelSize * 64.0, LargestFull * 64.0, "use method = flow with modes = compressed, or a smaller model");
        double[] eigenvalues = new double[ModelSize], target = new double[ModelSize];
        for (var k = 0; k < eigenvalues.Length; k++)
            (eigenvalues[k], target[k]) = (EigenvalueAt(k + 1), TargetAt(k + 1));
        return (eigenvalues, target);
    }
}
