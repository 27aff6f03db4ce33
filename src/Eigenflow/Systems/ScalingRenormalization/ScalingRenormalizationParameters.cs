using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The parameters of this system.</summary>
internal static class ScalingRenormalizationParameters
{
    public static readonly Parameter<long> Dimension = Parameter.Whole("dimension", "D", 1000, "Dimension of the inputs; taken from the list or file when the spectrum is one.", ValueRange.Within(1, 1e15)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<SpectrumForm> InputSpectrum = SpectrumForm.Parameter("η", "power-law", "Eigenvalues of the inputs or of a kernel: η_k = k^(−α), all one, values with multiplicities, or a file whose second column, where there is one, holds the power of the target per mode.", SpectrumForms.PowerLaw | SpectrumForms.Isotropic | SpectrumForms.List | SpectrumForms.File, "list:1x10,0.01x100");
    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "α", 1.5, "Capacity: exponent of spectrum = power-law.", ValueRange.Above(0).UpTo(100)) with { OnlyWith = (InputSpectrum, "power-law"), Usual = UsualRange.Even(0.1, 4) };
    public static readonly Parameter<double> Source = Parameter.Number("source", "r", 0.8, "Source: the target has the power η_k w_k² ∝ k^(−1−2αr), with Σ w² = 1. Other spectra have the same w² in every mode, or the powers of the file.", ValueRange.Within(0, 100)) with { OnlyWith = (InputSpectrum, "power-law"), Usual = UsualRange.Even(0, 3) };
    public static readonly Parameter<double> Samples = Parameter.Number("samples", "P", 100, "Training samples, where the solution does not run along them.", ValueRange.Within(1, 1e15)) with { Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<double> Ridge = Parameter.Number("ridge", "λ", 1e-3, "Ridge of (1/P) ‖Φv − y‖² + λ‖v‖²; 0 takes the shortest interpolator, or least squares.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-9, 10) };
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0.01, "Variance of the label noise.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-6, 10) };
    public static readonly Parameter<LayerForm[]> Layers = LayerForm.Parameter("Random features: none, or layers joined by +. Entries of the first have the variance 1/D, of later ones 1/N of the layer before; projections are orthogonal.");
    public static readonly Parameter<double> AdditiveNoise = Parameter.Number("additive-noise", "σ_ξ²", 0, "Variance of noise on every feature, in training and test; with one Gaussian layer.", ValueRange.NotNegative);
    public static readonly Parameter<Activation> Activations = Parameter.Choice("activation", "φ", Activation.None, "What is applied to every feature, with one Gaussian layer; the theory takes its Gaussian equivalent, a linear feature with noise.", [.. Activation.All.Select(one => (one.Name, (object)one))]);
    public static readonly Parameter<EnsembleForm> Ensembles = EnsembleForm.Parameter("Ensemble whose error is given: DATA:FEATURES averages over all pairs of that many data sets and feature draws, disjoint:K over pairs of their own.");
    public static readonly Parameter<string?> Along = Parameter.OptionalChoice("along", "The parameter that the solution runs along: samples by default, t for the method flow, eigenvalue for density, degrees for s-transform.", ["samples", "ridge", "width", "t", "eigenvalue", "degrees"]);
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(10, "Independent repeats of the simulation, each with data sets and features of its own.");
    public static readonly Parameter<int> DataSets = Parameter.Count("data-draws", "n_X", 2, "Data sets per repeat, which are combined with every draw of features.", ValueRange.Within(2, 1000));
    public static readonly Parameter<int> FeatureDraws = Parameter.Count("feature-draws", "n_F", 2, "Draws of features per repeat.", ValueRange.Within(2, 1000));
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of data and features.");

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [Dimension, InputSpectrum, Exponent, Source, Samples, Ridge, Noise, Layers, AdditiveNoise, Activations];

    /// <summary>Those of every method.</summary>
    public static readonly IReadOnlyList<Parameter> Axis = [Along, AxisParameters.At, AxisParameters.From, AxisParameters.To, GridParameters.Points];
}
