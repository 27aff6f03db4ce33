using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class EquilibriumParameters
{
    public const int DefaultSamples = 24, DefaultDimension = 2, DefaultBatch = 4, DefaultWindow = 10, LargestWindow = 1_000_000;
    public const double DefaultPrior = 0.1;
    public const string Regression = "regression", Mean = "mean", Network = "network", Matrices = "matrices", Reference = "reference-regression", Simulated = "simulated";

    private const double Forgetting = 5;
    private const long FewestSteps = 400;
    private const long MostSteps = 1_000_000;

    public static readonly Parameter<VectorForm> Problem = VectorForm.Parameter(
        "problem", "", Regression,
        "What is learned: regression (Bayesian, Gaussian rows), mean (of Gaussian rows), network (seven weights, of the paper), matrices (a Hessian and a diffusion matrix without samples; by default diag(2, 1) and 1e-4 (1, 0.5; 0.5, 1)), reference-regression (six rows without randomness), or regression on the rows of a file, with the target last or called target or y.",
        Regression, Mean, Network, Matrices, Reference);

    public static readonly Parameter<VectorForm?> Hessian = VectorForm.OptionalParameter("hessian", "H", "Hessian of problem = matrices: a file with a symmetric positive definite matrix.");
    public static readonly Parameter<VectorForm?> Diffusion = VectorForm.OptionalParameter("diffusion", "D", "Diffusion matrix of a step of problem = matrices, half of the covariance of its noise: a file with a symmetric matrix.");
    public static readonly Parameter<long?> Samples = Parameter.OptionalWhole("samples", "N", "Number of samples; by default 24, and 200 for the network.", ValueRange.Within(2, EquilibriumProblem.LargestSamples)) with { Usual = UsualRange.Decades(2, 1e5) };
    public static readonly Parameter<long?> Dimension = Parameter.OptionalWhole("dimension", "d", "Number of parameters; by default 2, and 7 for the network.", ValueRange.Within(1, EquilibriumProblem.LargestDimension));
    public static readonly Parameter<long?> Batch = Parameter.OptionalWhole("batch", "B", "Samples of a batch; by default 4, 10 for the network, 2 for reference-regression; epochs need a divisor of N.", ValueRange.Within(1, EquilibriumProblem.LargestSamples)) with { Usual = UsualRange.Decades(1, 1e4) };
    public static readonly Parameter<bool> Draws = Parameter.Choice("draws", "", false, "Whether the samples of a batch with replacement are distinct, or independent draws of which some may be the same; shuffled epochs have distinct ones.", ("distinct", false), ("independent", true));
    public static readonly Parameter<double?> NoiseScale = Parameter.OptionalNumber("noise-scale", "s", "Standard deviation of the targets in the loss (y − f)²/(2s²), and of the noise that made targets have; by default 1, 0.1 for the network, 0.5 for reference-regression.", ValueRange.Within(EquilibriumProblem.SmallestScale, EquilibriumProblem.LargestScale)) with { Usual = UsualRange.Decades(1e-3, 1e3) };
    public static readonly Parameter<double?> Prior = Parameter.OptionalNumber("prior", "λ", "Precision of the Gaussian prior, λ|θ|²/2 in the loss; by default 0.1, and 20 for the network.", ValueRange.Within(0, EquilibriumProblem.LargestPrior)) with { Usual = UsualRange.ZeroAndDecades(1e-3, 1e3) };
    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "a", 0, "Exponent of the covariance i^(−a) of rows that are made; 0 is isotropic.", ValueRange.Within(0, 30)) with { Usual = UsualRange.Even(0, 4) };
    public static readonly Parameter<double?> LearningRate = Parameter.OptionalNumber("learning-rate", "η", "Step size. The loss is a sum over the data, so that it is small; by default a fiftieth of 1/h_max to one digit, 1e-6 for the network, 1e-3 for reference-regression, 0.01 for the default matrices.", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-5, 1) };
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the data and of the chains; equal seeds give equal results on every machine.");

    public static readonly Parameter<double> Temperature = Parameter.Number("temperature", "T", 1, "Temperature of the thermal noise of variance 2ηT; 1 samples the posterior.", ValueRange.NotNegative);
    public static readonly Parameter<NoisePlacement> Placement = Parameter.Choice("thermal-noise", "", NoisePlacement.PerStep, "Whether thermal noise is added in every step or at the end of every epoch, where it is as coarse as for a step of the whole epoch.", ("per-step", NoisePlacement.PerStep), ("per-epoch", NoisePlacement.PerEpoch));
    public static readonly Parameter<bool> Correction = Parameter.Choice("correction", "", false, "Whether the gradient of (η/4)c_B tr Γ is subtracted, which takes out the shift of shuffled epochs.", ("no", false), ("yes", true));
    public static readonly Parameter<SamplingScheme> Scheme = Parameter.Choice("scheme", "", SamplingScheme.WithReplacement, "The chain that the theory is of.", [.. Enum.GetValues<SamplingScheme>().Select(scheme => (ChainMethod.NameOf(scheme), (object)scheme))]);
    public static readonly Parameter<long?> Chains = Parameter.OptionalWhole("chains", "", "Independent chains, a multiple of 8; by default 10000, and 256 for the network.", ValueRange.Within(8, ChainMethod.MostChains)) with { Usual = UsualRange.Decades(8, 1e5) };
    public static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Help = "Number of time units: steps with replacement, epochs without; by default four times the burn-in." };
    public static readonly Parameter<long?> BurnIn = Parameter.OptionalWhole("burn-in", "", "Time units before stationary values are recorded; by default five relaxation times of the slowest mode, at most half of the steps.", ValueRange.Within(0, 1e15)) with { Usual = UsualRange.ZeroAndDecades(1, 1e7) };
    public static readonly Parameter<long> Window = Parameter.Whole("window", "τ", DefaultWindow, "Time units of the longest window over which entropy production is summed, beside 1, 2 and 3.", ValueRange.Within(1, LargestWindow));

    public static readonly Parameter<PlaneForm> Plane = PlaneForm.Parameter();

    public static readonly Parameter<VectorForm> Trajectory = VectorForm.Parameter(
        "trajectory", "θ_k", Simulated, "The trajectory that is looked at: one simulated chain with replacement, or a file with a row of parameters per step; columns whose names begin with grad are the gradients of the steps.", Simulated);

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> OfProblem = [Problem, Hessian, Diffusion, Samples, Dimension, Batch, Draws, NoiseScale, Prior, Exponent, LearningRate, Seed];

    /// <summary>Those of the saved rows.</summary>
    public static readonly IReadOnlyList<Parameter> Rows = [Steps, GridParameters.AtSteps, GridParameters.Points];

    /// <summary>Those of chains.</summary>
    public static readonly IReadOnlyList<Parameter> OfChains = [.. Rows, Chains, BurnIn, Window, Plane];

    /// <summary>Time units in which the slowest mode forgets its start: five relaxation times.</summary>
    public static long Relaxation(LocalExpansion expansion, double unitRate) => (long)Math.Min(1e15, Math.Ceiling(Forgetting / (unitRate * expansion.Smallest)));

    /// <summary>Time units of a run where none are asked for.</summary>
    public static long DefaultSteps(LocalExpansion expansion, double unitRate) => Math.Clamp(4 * Math.Min(MostSteps, Relaxation(expansion, unitRate)), FewestSteps, MostSteps);

    /// <summary>The problem of a setting.</summary>
    public static EquilibriumProblem ProblemOf(SettingView setting)
    {
        var form = setting.Has(Problem) ? setting.Get(Problem) : new VectorForm(Problem.Default as string ?? "");
        var model = form.Path is not null ? EquilibriumModel.Rows : form.Text switch
        {
            Mean => EquilibriumModel.Mean,
            Network => EquilibriumModel.Network,
            Matrices => EquilibriumModel.Matrices,
            Reference => EquilibriumModel.ReferenceRegression,
            _ => EquilibriumModel.Regression,
        };
        var rows = form.Path is { } path ? GivenRows.Of(path) : null;
        var (hessian, diffusion) = (Read(setting.Get(Hessian)), Read(setting.Get(Diffusion)));
        var usual = Defaults(model, rows?.Rows, rows?.Columns - 1 ?? hessian?.Rows);
        return usual with
        {
            Samples = (int)(setting[Samples] ?? usual.Samples),
            Dimension = (int)(setting[Dimension] ?? usual.Dimension),
            Batch = (int)(setting[Batch] ?? usual.Batch),
            NoiseScale = setting[NoiseScale] ?? usual.NoiseScale,
            AreDrawsIndependent = setting.Has(Draws) && setting.Get(Draws),
            Prior = setting[Prior] ?? usual.Prior,
            Exponent = setting.Has(Exponent) ? setting[Exponent] : 0,
            LearningRate = setting[LearningRate],
            Seed = setting.Has(Seed) ? setting[Seed] : 0,
            Rows = rows,
            Hessian = hessian,
            Diffusion = diffusion,
        };
    }

    /// <summary>A model with the numbers that it has where none are given.</summary>
    public static EquilibriumProblem Defaults(EquilibriumModel model, int? samples = null, int? dimension = null) => model switch
    {
        EquilibriumModel.Network => new() { Model = model, Samples = 200, Dimension = NetworkLoss.Weights, Batch = 10, NoiseScale = 0.1, Prior = 20 },
        EquilibriumModel.ReferenceRegression => new() { Model = model, Samples = 6, Dimension = 2, Batch = 2, NoiseScale = 0.5 },
        _ => new() { Model = model, Samples = samples ?? DefaultSamples, Dimension = dimension ?? DefaultDimension, Batch = Math.Min(DefaultBatch, Math.Max(1, (samples ?? DefaultSamples) / 2)) },
    };

    /// <summary>The numbers that a problem made in code is named by.</summary>
    public static Setting Describe(EquilibriumProblem problem)
    {
        var setting = Setting.Empty.With(LearningRate, problem.Rate).With(Seed, problem.Seed);
        return problem.Model == EquilibriumModel.Matrices ? setting : setting.With(Samples, (long)problem.Samples).With(Batch, (long)problem.Batch).With(Draws, problem.AreDrawsIndependent).With(NoiseScale, problem.NoiseScale).With(Prior, problem.Prior).With(Exponent, problem.Exponent);
    }

    /// <summary>The trajectory of a setting, or null for a simulated one.</summary>
    public static ParameterPath? PathOf(SettingView setting) => setting.Get(Trajectory).Path is { } path ? ParameterPath.Of(InputVector.ReadMatrix(path)) : null;

    private static Data.DataMatrix? Read(VectorForm? form) => form?.Path is { } path ? InputVector.ReadMatrix(path) : null;
}
