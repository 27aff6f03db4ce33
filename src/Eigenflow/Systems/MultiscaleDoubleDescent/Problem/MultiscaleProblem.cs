using Eigenflow.Dynamics;
using Eigenflow.Numerics.RandomMatrix;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>
/// A linear teacher y = z·W + σε labels isotropic latent factors z ~ N(0, 1/d); a linear student w sees x = Fᵀz and descends ½‖Xw − y‖² + ½λ‖w‖², a sum over samples, from w = 0
/// (arXiv 2112.03215).
/// </summary>
public sealed record MultiscaleProblem : IProblem
{
    /// <inheritdoc/>
    public string SystemId => MultiscaleSystem.Identifier;

    /// <summary>Number of training samples n ≥ 1.</summary>
    public required long Samples { get; init; }

    /// <summary>Singular values of F.</summary>
    public required FeatureScales Scales { get; init; }

    /// <summary>The teacher W.</summary>
    public LatentTeacher Teacher { get; init; } = LatentTeacher.Gaussian;

    /// <summary>Variance σ² ≥ 0 of the noise of training labels; test labels have none.</summary>
    public double Noise { get; init; }

    /// <summary>Ridge λ ≥ 0 of the sum over samples: n times that of a mean.</summary>
    public double Ridge { get; init; }

    /// <summary>Input dimension d.</summary>
    public long Dimension => Scales.Dimension;

    /// <summary>Power of the teacher per direction, P = Σ w²/d; one for a random teacher.</summary>
    public double Power => Teacher.Power(0, Dimension) / Dimension;

    /// <inheritdoc/>
    public void Validate()
    {
        if (Samples is < 1 or > (long)MultiscaleParameters.LargestCount)
            throw new ParameterException("samples", Samples, "a whole number >= 1 and <= 1e15");
        if (!Teacher.Weights.IsEmpty && Teacher.Weights.Length != Dimension)
            throw new ParameterException("teacher", FormattableString.Invariant($"({Teacher.Weights.Length} weights)"), FormattableString.Invariant($"one weight per mode (dimension = {Dimension})"));
        _ = (MultiscaleParameters.Noise.Check(Noise), MultiscaleParameters.Ridge.Check(Ridge));
    }

    /// <summary>The deterministic equivalent of ridge regression on these inputs, in the units of the engine: covariance s²/d, ridge λ/n.</summary>
    internal RidgeEquivalent Equivalent() => new(Scales.Population(Teacher), Samples);

    /// <summary>The two blocks of the closed form.</summary>
    /// <exception cref="ParameterException">F has another number of scales, or the teacher another power than one in a block.</exception>
    internal TwoBlockForm TwoBlocks()
    {
        if (Scales.Values.Length != 2)
            throw new ParameterException("spectrum", FormattableString.Invariant($"({Scales.Values.Length} scales)"), "two-scale with method = closed-form", "the closed form of the paper has two blocks; use method = flow or ridge");
        if (!Teacher.Weights.IsEmpty)
            throw new ParameterException("teacher", "file", "gaussian or ones with method = closed-form", "the closed form of the paper has unit power in every direction");
        return new TwoBlockForm(Samples, Scales.Multiplicities[0], Scales.Multiplicities[1], Scales.Values[0], Scales.Values[1], Noise, Ridge);
    }
}
