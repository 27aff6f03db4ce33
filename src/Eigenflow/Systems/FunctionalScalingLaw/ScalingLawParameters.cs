using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class ScalingLawParameters
{
    public static readonly Parameter<double> Capacity = Parameter.Number("capacity", "β", 4, "Exponent > 1 of the covariance spectrum λ_j = j^(−β), for a finite trace; small values are high capacity. 4 is the paper's.", ValueRange.Above(1).UpTo(1000)) with { Usual = UsualRange.Even(1.05, 8.05) };
    public static readonly Parameter<double> Difficulty = Parameter.Number("difficulty", "s", 0.5, "Relative difficulty of the target, θ*_j² = j^(−1) λ_j^(s−1); easy for s ≥ 1 − 1/β, hard below. 0.5 is the paper's.", ValueRange.Above(0).UpTo(1000)) with { Usual = UsualRange.Even(0.05, 3) };
    public static readonly Parameter<long> Features = Parameter.Whole("features", "N", 1024, "Number of features; derived from the file when the spectrum is one.", ValueRange.Within(1, ScalingLawProblem.LargestSize)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<long> ModelSize = Parameter.Whole("model-size", "M", 256, "Features that the model sees, at most N; by default 256 or all that there are.", ValueRange.Within(1, ScalingLawProblem.LargestSize)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<Projection> ProjectionKind = Parameter.Choice("projection", "W", FunctionalScalingLaw.Projection.Top, "top: the M features of largest variance; random: M Gaussian combinations, w_j ~ N(0, I/M), drawn with the seed.", ("top", FunctionalScalingLaw.Projection.Top), ("random", FunctionalScalingLaw.Projection.Random));
    public static readonly Parameter<SpectrumForm> FeatureEigenvalues = SpectrumForm.Parameter("λ", "power-law", "Eigenvalues: the power law, or a .csv or .npy file (all > 0, used as they are).", SpectrumForms.PowerLaw | SpectrumForms.File);
    public static readonly Parameter<VectorForm> TargetVector = VectorForm.Parameter("target", "θ*", "power-law", "Target coefficients: the power law, or a file with θ*_j in the order of the eigenvalues.", "power-law");
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0.25, "Variance of the label noise; its risk σ²/2 is not part of the loss.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-6, 10) };
    public static readonly Parameter<BatchSchedule> Batch = Parameter.Text("batch", "B", "1", "Samples per step; 8*4@0.5 is 8, and 32 from the half of the run. The paper uses 1.", [TextForm.OfNumbers("a whole number", 1), TextForm.OfNumbers("or one that grows at parts of the run", 1)], BatchSchedule.Parse, batch => batch.Text) with { Examples = ["8", "8*4@0.5"] };
    public static readonly Parameter<long> Steps = Parameter.Whole("steps", "K", 10_000, "Number of update steps.", ValueRange.Within(1, 1e15)) with { Usual = UsualRange.Decades(10, 1e9) };
    public static readonly Parameter<double> Peak = Parameter.Number("peak", "a", 0.1, "Largest learning rate of the schedule.", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-4, 10) };
    public static readonly ScheduleParameters Schedule = new(Peak.Name, "wsd");
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the random projection and of the samples; equal seeds give equal results on every machine.");
    public static readonly Parameter<ModeRepresentation> Modes = Parameter.Choice("modes", "", ModeRepresentation.Auto, "How modes are carried: each by itself or on compressed nodes; auto: full to M = 4096, compressed beyond.", ("auto", ModeRepresentation.Auto), ("full", ModeRepresentation.Full), ("compressed", ModeRepresentation.Compressed));
    public static readonly Parameter<int> SubSteps = Parameter.Count("sub-steps", "", 1, "Parts of each update step; 1 is the canonical recursion, more approach continuous intrinsic time.", ValueRange.Within(1, 1e6)) with { Usual = UsualRange.Decades(1, 100) };
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(64, "Independent SGD runs; their mean, its standard error and the band from the 10 to the 90 % quantile are returned.");
    public static readonly Parameter<double[]?> AtSteps = GridParameters.AtSteps with { Help = "These steps are saved, such as 100,1000, and the last one; by default a logarithmic grid and an even one." };
    public static readonly Parameter<int> Points = GridParameters.Points with { Help = "Number of saved rows of the logarithmic grid; half as many more are evenly spaced." };
    public static readonly Parameter<MomentumGrowth> MomentumSchedule = Parameter.Choice("momentum-schedule", "ρ_k", MomentumGrowth.Constant, "constant, or increasing: ρ_k = 1 − 1/(k + 1).", ("constant", MomentumGrowth.Constant), ("increasing", MomentumGrowth.Increasing));
    public static readonly Parameter<double> MomentumStrength = Parameter.Number("momentum", "ρ", 0, "Momentum: ρ times the last move is added to every step; 0 is SGD.", ValueRange.AtLeast(0).Below(1)) with { OnlyWith = (MomentumSchedule, "constant") };
    public static readonly Parameter<MomentumKind> KindOfMomentum = Parameter.Choice("momentum-kind", "", MomentumKind.Polyak, "Where gradients are taken: polyak at the iterate, nesterov where momentum alone would lead.", ("polyak", MomentumKind.Polyak), ("nesterov", MomentumKind.Nesterov));

    /// <summary>Those of methods with momentum.</summary>
    public static readonly IReadOnlyList<Parameter> MomentumSettings = [MomentumSchedule, MomentumStrength, KindOfMomentum];

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [Capacity, Difficulty, Features, ModelSize, ProjectionKind, FeatureEigenvalues, TargetVector, Noise, Batch, Steps, Peak, .. Schedule.All, Seed];

    /// <summary>All, in the order of help texts.</summary>
    public static readonly IReadOnlyList<Parameter> All = [.. Problem, Modes, SubSteps, Replicas, .. MomentumSettings, AtSteps, Points];

    /// <summary>Those of every method.</summary>
    public static readonly IReadOnlyList<Parameter> Rows = [AtSteps, Points];

    /// <summary>The momentum of a setting; none for methods without.</summary>
    public static MomentumOptions Momentum(SettingView setting) => !setting.Has(KindOfMomentum) ? MomentumOptions.None : new()
    {
        Strength = setting.Has(MomentumStrength) ? setting[MomentumStrength] : 0,
        Kind = setting.Get(KindOfMomentum),
        Growth = setting.Get(MomentumSchedule),
    };
}
