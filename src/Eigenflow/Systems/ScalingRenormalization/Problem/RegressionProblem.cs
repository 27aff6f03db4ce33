using Eigenflow.Dynamics;
using Eigenflow.Numerics.RandomMatrix;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>
/// Ridge regression y = w·x + ε with x ~ N(0, diag η), directly or on random features Φ = X F_1 … F_L + Ξ: v = argmin (1/P) ‖Φv − y‖² + λ‖v‖² (arXiv 2405.00592, section 2).
/// </summary>
public sealed record RegressionProblem : IProblem
{
    /// <inheritdoc/>
    public string SystemId => ScalingRenormalizationSystem.Identifier;

    /// <summary>Spectrum and target.</summary>
    public required TargetSpectrum Target { get; init; }

    /// <summary>Samples P ≥ 1; the theory takes any real number.</summary>
    public double Samples { get; init; } = 100;

    /// <summary>Ridge λ ≥ 0.</summary>
    public double Ridge { get; init; }

    /// <summary>Variance σ² ≥ 0 of the labels.</summary>
    public double Noise { get; init; }

    /// <summary>Variance ≥ 0 of noise that is added to every feature, in training and test; it needs one Gaussian layer.</summary>
    public double AdditiveNoise { get; init; }

    /// <summary>What is applied to every feature; anything but linear needs one Gaussian layer.</summary>
    internal Activation Activation { get; init; } = Activation.None;

    /// <summary>The linear part, the mean and the rest of a feature for inputs of variance tr Σ/D.</summary>
    internal GaussianPart Equivalence => Activation.Part(Target.Population.Trace / Target.Dimension);

    /// <summary>The layers.</summary>
    internal IReadOnlyList<LayerForm> Layers { get; init; } = [];

    /// <summary>Additive noise, and what is not linear in a feature, as an input of infinitely many small directions: its total variance x = (σ_ξ² + μ_*²)/(μ_1² v), v = 1/D the variance of the entries of the layer.</summary>
    internal double AdditiveInput => Equivalence is var part ? (AdditiveNoise + part.Rest) * Target.Dimension / (part.Linear * part.Linear) : 0;

    /// <summary>What the layers multiply a ridge by where far less is learned than they can pass, κ_1/κ_2.</summary>
    internal double Gain => Layers.Count == 0 ? 1 : Layers[0].Gain(Target.Dimension) * Equivalence.Linear * Equivalence.Linear;

    /// <summary>Width N of the last layer, or of the inputs where there is none.</summary>
    internal double Width => Layers.Count > 0 ? Layers[^1].Width : Target.Dimension;

    /// <summary>Samples at which the error without a ridge is infinite: the smallest width, or the dimension; noise on features, and what is not linear in them, has any number of directions.</summary>
    internal double Threshold => Layers.Select(layer => layer.Width).Append(AdditiveInput > 0 ? double.PositiveInfinity : Target.Population.Rank).Min();

    /// <inheritdoc/>
    public void Validate()
    {
        if (!(Samples >= 1) || !double.IsFinite(Samples))
            throw new ParameterException("samples", Samples, "a finite number >= 1");
        if (!(Ridge >= 0) || !double.IsFinite(Ridge))
            throw new ParameterException("ridge", Ridge, "a finite number >= 0");
        if (!(Noise >= 0) || !double.IsFinite(Noise))
            throw new ParameterException("noise", Noise, "a finite variance >= 0");
        if (!(AdditiveNoise >= 0) || !double.IsFinite(AdditiveNoise))
            throw new ParameterException("additive-noise", AdditiveNoise, "a finite variance >= 0");
        if (AdditiveNoise > 0 && (Layers.Count != 1 || Layers[0].Kind != LayerKind.Gaussian))
            throw new ParameterException("additive-noise", AdditiveNoise, "left out, or 0, unless layers = gaussian:N", "the theory has noise on the features of one Gaussian layer");
        if (Activation != Activation.None && (Layers.Count != 1 || Layers[0].Kind != LayerKind.Gaussian))
            throw new ParameterException("activation", Activation.Name, "linear unless layers = gaussian:N", "the theory of nonlinear features is that of one Gaussian layer");
        _ = Equivalence;
        var before = Target.Dimension;
        foreach (var layer in Layers)
        {
            if (layer.Kind == LayerKind.Projection && layer.Width > before)
                throw new ParameterException("layers", LayerForm.Write([.. Layers]), FormattableString.Invariant($"projections to at most the {before} dimensions before them"));
            before = layer.Width;
        }
    }

    /// <summary>The deterministic equivalent.</summary>
    public RidgeEquivalent Equivalent()
    {
        var layers = new List<FeatureLayer>();
        var before = Target.Dimension;
        var linear = Equivalence.Linear;
        foreach (var layer in Layers)
        {
            layers.Add(layer.Of(before, linear * linear));
            before = layer.Width;
        }

        return new RidgeEquivalent(AdditiveInput > 0 ? Target.Population.With(AdditiveInput) : Target.Population, Samples, layers);
    }

    /// <summary>The same with another value on an axis.</summary>
    /// <param name="axis">samples, ridge or width.</param>
    /// <param name="value">The value.</param>
    internal RegressionProblem Along(string axis, double value) => axis switch
    {
        "samples" => this with { Samples = value },
        "ridge" => this with { Ridge = value },
        _ => this with { Layers = [.. Layers.SkipLast(1), Layers[^1] with { Width = value }] },
    };
}
