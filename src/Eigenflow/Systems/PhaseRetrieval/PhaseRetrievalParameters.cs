using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class PhaseRetrievalParameters
{
    public static readonly Parameter<long> Dimension = Parameter.Whole("dimension", "d", 1000, "Number of input modes; derived from the file or list when the spectrum is one.", ValueRange.Within(1, 1e15)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<SpectrumForm> InputSpectrum = SpectrumForm.Parameter("λ", "power-law", "Eigenvalues of the input covariance, normalised to trace one; files are .csv or .npy, such as eigenflow spectrum saves.", SpectrumForms.PowerLaw | SpectrumForms.Isotropic | SpectrumForms.Spikes | SpectrumForms.ZeroOne | SpectrumForms.List | SpectrumForms.File, "spiked:3:9", "zero-one:5", "list:0.8,0.2");
    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "a", 2, "Spectral exponent of λ_i ∝ i^(−a); 0 is isotropic; the theory of the late phases needs a > 1.", ValueRange.Within(0, PowerLawSpectrum.LargestExponent)) with { OnlyWith = (InputSpectrum, "power-law"), Usual = UsualRange.Even(0, 5) };
    public static readonly Parameter<VectorForm?> Inputs = VectorForm.OptionalParameter("inputs", "x", "Rows of a data file (.npy, .csv): spectrum and dimension are those of their covariance, and sgd draws the rows themselves, centred and in its eigenbasis, with the planted teacher's labels.");
    public static readonly Parameter<VectorForm> TeacherVector = VectorForm.Parameter("teacher", "w*", "gaussian", "Teacher coefficients per mode: random normal (the paper's), all equal, i^(−b/2), or a file.", "gaussian", "ones", "source");
    public static readonly Parameter<double> SourceExponent = Parameter.Number("source-exponent", "b", 0, "Source condition w*_i² ∝ i^(−b), for the teachers gaussian and source; 0 is the paper's.", ValueRange.Within(-20, 20)) with { Usual = UsualRange.Even(-3, 3) };
    public static readonly Parameter<TeacherNormalization> TeacherNorm = Parameter.Choice("teacher-norm", "", TeacherNormalization.UnitOverlap, "q: w*ᵀQw* = 1, equal initial loss for every spectrum; d: ‖w*‖² = d, equal initial MSE.", ("q", TeacherNormalization.UnitOverlap), ("d", TeacherNormalization.Dimension));
    public static readonly Parameter<VectorForm> StartVector = VectorForm.Parameter("start", "w(0)", "sphere", "Initial weights: uniform on the unit sphere (the paper's), N(0, I/d), 1 and ½ alternating with unit norm, or a file.", "sphere", "gaussian", "alternating");
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0, "Variance of the label noise; it acts on sgd, sgd-theory, sgd-linear-noise and finite-sample, and is not part of the loss.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-6, 10) };
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the random teacher, start and samples; equal seeds give equal results on every machine.");
    public static readonly Parameter<double> EscapeThreshold = Parameter.Number("escape-threshold", "δ", 0.1, "Escape T₁ is the first time with |u| ≥ δ s*.", ValueRange.InsideUnit);
    public static readonly Parameter<double> Accuracy = Parameter.Number("accuracy", "ε", 0.05, "Convergence T₂ is the first time with |u|/s* and s/s* both in [1 − ε, 1 + ε].", ValueRange.InsideUnit) with { Usual = UsualRange.Even(0.005, 0.5) };
    public static readonly Parameter<double> LearningRate = Parameter.Number("learning-rate", "η", DescentMethod.DefaultLearningRate, "Step size, the largest one of the schedule; flow time is the sum of the rates.", ValueRange.Positive);
    public static readonly Parameter<long> Steps = Parameter.Whole("steps", "n", DescentMethod.DefaultStepCount, "Number of update steps.", ValueRange.Within(1, 1e15)) with { Usual = UsualRange.Decades(10, 1e9) };
    public static readonly Parameter<int> Batch = Parameter.Count("batch", "B", 1, "Samples per SGD step; the paper uses 1.", ValueRange.Within(1, 1e6));
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(16, "Independent SGD runs from the same start; their mean and the band from the 10 to the 90 % quantile are returned.");
    public static readonly Parameter<string?> Sampling = Parameter.OptionalChoice("sampling", "With inputs: sgd draws their rows (the default then), or Gaussian inputs of their covariance; rows,gaussian runs both.", "rows", "gaussian");
    public static readonly Parameter<SamplingPrecision> Precision = Parameter.Choice("precision", "", SamplingPrecision.Double, "Precision of SGD samples and weights; float halves the time and rounds weights to 7 digits.", ("double", SamplingPrecision.Double), ("float", SamplingPrecision.Single));
    public static readonly Parameter<ModeRepresentation> Modes = Parameter.Choice("modes", "", ModeRepresentation.Auto, "How modes are carried: each by itself, on compressed nodes, or with weights averaged over teachers and starts (no seed then); auto: full to d = 2048, compressed to 2e8, averaged beyond.", ("auto", ModeRepresentation.Auto), ("full", ModeRepresentation.Full), ("compressed", ModeRepresentation.Compressed), ("averaged", ModeRepresentation.Averaged));
    public static readonly Parameter<int> HierarchyOrder = Parameter.Count("hierarchy-order", "K", 8, "Truncation order of the moment hierarchy.", ValueRange.Within(1, TruncatedHierarchy.LargestOrder));
    public static readonly Parameter<NoiseClosure> Closure = Parameter.Choice("closure", "", NoiseClosure.SecondOrder, "What the covariance between runs acts on in sgd-linear-noise: the mean and its own noise, to second order; or nothing, which is linear noise about gradient descent.", ("second-order", NoiseClosure.SecondOrder), ("linear", NoiseClosure.Linear));

    public static readonly Parameter<LinkFunction> Link = LinkFunction.Parameter();
    public static readonly Parameter<int> Width = Parameter.Count("width", "m", 4, "Number of neurons of the student (1/m) Σ ⟨x, w_k⟩², each from a start of its own.", ValueRange.Within(1, WideStudent.LargestWidth));
    public static readonly Parameter<NormProjection> Projection = Parameter.Choice("projection", "", NormProjection.Tangent, "How the student's norm is held at the teacher's: tangent takes out the gradient along Qw, rescale multiplies w.", ("tangent", NormProjection.Tangent), ("rescale", NormProjection.Rescale));
    public static readonly Parameter<InputLaw> InputLaws = InputLaw.Parameter();
    public static readonly Parameter<int> Samples = Parameter.Count("samples", "n", 1000, "Rows that a finite sample has; every replica has its own.", ValueRange.Within(1, 1e8));

    public static readonly Parameter<long?> ModelSize = Parameter.OptionalWhole("model-size", "p", "Modes that the student sees, at most the dimension: its weights beyond are zero, while the labels keep all modes. Left out: all of them.", ValueRange.Within(1, 1e15)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<double?> Preconditioner = Parameter.OptionalNumber("preconditioner", "κ", "Exponent of the preconditioned dynamics ẇ = −Q^(−κ)∇L, from 0 (the gradient) to 1; ½ is like Adam's. Left out: 0.", ValueRange.Within(0, 1));
    public static readonly Parameter<double?> Rotation = Parameter.OptionalNumber("rotation", "ε", "Angle by which the basis of the preconditioner is turned from the eigenbasis, at random (with the seed): root mean square in radians; at most 300 modes. Left out: 0.", ValueRange.Within(0, RotatedModes.LargestRotation)) with { Usual = UsualRange.Even(0, 2) };

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [Dimension, Exponent, InputSpectrum, Inputs, TeacherVector, SourceExponent, TeacherNorm, StartVector, Noise, Seed, EscapeThreshold, Accuracy];

    /// <summary>All, in the order of help texts.</summary>
    public static readonly IReadOnlyList<Parameter> All =
    [
        .. Problem, ContinuousParameters.Tolerance, ContinuousParameters.Until, ContinuousParameters.Times, LearningRate, .. ScheduleParameters.OfMethods.All, Steps, GridParameters.AtSteps,
        Batch, Replicas, Sampling, Precision, Modes, HierarchyOrder, Closure, GridParameters.Points,
        Link, Width, Projection, InputLaws, Samples,
        ModelSize, Preconditioner, Rotation,
    ];

    /// <summary>Those of methods in continuous time.</summary>
    public static readonly IReadOnlyList<Parameter> Continuous = [.. ContinuousParameters.All, Modes];

    /// <summary>Those of update rules.</summary>
    public static readonly IReadOnlyList<Parameter> Descent = [LearningRate, .. ScheduleParameters.OfMethods.All, Steps, GridParameters.AtSteps, GridParameters.Points];
}
