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

    /// <summary>The layers.</summary>
    internal IReadOnlyList<LayerForm> Layers { get; init; } = [];

    /// <summary>Width N of the last layer, or of the inputs where there is none.</summary>
    internal double Width => Layers.Count > 0 ? Layers[^1].Width : Target.Dimension;

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
            throw new ParameterException("additive-noise", AdditiveNoise, "0 unless layers = gaussian:N", "the theory has noise on the features of one Gaussian layer");
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
        foreach (var layer in Layers)
        {
            layers.Add(layer.Of(before));
            before = layer.Width;
        }

        // Noise of variance σ_ξ² on features is the input of infinitely many small directions of total variance x = σ_ξ²/v = D σ_ξ².
        return new RidgeEquivalent(AdditiveNoise > 0 ? Target.Population.With(AdditiveNoise * Target.Dimension) : Target.Population, Samples, layers);
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
