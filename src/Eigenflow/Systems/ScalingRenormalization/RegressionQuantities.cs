using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The columns of this system.</summary>
internal static class RegressionQuantities
{
    public static readonly NamedQuantity Samples = new("samples", "P", "Number of training samples.");
    public static readonly NamedQuantity Ridge = new("ridge", "λ", "Ridge of (1/P) ‖Φv − y‖² + λ‖v‖².");
    public static readonly NamedQuantity Width = new("width", "N", "Number of features of the last layer.");
    public static readonly NamedQuantity Time = new("t", "t", "Time of the gradient flow ẇ = −(1/P) Xᵀ(Xw − y) − λw.");
    public static readonly NamedQuantity Error = new("error", "E_g", "Mean test error E (f(x) − w·x)², without label noise; +∞ at an interpolation threshold.");
    public static readonly NamedQuantity TrainError = new("train-error", "E_tr", "Mean training error (1/P) ‖Φv − y‖² of one predictor, label noise included.");
    public static readonly NamedQuantity Validation = new("gcv", "E_gcv", "Generalised cross-validation, E_tr/(1 − df/P)²: an estimate of E_g + σ² from the training data alone; not a number where a predictor without a ridge fits all labels, 0/0.");
    public static readonly NamedQuantity Bias = new("bias", "B²", "Squared bias: error of the mean over all data and features.");
    public static readonly NamedQuantity Signal = new("signal", "E_signal", "Error of the flow on labels without noise.");
    public static readonly NamedQuantity NoisePart = new("noise-part", "E_noise", "What label noise adds to the error of the flow.");

    public static readonly NamedQuantity Eigenvalue = new("eigenvalue", "l", "Eigenvalue of the kernel ΦΦᵀ/P of the training set.");
    public static readonly NamedQuantity Density = new("density", "ρ", "Density of the P eigenvalues of the kernel; it integrates to the part of them that is not zero.");
    public static readonly NamedQuantity Degrees = new("degrees", "n", "Degrees of freedom that are learned, tr K(K + λ)⁻¹ of the kernel K = ΦΦᵀ/P.");
    public static readonly NamedQuantity Transform = new("s-transform", "S", "S-transform (1 − df)/(df λ) of the sample covariance, of the size D, at df = n/D.") { Words = "S-transform" };
    public static readonly NamedQuantity Resolvent = new("resolvent", "g", "Trace g = (1/D) tr (z − A)⁻¹ of the resolvent of the sample covariance A at z = −λ, which is −(1 − df)/λ.");
    public static readonly NamedQuantity RTransform = new("r-transform", "R", "R-transform z − 1/g of the sample covariance at that g, which is 1/S: R-transforms of free matrices add.") { Words = "R-transform" };

    /// <summary>The parts of the error, in their order.</summary>
    public static readonly (NamedQuantity Quantity, Func<RiskParts, double> Of)[] Parts =
    [
        (Bias, risk => risk.Bias),
        (new("var-x", "V_X", "Variance over data, for the mean over features.") { Words = "variance over data" }, risk => risk.Data),
        (new("var-f", "V_F", "Variance over features, for the mean over data.") { Words = "variance over features" }, risk => risk.Features),
        (new("var-xf", "V_XF", "Variance over data and features together.") { Words = "variance over data and features" }, risk => risk.Both),
        (new("var-x-noise", "V_Xε", "Variance of label noise, for the mean over features.") { Words = "variance of label noise" }, risk => risk.Labels),
        (new("var-xf-noise", "V_XFε", "Variance of label noise and features together.") { Words = "variance of label noise and features" }, risk => risk.LabelsAndFeatures),
        (Error, risk => risk.Error),
        (TrainError, risk => risk.TrainError),
        (Validation, risk => risk.Validation),
    ];

    /// <summary>The numbers of the equivalent, in their order.</summary>
    public static readonly (NamedQuantity Quantity, Func<RenormalizedRidge, double> Of)[] Renormalized =
    [
        (new("kappa", "κ_2", "Renormalised ridge on the spectrum: eigenvalues above it are learned."), at => at.Kappa),
        (new("kappa1", "κ_1", "Ridge that the features see; κ_2 where there are none."), at => at.FeatureKappa),
        (new("n1", "n_1", "Degrees of freedom Σ η/(η + κ), with x/κ of additive noise."), at => at.Resolution.Learned),
        (new("n2", "n_2", "Degrees of freedom Σ (η/(η + κ))²."), at => at.Resolution.Second),
        (new("gamma1", "γ_1", "Overfitting to data through the features; 1 at an interpolation threshold."), at => at.Gamma1),
        (new("gamma2", "γ_2", "n_2/P."), at => at.Gamma2),
    ];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All =
        [Samples, Ridge, Width, Time, .. Renormalized.Select(pair => pair.Quantity), .. Parts.Select(pair => pair.Quantity), Signal, NoisePart, Eigenvalue, Density, Degrees, Transform, Resolvent, RTransform];

    /// <summary>What is said where cross-validation does not exist.</summary>
    /// <param name="values">Its column.</param>
    public static IEnumerable<string> ValidationNotes(IEnumerable<double> values) =>
        values.Any(double.IsNaN) ? ["gcv is undefined where a predictor without a ridge fits all labels (0/0): set a ridge, or fewer features than samples"] : [];

    /// <summary>The column of an axis.</summary>
    public static NamedQuantity Axis(string name) => name switch { "samples" => Samples, "ridge" => Ridge, "width" => Width, _ => Time };
}
