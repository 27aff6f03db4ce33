using Eigenflow.Data;
using Eigenflow.Dynamics;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Constant-step SGD around the minimum of a loss that is minus the logarithm of a posterior (arXiv 2306.03521). The loss is a sum over the data: L = Σ_i (y_i − f_i)²/(2s²) + (λ/2)|θ|², so that
/// step sizes are small; with a mean over the data they would be N times as large. Immutable.
/// </summary>
public sealed record EquilibriumProblem : IProblem
{
    /// <summary>Largest number of samples.</summary>
    public const int LargestSamples = 1_000_000;

    /// <summary>Largest number of parameters.</summary>
    public const int LargestDimension = 64;

    /// <summary>Smallest scale of the noise of targets.</summary>
    public const double SmallestScale = 1e-25;

    /// <summary>Largest scale of the noise of targets.</summary>
    public const double LargestScale = 1e25;

    /// <summary>Largest precision of the prior.</summary>
    public const double LargestPrior = 1e50;

    /// <summary>What is learned.</summary>
    public EquilibriumModel Model { get; init; }

    /// <summary>Number of samples N ≥ 2, where they are made.</summary>
    public int Samples { get; init; } = EquilibriumParameters.DefaultSamples;

    /// <summary>Number of parameters d, where samples are made.</summary>
    public int Dimension { get; init; } = EquilibriumParameters.DefaultDimension;

    /// <summary>Batch size B.</summary>
    public int Batch { get; init; } = EquilibriumParameters.DefaultBatch;

    /// <summary>Whether the samples of a batch are independent draws, of which some may be the same; not for shuffled epochs.</summary>
    public bool AreDrawsIndependent { get; init; }

    /// <summary>Scale s &gt; 0 of the noise of the targets: a standard deviation.</summary>
    public double NoiseScale { get; init; } = 1;

    /// <summary>Precision λ ≥ 0 of the Gaussian prior.</summary>
    public double Prior { get; init; } = EquilibriumParameters.DefaultPrior;

    /// <summary>Exponent a ≥ 0 of the covariance i^(−a) of the rows.</summary>
    public double Exponent { get; init; }

    /// <summary>Learning rate η &gt; 0, or null for the default of the model.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Seed of the data.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Rows of features with the target last, for <see cref="EquilibriumModel.Rows"/>.</summary>
    public DataMatrix? Rows { get; init; }

    /// <summary>H, for <see cref="EquilibriumModel.Matrices"/>; null, with <see cref="Diffusion"/>, takes diag(2, 1).</summary>
    public DataMatrix? Hessian { get; init; }

    /// <summary>D of a step, half of the covariance of the noise of a step.</summary>
    public DataMatrix? Diffusion { get; init; }

    /// <inheritdoc/>
    public string SystemId => InAndOutOfEquilibriumSystem.Identifier;

    /// <summary>The learning rate that is used.</summary>
    internal double Rate => LearningRate ?? DefaultRate(Expand());

    /// <summary>The loss; null for matrices.</summary>
    internal LossModel? Loss()
    {
        switch (Model)
        {
            case EquilibriumModel.Regression:
                var (rows, targets) = SampleData.Regression(Samples, Dimension, Exponent, NoiseScale, Seed);
                return new RegressionLoss(rows, targets, NoiseScale, Prior);
            case EquilibriumModel.Mean:
                return new MeanLoss(SampleData.Mean(Samples, Dimension, Exponent, NoiseScale, Seed), Samples, NoiseScale, Prior);
            case EquilibriumModel.Network:
                var (x, y) = SampleData.Network(Samples, Seed);
                return new NetworkLoss(x, y, NoiseScale, Prior);
            case EquilibriumModel.ReferenceRegression:
                (rows, targets) = SampleData.Reference(Samples);
                return new RegressionLoss(rows, targets, NoiseScale, Prior);
            case EquilibriumModel.Rows:
                var table = Rows ?? throw new ParameterException("problem", "file", "file:PATH of rows with the target last");
                var d = table.Columns - 1;
                var features = new double[table.Rows * d];
                for (var i = 0; i < features.Length; i++)
                    features[i] = table.Values[((i / d) * table.Columns) + (i % d)];
                return new RegressionLoss(features, table.Column(d), NoiseScale, Prior);
            default:
                return null;
        }
    }

    /// <summary>The expansion at the minimum.</summary>
    internal LocalExpansion Expand()
    {
        if (Loss() is { } loss)
            return LocalExpansion.Of(loss, Batch, AreDrawsIndependent);
        if (Hessian is null && Diffusion is null)
            return LocalExpansion.Of(GivenMatrices.Hessian, GivenMatrices.Diffusion);
        return LocalExpansion.Of(GivenMatrices.Of(Hessian, "hessian"), GivenMatrices.Of(Diffusion, "diffusion"));
    }

    /// <summary>The learning rate where none is given: a fiftieth of 1/h_max, to one digit.</summary>
    internal double DefaultRate(LocalExpansion expansion)
    {
        switch (Model)
        {
            case EquilibriumModel.Network:
                return 1e-6;
            case EquilibriumModel.ReferenceRegression:
                return 1e-3;
            case EquilibriumModel.Matrices when Hessian is null:
                return 0.01;
            default:
                var exact = 0.02 / expansion.Largest;
                var unit = Math.Pow(10, Math.Floor(Math.Log10(exact)));
                return double.Parse(FormattableString.Invariant($"{Math.Max(1, Math.Floor(exact / unit)) * unit:G2}"), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <inheritdoc/>
    public void Validate()
    {
        if (Samples is < 2 or > LargestSamples)
            throw new ParameterException("samples", Samples, $"a whole number from 2 to {LargestSamples}");
        if (Dimension is < 1 or > LargestDimension)
            throw new ParameterException("dimension", Dimension, $"a whole number from 1 to {LargestDimension}");
        if (!(NoiseScale >= SmallestScale && NoiseScale <= LargestScale))
            throw new ParameterException("noise-scale", NoiseScale, $"a number from {SmallestScale} to {LargestScale}");
        if (!(Prior >= 0 && Prior <= LargestPrior))
            throw new ParameterException("prior", Prior, $"a number from 0 to {LargestPrior}");
        if (!(Exponent >= 0) || !double.IsFinite(Exponent))
            throw new ParameterException("exponent", Exponent, "a finite number >= 0");
        if (Seed < 0)
            throw new ParameterException("seed", Seed, "a whole number >= 0");
        if (LearningRate is { } rate && (!(rate > 0) || !double.IsFinite(rate)))
            throw new ParameterException("learning-rate", rate, "a finite number > 0");
        if (Model == EquilibriumModel.Rows)
            GivenMatrices.CheckRows(Rows);
        if (Model == EquilibriumModel.Matrices)
        {
            if (Hessian is not null || Diffusion is not null)
                GivenMatrices.Check(Hessian, Diffusion);
            return;
        }

        var samples = Rows is { } table && Model == EquilibriumModel.Rows ? table.Rows : Samples;
        if (Batch < 1 || Batch > samples)
            throw new ParameterException("batch", Batch, $"a whole number from 1 to the number of samples {samples}");
    }

    /// <inheritdoc/>
    public Settings.Setting Describe() => EquilibriumParameters.Describe(this);
}
