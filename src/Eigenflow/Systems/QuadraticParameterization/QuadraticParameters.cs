using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class QuadraticParameters
{
    public const string Positive = "positive", Signed = "signed", Linear = "linear";

    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "α", 3, "Exponent of the spectrum λ_i = i^(−α), > 1 for a finite trace. Other texts: their α with λ_i ∝ i^(−2α) is half of this one.", ValueRange.Above(1).UpTo(90)) with { Usual = UsualRange.Even(1.1, 6) };
    public static readonly Parameter<double> SignalExponent = Parameter.Number("signal-exponent", "β", 1.5, "Exponent of the signal λ_i w*_i² = i^(−β), > 1 for a finite energy; it is not that of w*. A source condition λ_i w*_i² ∝ i^(−1−2αr) is β = 1 + 2αr.", ValueRange.Above(1).UpTo(90)) with { Usual = UsualRange.Even(1.1, 6) };
    public static readonly Parameter<long> ModelSize = Parameter.Whole("model-size", "M", 100, "Coordinates that the model sees, the first of all.", ValueRange.Within(1, QuadraticProblem.LargestSize)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<long?> Dimension = Parameter.OptionalWhole("dimension", "d", "Ambient dimension, at least M; by default 1000 M, or what the files hold.", ValueRange.Within(1, QuadraticProblem.LargestSize)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0.25, "Variance of the label noise; it is not part of the risk.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-6, 10) };
    public static readonly Parameter<double?> Start = Parameter.OptionalNumber("start", "w₀ = c", "Start v₀² of the positive and v₊² = v₋² of the signed model, by default half of the smallest of 1 and |w*_i|; the linear model begins at zero whatever it is. Large values are lazy, small ones rich; zero is a fixed point, where nothing is learned.", ValueRange.Within(QuadraticProblem.SmallestSize, QuadraticProblem.LargestValue)) with { Usual = UsualRange.Decades(1e-6, 1) };
    public static readonly Parameter<string?> Model = Parameter.OptionalChoice("model", "positive: w = v²; signed (the default but for the method exact): w = v₊² − v₋², from w = 0; linear: w itself, from w = 0.", Positive, Signed, Linear);
    public static readonly Parameter<TargetSigns> Signs = Parameter.Choice("signs", "s_i", TargetSigns.Plus, "Signs of the target slopes: all plus, alternating from plus, or random by the seed.", ("plus", TargetSigns.Plus), ("alternating", TargetSigns.Alternating), ("random", TargetSigns.Random));
    public static readonly Parameter<SpectrumForm> InputSpectrum = SpectrumForm.Parameter("λ", "power-law", "Eigenvalues: the power law, or a .csv or .npy file (one per row, all > 0, used as they are), of a diagonal covariance: the model is in its eigenbasis.", SpectrumForms.PowerLaw | SpectrumForms.File);
    public static readonly Parameter<VectorForm> TargetVector = VectorForm.Parameter("target", "w*", "power-law", "Target slopes: the power law, or a file with w*_i in the order of the eigenvalues.", "power-law");
    public static readonly Parameter<double> Rotation = Parameter.Number("rotation", "ε", 0, "Size of a random rotation exp(εA) between the inputs and the coordinates of the model, rows of A of length about one, drawn with the seed; for flow, gd, sgd and exact.", ValueRange.Within(0, Misalignment.LargestRotation)) with { Usual = UsualRange.Even(0, 2) };
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of random signs, of the rotation and of the samples; equal seeds give equal results on every machine.");
    public static readonly Parameter<double?> LearningRate = ScheduleParameters.OfMethods.Peak with { Help = "Step size, the largest one of the schedule; by default a quarter of the edge of stability.", Usual = UsualRange.Decades(1e-5, 1) };
    public static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Default = QuadraticDescent.DefaultStepCount, Help = "Number of update steps; with batch = 1 the number of samples T." };
    public static readonly Parameter<double> GradientFactor = Parameter.Number("gradient-factor", "g", 1, "Factor of the gradient: the step is gη. 1 is the gradient of (f − y)²/4 in v; other texts use 2 or 4.", ValueRange.Positive) with { Usual = UsualRange.Even(0.5, 4) };
    public static readonly Parameter<bool> Force = Parameter.Choice("force", "", false, "Whether step sizes beyond the edge of stability are run all the same.", ("no", false), ("yes", true));
    public static readonly Parameter<bool> Weights = Parameter.Choice("weights", "", false, "none, or the slopes of all modes as columns w1 … wM.", ("none", false), ("all", true));
    public static readonly Parameter<ModeRepresentation> Modes = Parameter.Choice("modes", "", ModeRepresentation.Auto, "How the flow carries modes: each by itself or on nodes that stand for any number (power laws, no rotation; model = positive with signs = plus only); auto: full to M = 4096, compressed beyond.", ("auto", ModeRepresentation.Auto), ("full", ModeRepresentation.Full), ("compressed", ModeRepresentation.Compressed));
    public static readonly Parameter<long> Batch = Parameter.Whole("batch", "B", 1, "Samples per step.", ValueRange.Within(1, 1e6));
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(16, "Independent SGD runs; their mean, its standard error and the band from the 10 to the 90 % quantile are of those that did not diverge.");

    /// <summary>The word of a model.</summary>
    public static string Word(QuadraticModel model) => model switch { QuadraticModel.Positive => Positive, QuadraticModel.Signed => Signed, _ => Linear };

    /// <summary>The model of a word.</summary>
    public static QuadraticModel ModelOf(string? word) => word switch { Positive => QuadraticModel.Positive, Linear => QuadraticModel.Linear, _ => QuadraticModel.Signed };

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [Exponent, SignalExponent, ModelSize, Dimension, Noise, Start, Model, Signs, InputSpectrum, TargetVector, Rotation, Seed];

    /// <summary>All, in the order of help texts.</summary>
    public static readonly IReadOnlyList<Parameter> All =
    [
        .. Problem, ContinuousParameters.Until, ContinuousParameters.Times, Modes, LearningRate, .. ScheduleParameters.OfMethods.All, Steps, GridParameters.AtSteps, Batch, GradientFactor, Force, Replicas, Weights, GridParameters.Points,
    ];

    /// <summary>Those of the flow.</summary>
    public static readonly IReadOnlyList<Parameter> Flow = [.. ContinuousParameters.Rows, Modes, Weights];

    /// <summary>Those of update steps.</summary>
    public static readonly IReadOnlyList<Parameter> Descent = [LearningRate, .. ScheduleParameters.OfMethods.All, Steps, GridParameters.AtSteps, GridParameters.Points, GradientFactor, Force];
}
