using Eigenflow.Data;
using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class DiffusionParameters
{
    public const int DefaultDimension = 32;
    public const string Zero = "zero", Aligned = "aligned", Random = "random", OfData = "data", Simulated = "simulated";

    /// <summary>The gain of ties whose start is given as a matrix, where only times are asked for.</summary>
    public const double SmallGain = 1e-3;

    private const double LargestSigma = 1e9;
    private const double SmallestSigma = 1e-9;

    public static readonly Parameter<SpectrumForm> InputSpectrum = SpectrumForm.Parameter(
        "λ", "power-law",
        "Variances of the modes: k^(−a); one (identity); e^(−RATE (k−1)); exp of Gaussian numbers, sorted, of mean one; the waves of a stationary field of covariance exp(−|m|/LENGTH); a list; or a file (one per row). Convolutions take waves k = 0 … N−1 and, for laws, (1 + |k|) in place of k.",
        SpectrumForms.PowerLaw | SpectrumForms.Identity | SpectrumForms.Exponential | SpectrumForms.LogNormal | SpectrumForms.Autocovariance | SpectrumForms.List | SpectrumForms.File,
        "exponential:0.3", "log-normal:1", "autocovariance:3", "list:4,1x3");

    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "a", 1, "Exponent of spectrum = power-law.", ValueRange.Within(0, 30)) with { OnlyWith = (InputSpectrum, "power-law"), Usual = UsualRange.Even(0, 4) };
    public static readonly Parameter<long?> Dimension = Parameter.OptionalWhole("dimension", "d", "Number of modes, of a convolution the number N of places; by default 32, or what list or files hold.", ValueRange.Within(1, DiffusionProblem.LargestDimension)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e6) };
    public static readonly Parameter<VectorForm?> Inputs = VectorForm.OptionalParameter("inputs", "x", "Rows of a data file: the modes are the eigenvectors of their covariance (waves for convolutions), and sgd draws the rows. Rows with a square number of columns are seen as pictures. A folder of PNG and JPEG images gives patches of them as rows.");
    public static readonly Parameter<long?> Patch = Parameter.OptionalWhole("patch", "", "Edge in pixels of the patches of luminance that are drawn from a folder of images, by default 16; what `eigenflow spectrum FOLDER` draws with equal seeds.", ValueRange.Within(ImageRows.SmallestSize, ImageRows.LargestSize)) with { Unit = "pixels" };
    public static readonly Parameter<long?> Patches = Parameter.OptionalWhole("patches", "", "Number of patches of a folder of images, by default 20000.", ValueRange.Within(ImageRows.FewestPatches, ImageRows.MostPatches)) with { Usual = UsualRange.Decades(100, 1e6) };
    public static readonly Parameter<VectorForm?> Covariance = VectorForm.OptionalParameter("covariance", "Σ", "A covariance matrix in a file, symmetric and positive semidefinite: the modes are its eigenvectors, for convolutions waves, averaged over all shifts.");
    public static readonly Parameter<bool> Lattice = Parameter.Choice("lattice", "", true, "Places of convolutions: a line, or a square with as many places.", ("line", true), ("square", false));
    public static readonly Parameter<VectorForm> Mean = VectorForm.Parameter("mean", "m", Zero, "Mean of the data, learned by a bias: zero (data are centred), data (that of the inputs), or a file with its component along every mode.", Zero, OfData);
    public static readonly Parameter<ArchitectureForm> Network = Architecture.Parameter(
        "Denoiser: W x; P Pᵀ x (tied); a product of L matrices (deep:L), of matrices I + A that begin at one (residual:L); a circular filter of full width (convolution, convolution-tied) or radius R (patch:R); a velocity of flow matching W x or P Pᵀ x; or one layer with the preconditioning of EDM.");

    public static readonly Parameter<double?> Gain = Parameter.OptionalNumber("gain", "Q", "Initial gain of every mode, W(0) = Q I; > 0 for ties and products. By default 0.1, 0 inside the preconditioning of edm, 1 for residual networks.", ValueRange.Within(-1e6, 1e6)) with { Usual = UsualRange.Even(0, 2) };
    public static readonly Parameter<double> Unbalance = Parameter.Number("unbalance", "c", 0, "By how much the squared gain of the first of deep:L layers exceeds those of the others at the start.", ValueRange.Within(0, 1e6)) with { Usual = UsualRange.ZeroAndDecades(1e-3, 100) };
    public static readonly Parameter<VectorForm> Start = VectorForm.Parameter("start", "W₀", Aligned, "Start: aligned; random (Q times a Gaussian matrix of unit rows, P of √Q times one); or a file with W(0), d × d, of ties P(0), d × r, in the basis of the modes; of a convolution the N taps of its filter in one column, or its gains of waves in two, real and imaginary part.", Aligned, Random);
    public static readonly Parameter<double?> LearningRate = Parameter.OptionalNumber("learning-rate", "η", "Learning rate of dθ/dτ = −η ∇L; only ητ matters to the theory. By default 1; a quarter of the edge of stability for update steps.", ValueRange.Within(1e-100, 1e100)) with { Usual = UsualRange.Decades(1e-3, 100) };
    public static readonly Parameter<Objective> Target = Parameter.Choice("objective", "", Objective.Clean, "What the network gives: the clean sample, the noise, the score, or v = αz − s x₀.", ("x0", Objective.Clean), ("epsilon", Objective.Noise), ("score", Objective.Score), ("v", Objective.Velocity));
    public static readonly Parameter<NoiseProcess> Process = Parameter.Choice("noise-process", "", NoiseProcess.VarianceExploding, "Inputs αx₀ + s z with s/α = σ: α = 1, or α² + s² = 1.", ("exploding", NoiseProcess.VarianceExploding), ("preserving", NoiseProcess.VariancePreserving));
    public static readonly Parameter<string?> Weighting = Parameter.OptionalChoice("weighting", "Weight ω(σ) of the loss: 1; 1/(1 + σ²); that of EDM; or levels drawn from its log-normal law. By default uniform, edm for architecture = edm, and inverse for update steps of others, which keeps them stable.", "uniform", "inverse", "edm", "log-normal");
    public static readonly Parameter<double> SigmaMin = Parameter.Number("sigma-min", "σ₀", 0.002, "Noise level at which sampling ends.", ValueRange.Within(SmallestSigma, LargestSigma)) with { Usual = UsualRange.Decades(1e-4, 1) };
    public static readonly Parameter<double> SigmaMax = Parameter.Number("sigma-max", "σ_T", 80, "Noise level at which sampling begins, above sigma-min.", ValueRange.Within(SmallestSigma, LargestSigma)) with { Usual = UsualRange.Decades(1, 1000) };
    public static readonly Parameter<double> SigmaData = Parameter.Number("sigma-data", "σ_d", 0.5, "Scale of the data in the preconditioning and the weight of EDM.", ValueRange.Within(SmallestSigma, LargestSigma)) with { Usual = UsualRange.Decades(0.01, 100) };
    public static readonly Parameter<double> WeightSigma = Parameter.Number("weight-sigma", "σ", 1, "Noise level of the weights and losses that are told; of flow matching the time t = 1/(1 + σ).", ValueRange.Within(SmallestSigma, LargestSigma)) with { Usual = UsualRange.Decades(0.01, 100) };
    public static readonly Parameter<CriterionForm> Emerges = Criterion.Parameter("When a mode has emerged: its variance passes the geometric, harmonic or arithmetic mean of start and target, first comes within a part f of the target, or does and stays.");
    public static readonly Parameter<double[]?> ModesShown = Parameter.OptionalList("modes-shown", "Numbers of the modes that have columns and predictions of their own, such as 1,10,100; by default 1, 3, 10, 30, … as far as there are any.", ValueRange.Within(1, DiffusionProblem.LargestDimension));
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of log-normal spectra, of random starts and of samples; equal seeds give equal results on every machine.");

    public static readonly Parameter<int> Nodes = Parameter.Count("nodes", "", ModeTheory.DefaultNodes, "Nodes of the quadrature over noise levels, odd.", ValueRange.Within(3, 100_001)) with { Usual = UsualRange.Even(101, 4101) };
    public static readonly Parameter<bool> Sampler = Parameter.Choice("sampler", "", false, "Steps of the discrete sampler: Heun's, or Euler's without a corrector.", ("heun", false), ("euler", true));
    public static readonly Parameter<int> SamplerSteps = Parameter.Count("sampler-steps", "n", 20, "Noise levels of the discrete sampler, of flow matching its steps.", ValueRange.Within(2, 10_000)) with { Usual = UsualRange.Decades(2, 1000) };
    public static readonly Parameter<double> Rho = Parameter.Number("rho", "ρ", 7, "Exponent of the noise levels of the discrete sampler.", ValueRange.Within(0.1, 1000)) with { Usual = UsualRange.Even(1, 15) };
    public static readonly Parameter<bool> LastStep = Parameter.Choice("last-step", "", true, "Whether the discrete sampler makes a last step from sigma-min to 0.", ("yes", true), ("no", false));
    public static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Default = 1000L, Help = "Number of update steps n; training time is τ = n." };
    public static readonly Parameter<int> Batch = Parameter.Count("batch", "B", 16, "Samples per step, each with noise of its own at every level.", ValueRange.Within(1, 100_000)) with { Usual = UsualRange.Decades(1, 1e4) };
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(4, "Independent runs.");
    public static readonly Parameter<VectorForm> Trajectories = VectorForm.Parameter("trajectories", "", Simulated, "Variances that were measured during training: a file with a column t (or step, tau, epoch) and one column per mode; or those of the theory.", Simulated);
    public static readonly Parameter<bool> Targets = Parameter.Choice("targets", "", true, "Target variances of measured modes: those of the last rows of the file, or of the spectrum in its order.", ("last", true), ("spectrum", false));
    public static readonly Parameter<double[]?> SampleTimes = Parameter.OptionalList("sample-times", "Training times of the samples, at most six, such as 0.1,1,10; by default they span the emergence of all modes.", ValueRange.NotNegative);
    public static readonly Parameter<int> Samples = Parameter.Count("samples", "", SampleColumns.MostSamples, "Number of samples that are drawn.", ValueRange.Within(1, SampleColumns.MostSamples));

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> OfProblem =
    [
        InputSpectrum, Exponent, Dimension, Inputs, Patch, Patches, Covariance, Lattice, Mean, Network, Gain, Unbalance, Start, LearningRate, Target, Process, Weighting,
        SigmaMin, SigmaMax, SigmaData, WeightSigma, Emerges, ModesShown, Seed,
    ];

    /// <summary>Those of the discrete sampler.</summary>
    public static readonly IReadOnlyList<Parameter> OfSampler = [Sampler, SamplerSteps, Rho, LastStep];

    /// <summary>Those of update steps.</summary>
    public static readonly IReadOnlyList<Parameter> OfSteps = [Steps, GridParameters.AtSteps, GridParameters.Points, .. OfSampler];

    /// <summary>The weighting of a word.</summary>
    public static NoiseWeighting WeightingOf(string? word) => word switch { "inverse" => NoiseWeighting.Inverse, "edm" => NoiseWeighting.Edm, "log-normal" => NoiseWeighting.LogNormal, _ => NoiseWeighting.Uniform };

    /// <summary>The numbers that a problem made in code is named by.</summary>
    public static Setting Describe(DiffusionProblem problem) => Setting.Empty
        .With(Dimension, problem.Dimension).With(Network, new ArchitectureForm(problem.Architecture)).With(Gain, problem.Gain).With(LearningRate, problem.LearningRate)
        .With(SigmaMin, problem.SigmaMin).With(SigmaMax, problem.SigmaMax).With(WeightSigma, problem.WeightSigma);

    /// <summary>Numbers of modes that are shown where none are asked for.</summary>
    public static double[] DefaultModes(int dimension) => [.. ((int[])[1, 3, 10, 30, 100, 300, 1000]).Where(mode => mode <= dimension).Take(5).Select(mode => (double)mode)];

    /// <summary>The modes shown, from 0.</summary>
    public static int[] ShownOf(SettingView setting, int dimension) => [.. (setting.Get(ModesShown) ?? DefaultModes(dimension)).Select(mode => (int)mode - 1)];

    /// <summary>The sampler of a setting.</summary>
    public static DiscreteSampler SamplerOf(SettingView setting) => new(setting[SamplerSteps], setting[Rho], setting.Get(LastStep)) { IsEuler = setting.Get(Sampler) };
}
