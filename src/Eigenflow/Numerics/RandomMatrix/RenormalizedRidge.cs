namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>
/// The deterministic equivalent of ridge regression on P samples at a ridge λ, directly or through layers of features: the renormalised ridges and what follows from them
/// (arXiv 2405.00592). Errors are of the noiseless target.
/// </summary>
public sealed record RenormalizedRidge
{
    /// <summary>The words at a threshold.</summary>
    public const string InterpolationThreshold = "interpolation threshold";

    /// <summary>Ridge λ of (1/P) ‖Φv − y‖² + λ‖v‖².</summary>
    public required double Ridge { get; init; }

    /// <summary>Samples P.</summary>
    public required double Samples { get; init; }

    /// <summary>The ridge κ₁ that the features see; κ₁ = κ₂ without layers.</summary>
    public required double FeatureKappa { get; init; }

    /// <summary>κ₂, the resolution of the population, with its sums.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>λ/κ₁ = 1 − n/P, the inverse of the gap between training and test error; without cancellation.</summary>
    public required double TrainFactor { get; init; }

    /// <summary>dlog κ₂/dlog κ₁, 1 without layers.</summary>
    public required double Elasticity { get; init; }

    /// <summary>1 − dlog κ₂/dlog κ₁, without cancellation.</summary>
    public required double Rigidity { get; init; }

    /// <summary>Whether the risk is infinite: no ridge, and as many samples as features or dimensions.</summary>
    public bool IsThreshold { get; init; }

    /// <summary>κ₂.</summary>
    public double Kappa => Resolution.Kappa;

    /// <summary>1 − γ₁ = λ/κ₁ + (n₁ − n₂)/P · dlog κ₂/dlog κ₁, without cancellation; 0 at a threshold.</summary>
    public double Stiffness => IsThreshold ? 0 : TrainFactor + (Resolution.Spread * Elasticity / Samples);

    /// <summary>1 − γ₂ = λ/κ₁ + (n₁ − n₂)/P, with γ₂ = n₂/P.</summary>
    public double DataStiffness => TrainFactor + (Resolution.Spread / Samples);

    /// <summary>γ₁.</summary>
    public double Gamma1 => IsThreshold ? 1 : (Resolution.Learned - (Resolution.Spread * Elasticity)) / Samples;

    /// <summary>γ₂ = n₂/P.</summary>
    public double Gamma2 => Resolution.Second / Samples;

    /// <summary>The parts of the error.</summary>
    /// <param name="noise">Variance σ² of the labels, ≥ 0.</param>
    public RiskParts Risk(double noise)
    {
        var kappa = Kappa;
        var bias = Resolution.Unlearned;
        if (IsThreshold)
            return RiskParts.AtThreshold(bias, Finite(bias * Gamma2 / DataStiffness, bias), Rigidity * kappa * Resolution.TargetSecond, kappa > 0, noise, Finite(noise * Gamma2 / DataStiffness, noise));
        var signal = ((bias * Elasticity) + (kappa * Resolution.Target * Rigidity)) / Stiffness;
        var data = bias * Gamma2 / DataStiffness;
        var features = Rigidity * kappa * Resolution.TargetSecond;
        var labels = noise * Gamma1 / Stiffness;
        var labelsAlone = Rigidity == 0 ? labels : noise * Gamma2 / DataStiffness;
        return new RiskParts
        {
            Bias = bias,
            Data = data,
            Features = features,
            Both = Rigidity == 0 ? 0 : Difference(signal - bias - data - features, signal),
            Labels = labelsAlone,
            LabelsAndFeatures = Rigidity == 0 ? 0 : Difference(labels - labelsAlone, labels),
            Error = signal + labels,
            TrainError = TrainFactor * TrainFactor * (signal + labels + noise),
            Validation = TrainFactor == 0 ? double.NaN : signal + labels + noise,
        };
    }

    private static double Finite(double value, double factor) => factor == 0 ? 0 : double.IsNaN(value) ? double.PositiveInfinity : value;

    // What rounding leaves of parts that vanish.
    private static double Difference(double value, double whole) => Math.Abs(value) < 1e-14 * whole ? 0 : value;
}

/// <summary>The parts of the mean error over data, features and labels. They add up to <see cref="Error"/>.</summary>
public sealed record RiskParts
{
    /// <summary>Squared bias: the error of an ensemble over all data and features.</summary>
    public required double Bias { get; init; }

    /// <summary>Variance of the data.</summary>
    public required double Data { get; init; }

    /// <summary>Variance of the features.</summary>
    public required double Features { get; init; }

    /// <summary>Variance of data and features together.</summary>
    public required double Both { get; init; }

    /// <summary>Variance of label noise, for the mean over features.</summary>
    public required double Labels { get; init; }

    /// <summary>Variance of label noise and features together.</summary>
    public required double LabelsAndFeatures { get; init; }

    /// <summary>Mean test error E_g of the noiseless target.</summary>
    public required double Error { get; init; }

    /// <summary>Mean training error, with label noise.</summary>
    public required double TrainError { get; init; }

    /// <summary>What generalised cross-validation estimates from the training error, E_tr (κ₁/λ)² = E_g + σ²; not a number where all labels are fitted, 0/0.</summary>
    public required double Validation { get; init; }

    /// <summary>The error of ensembles: K_X data sets and K_F draws of features in all pairs.</summary>
    /// <param name="dataSets">K_X ≥ 1.</param>
    /// <param name="featureDraws">K_F ≥ 1.</param>
    public double OfEnsemble(double dataSets, double featureDraws) =>
        Bias + ((Data + Labels) / dataSets) + (Features / featureDraws) + ((Both + LabelsAndFeatures) / (dataSets * featureDraws));

    /// <summary>The error of an ensemble of pairs of own data and own features.</summary>
    /// <param name="members">K ≥ 1.</param>
    public double OfDisjointEnsemble(double members) => Bias + ((Error - Bias) / members);

    internal static RiskParts AtThreshold(double bias, double data, double features, bool isSignalInfinite, double noise, double labels)
    {
        // Without layers the label noise diverges alone; with layers what data and features do together.
        var both = isSignalInfinite ? double.PositiveInfinity : 0;
        var together = noise > 0 && isSignalInfinite ? double.PositiveInfinity : 0;
        return new RiskParts
        {
            Bias = bias,
            Data = data,
            Features = features,
            Both = both,
            Labels = labels,
            LabelsAndFeatures = together,
            Error = both + labels + together > 0 ? bias + data + features + both + labels + together : 0,
            TrainError = 0,
            Validation = double.NaN,
        };
    }
}
