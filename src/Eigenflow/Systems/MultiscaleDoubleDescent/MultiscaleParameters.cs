using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class MultiscaleParameters
{
    public const double LargestCount = 1e15;

    public static readonly Parameter<long?> Samples = Parameter.OptionalWhole("samples", "n", "Number of training samples; by default 1.1 times the dimension.", ValueRange.Within(1, LargestCount)) with { Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<long> Dimension = Parameter.Whole("dimension", "d", 100, "Number of features; that of the multiplicities, the list or the file where they say it.", ValueRange.Within(1, LargestCount)) with { Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<SpectrumForm> FeatureSpectrum = SpectrumForm.Parameter("s", "two-scale", "Singular values of the features: 1 and 1/condition, given scales with multiplicities, s_j² = j^(−exponent), or a list or file of singular values.", SpectrumForms.TwoScale | SpectrumForms.Scales | SpectrumForms.PowerLaw | SpectrumForms.List | SpectrumForms.File, "list:1x70,0.1x30");
    public static readonly Parameter<long?> Fast = Parameter.OptionalWhole("fast", "p", "Number of fast features, below the dimension; by default 0.7 of it.", ValueRange.Within(1, LargestCount)) with { OnlyWith = (FeatureSpectrum, "two-scale"), Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<double> Condition = Parameter.Number("condition", "κ", 30, "Condition number: the slow features are this factor smaller than the fast ones.", ValueRange.Within(1, 1 / FeatureScales.SmallestRatio)) with { OnlyWith = (FeatureSpectrum, "two-scale"), Usual = UsualRange.Decades(1, 1e6) };
    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "a", 1.5, "Exponent of spectrum = power-law.", ValueRange.Within(0, 60)) with { OnlyWith = (FeatureSpectrum, "power-law"), Usual = UsualRange.Even(0, 4) };
    public static readonly Parameter<double[]?> Scales = Parameter.OptionalList("scales", "Singular values of spectrum = scales, such as 1,0.1,0.01; giving them chooses that spectrum.", ValueRange.Positive);
    public static readonly Parameter<double[]?> Multiplicities = Parameter.OptionalList("multiplicities", "How many features have each of the scales; their sum is the dimension. By default as even as the dimension allows.", ValueRange.Within(1, LargestCount));
    public static readonly Parameter<VectorForm> Teacher = VectorForm.Parameter("teacher", "W", "gaussian", "Teacher by its weights along the features: independent normal ones, all one, or a file with one weight per feature.", "gaussian", "ones");
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0.04, "Variance of the noise of training labels; test labels have none.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-6, 10) };
    public static readonly Parameter<double> Ridge = Parameter.Number("ridge", "λ", 0, "Ridge of the sum over samples (n times that of a mean) that is there while learning; method = ridge runs along it instead.", ValueRange.NotNegative);
    public static readonly Parameter<ActiveBlocks> Active = Parameter.Choice("active", "", ActiveBlocks.Both, "Which features move in the closed form: both, the fast ones alone (the slow ones untouched), or the slow ones alone (the fast ones learned).", ("both", ActiveBlocks.Both), ("fast", ActiveBlocks.Fast), ("slow", ActiveBlocks.Slow));
    public static readonly Parameter<string?> Update = Parameter.OptionalChoice("update", "How students are obtained from drawn data: gradient flow, gradient descent, or ridge regression with λ + 1/t; by default flow, and gd step by step or where a learning rate is given.", "flow", "gd", "ridge");
    public static readonly Parameter<double?> LearningRate = ScheduleParameters.OfMethods.Peak with { Help = "Learning rate of gd on the sum over samples, below 2/(Λ_max + λ); by default half of that.", Usual = UsualRange.Decades(1e-5, 10) };
    public static readonly Parameter<bool> Evaluation = Parameter.Choice("evaluation", "", false, "eigenbasis evaluates a student at any time; steps iterates gradient descent, 1e5 steps unless until says otherwise.", ("eigenbasis", false), ("steps", true));
    public static readonly Parameter<bool> Basis = Parameter.Choice("basis", "", false, "F = diag(s), or F = U diag(s) Vᵀ with random orthogonal U and V; the law of the results is the same.", ("axes", false), ("haar", true));
    public static readonly Parameter<double> Shrinkage = Parameter.Number("shrinkage", "α₀", 0, "Shrinkage that takes the bump away: XᵀXw is multiplied by 1 + α₀ ln(1 + e^(−ck))/ln 2 in step k.", ValueRange.NotNegative) with { OnlyWith = (Evaluation, "steps"), Usual = UsualRange.ZeroAndDecades(1e-3, 1e3) };
    public static readonly Parameter<double> ShrinkageDecay = Parameter.Number("shrinkage-decay", "c", 0.001, "Rate per step at which the shrinkage vanishes.", ValueRange.Positive) with { OnlyWith = (Evaluation, "steps") };
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(20, "Independent draws of the data; their mean and the band from the 10 to the 90 % quantile are returned.");
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the draws; equal seeds give equal data for finite and simulation.");

    public static IReadOnlyList<Parameter> Problem { get; } = [Samples, Dimension, FeatureSpectrum, Fast, Condition, Exponent, Scales, Multiplicities, Teacher, Noise, Ridge];

    public static IReadOnlyList<Parameter> RidgeRows { get; } = [AxisParameters.At, AxisParameters.From, AxisParameters.To, GridParameters.Points];

    public static IReadOnlyList<Parameter> Drawn { get; } = [.. ContinuousParameters.Rows, Update, LearningRate, Replicas, Seed];
}
