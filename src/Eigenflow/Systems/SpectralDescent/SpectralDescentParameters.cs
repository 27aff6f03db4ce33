using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The forms of the initial weights.</summary>
internal enum StartForm
{
    /// <summary>α I.</summary>
    Identity,

    /// <summary>α O.</summary>
    Orthogonal,

    /// <summary>Independent normal entries.</summary>
    Gaussian,
}

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class SpectralDescentParameters
{
    public static readonly Parameter<long> Dimension = Parameter.Whole("dimension", "d", 100, "Input dimension; taken from the list or file when the spectrum is one. Block methods cost the same at every dimension with a spike.", ValueRange.Within(3, 1e15)) with { Unit = "directions", Usual = UsualRange.Decades(3, 1e9) };
    public static readonly Parameter<SpectrumForm> InputSpectrum = SpectrumForm.Parameter("q", "spiked", "Covariance of the inputs: the spike of the paper, q_j = j^(−p), eigenvalues with multiplicities, or a file with eigenvalues or a symmetric matrix.", SpectrumForms.Spike | SpectrumForms.PowerLaw | SpectrumForms.List | SpectrumForms.File, "list:4,1x98");
    public static readonly Parameter<double> Spike = Parameter.Number("spike", "λ", 9, "Strength of the spike in Q = I + λ v vᵀ; above 2 gradient descent learns the spike before the signal.", ValueRange.Above(-1)) with { OnlyWith = (InputSpectrum, "spiked"), Usual = UsualRange.ZeroAndDecades(0.1, 1e4) };
    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "p", 1, "Exponent of spectrum = power-law.", ValueRange.Within(0, 100)) with { OnlyWith = (InputSpectrum, "power-law"), Usual = UsualRange.Even(0, 4) };
    public static readonly Parameter<VectorForm> TeacherVector = VectorForm.Parameter("teacher", "θ", "mode", "Teacher: an eigenvector (block methods need one), θ ∝ (1, 2, …, d), a random direction, or a file, which is scaled to unit length.", "mode", "ramp", "gaussian");
    public static readonly Parameter<long?> SignalMode = Parameter.OptionalWhole("signal-mode", "k₀", "Number of the eigenvector that is the teacher, unless the spectrum is spiked: counted one by one in the order of the spectrum, so that in list:4,1x98 number 1 has the eigenvalue 4 and numbers 2 to 99 have 1. By default 5 for a power law and 1 for a list or file.", ValueRange.Within(1, 1e15)) with { OnlyWith = (TeacherVector, "mode") };
    public static readonly Parameter<StartForm> StartWeights = Parameter.Choice("start", "W₀", StartForm.Identity, "Initial weights: α I, α times a random orthogonal matrix, or independent normal entries of standard deviation α/√width.", ("identity", StartForm.Identity), ("orthogonal", StartForm.Orthogonal), ("gaussian", StartForm.Gaussian));
    public static readonly Parameter<double?> StartScale = Parameter.OptionalNumber("start-scale", "α", "Size of the initial weights, by default 1e-3, or 0.1/√tr Q where that is smaller; zero never escapes. Keep it off multiples of the learning rate, where a coefficient of spectral descent lands on zero.", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-8, 1) };
    public static readonly Parameter<long?> Width = Parameter.OptionalWhole("width", "m", "Number of neurons with start = gaussian; by default the dimension.", ValueRange.Within(1, 1e6)) with { OnlyWith = (StartWeights, "gaussian"), Usual = UsualRange.Decades(1, 1e4) };
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the samples and of random starts and teachers; equal seeds give equal results.");
    public static readonly Parameter<double?> LearningRate = Parameter.OptionalNumber("learning-rate", "η", "Step size, the largest of the schedule. By default 0.25/max(1 + λ, 3) for population gradient descent (0.1 instead of 0.25 on batches), and 0.0211/√d over the factor of update-scale for spectral descent (twice that on batches).", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-5, 10) };
    public static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Help = "Number of update steps; by default enough to see every phase at a constant learning rate." };
    public static readonly Parameter<double?> Momentum = Parameter.OptionalNumber("momentum", "μ", "Momentum of M ← μM + (1 − μ)G; by default 0.9 for muon methods and 0 otherwise.", ValueRange.AtLeast(0).Below(1));
    public static readonly Parameter<double> Power = Parameter.Number("power", "p_S", 0.5, "Exponent of U S^p Vᵀ in fractional methods: 0 is spectral descent, 1 gradient descent; below 0 small gradients move farthest.", ValueRange.Within(-1, 1));
    public static readonly Parameter<double> Smoothing = Parameter.Number("smoothing", "ε", 0, "Smoothing of the sign in spectral methods, s/√(s² + ε²); 0 is the polar factor.", ValueRange.NotNegative);
    public static readonly Parameter<NewtonSchulzCoefficients> NewtonSchulz = Parameter.Text("newton-schulz", "a,b,c", "muon", "Coefficients of the Newton–Schulz iteration of muon methods: of every iteration, or a list with one row for each.", [TextForm.Of("muon"), TextForm.Of("cubic"), TextForm.Of("you"), TextForm.Of("cans"), TextForm.Of("polar-express"), TextForm.Of("polar-express:LOWEST"), TextForm.File, TextForm.OfNumbers("three numbers a,b,c", 3)], NewtonSchulzCoefficients.Read, coefficients => coefficients.Text) with { Examples = ["3.4445,-4.775,2.0315"] };
    public static readonly Parameter<long?> Iterations = Parameter.OptionalWhole("iterations", "", "Newton–Schulz iterations per step, by default 5, or the rows of a file; the last coefficients of a list are repeated. The cubic needs about 30 for the polar factor.", ValueRange.Within(1, 1000)) with { Usual = UsualRange.Even(1, 20) };
    public static readonly Parameter<Arithmetic> Digits = Parameter.Choice("arithmetic", "", Arithmetic.Double, "Numbers in which Newton–Schulz iterations are computed: 64 bits, 32 bits, or bfloat16 as on matrix units, with sums in float and every operation rounded.", ("double", Arithmetic.Double), ("float", Arithmetic.Single), ("bf16", Arithmetic.BrainFloat));
    public static readonly Parameter<double?> FinalPower = Parameter.OptionalNumber("final-power", "p_K", "Exponent of the last step of fractional methods, which go there evenly from power; by default the same at every step.", ValueRange.Within(-1, 1));
    public static readonly Parameter<bool> Nesterov = Parameter.Choice("nesterov", "", false, "on takes the direction of (1 − μ)G + μM with the new M, as Muon does.", ("off", false), ("on", true));
    public static readonly Parameter<bool> Accumulation = Parameter.Choice("accumulation", "", false, "sum adds whole gradients, M ← μM + G, in place of (1 − μ)G; the polar factor and Newton–Schulz see no difference.", ("average", false), ("sum", true));
    public static readonly Parameter<UpdateScale> Scale = Parameter.Choice("update-scale", "c", UpdateScale.None, "Factor of spectral and muon updates by the shape of the layer, from d inputs to m neurons: 1, √max(1, m/d) (Muon), 0.2 √max(d, m) (Moonlight), or √(m/d).", ("none", UpdateScale.None), ("shape", UpdateScale.Shape), ("rms", UpdateScale.RootMeanSquare), ("spectral", UpdateScale.Spectral));
    public static readonly Parameter<double> WeightDecay = Parameter.Number("weight-decay", "ω", 0, "Decoupled weight decay, W ← (1 − ηω)W before each update.", ValueRange.NotNegative);
    public static readonly Parameter<double> LossTarget = Parameter.Number("loss-target", "L*", DescentMethod.UsualLossTarget, "Loss at which a run counts as done: the event target and the summary number target-step.", ValueRange.Positive);
    public static readonly Parameter<int> Batch = Parameter.Count("batch", "B", 256, "Samples per step of the mini-batch methods; below the dimension a spectral step moves B directions only.", ValueRange.Within(1, 1e7));
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(8, "Independent runs of the mini-batch methods from one start; their mean and the band from the 10 to the 90 % quantile are returned.");
    public static readonly Parameter<bool> Weights = Parameter.Choice("weights", "", false, "all adds the coefficients w1, w2, … of the block methods as columns.", ("none", false), ("all", true));
    public static readonly Parameter<double[]?> AtSteps = GridParameters.AtSteps with { Help = "These steps are saved, such as 50,100, and the last one; by default a grid." };
    public static readonly Parameter<int> Points = GridParameters.Points with { Minimum = 4, Help = "Number of saved rows of the grid, half of them even in the logarithm of the step and half of them even in the step." };

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [Dimension, Spike, InputSpectrum, Exponent, SignalMode, TeacherVector, StartWeights, StartScale, Width, Seed];

    /// <summary>All, in the order of help texts.</summary>
    public static readonly IReadOnlyList<Parameter> All =
        [.. Problem, LearningRate, Steps, .. ScheduleParameters.OfMethods.All, Momentum, Nesterov, Accumulation, WeightDecay, Scale, Power, FinalPower, Smoothing, NewtonSchulz, Iterations, Digits, LossTarget, Batch, Replicas, Weights, AtSteps, Points];

    /// <summary>Those of every method.</summary>
    public static readonly IReadOnlyList<Parameter> Common = [LearningRate, Steps, .. ScheduleParameters.OfMethods.All, Momentum, Nesterov, Accumulation, WeightDecay, LossTarget, AtSteps, Points];

    /// <summary>Those of spectral directions.</summary>
    public static readonly IReadOnlyList<Parameter> OfPolar = [Scale, Smoothing];

    /// <summary>Those of fractional powers.</summary>
    public static readonly IReadOnlyList<Parameter> OfPower = [Power, FinalPower];

    /// <summary>Those of Newton–Schulz directions.</summary>
    public static readonly IReadOnlyList<Parameter> OfMuon = [Scale, NewtonSchulz, Iterations, Digits];

    /// <summary>Those of the mini-batch methods.</summary>
    public static readonly IReadOnlyList<Parameter> Sampled = [.. Common, Batch, Replicas];
}
