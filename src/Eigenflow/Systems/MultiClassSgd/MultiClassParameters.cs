using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class MultiClassParameters
{
    public static readonly Parameter<long> Dimension = Parameter.Whole("dimension", "d", 400, "Number of modes; derived from the file where spectrum, mean-profile or classes is one, and not read by continuum.", ValueRange.Within(2, 1e8)) with { Unit = "modes", Usual = UsualRange.Decades(2, 1e8) };
    public static readonly Parameter<string?> Loss = Parameter.OptionalChoice("loss", "Loss; logistic and least-squares have one output and two classes with labels +1 and −1 (logistic is the default then), one-hot and softmax one output per class (one-hot for more than two).", "logistic", "least-squares", "one-hot", "softmax");
    public static readonly Parameter<ClassesForm> Classes = ClassesForm.Parameter("Number of classes, or a file of labelled rows (features, and the class in the last column): means, eigenvalues and probabilities are then those of its classes, and sgd takes the rows themselves.");
    public static readonly Parameter<double[]?> Probabilities = Parameter.OptionalList("probabilities", "Probability of every class, such as 0.3,0.7; by default equal.", ValueRange.Above(0).UpTo(1));
    public static readonly Parameter<SpectrumForm> ClassSpectra = SpectrumForm.Parameter("λ", "power-law", "Eigenvalues of the covariances, small ones first: all one, a part of them 0 and the rest 1, (ρ/d)^α, or a file with one column, or one per class.", SpectrumForms.Identity | SpectrumForms.ZeroOneFraction | SpectrumForms.PowerLaw | SpectrumForms.File, "zero-one:0.5");
    public static readonly Parameter<double[]?> Exponent = Parameter.OptionalList("exponent", "Power α of the eigenvalues (ρ/d)^α, one for all classes (2 by default) or one per class, such as 1.1,1.5; the larger, the more clean directions.", ValueRange.Within(0, 30)) with { Symbol = "α", OnlyWith = (ClassSpectra, "power-law") };
    public static readonly Parameter<double> MeanNorm = Parameter.Number("mean-norm", "‖μ‖", 1, "What the profile of the means is multiplied by; flat and clean profiles have norm 1, gaussian and cosine about 1, power 1/√(1 + 2β).", ValueRange.Positive) with { Usual = UsualRange.Decades(0.01, 100) };
    public static readonly Parameter<MeanForm> Means = MeanForm.Parameter("How the means are spread over the modes: 1/√d, (ρ/d)^β/√d, equal on the clean modes alone, random, a cosine, or a file with one column or one per class. Two classes have means of either sign; of more classes each takes its turn among the modes, or has a cosine or random mean of its own.");
    public static readonly Parameter<double> StartVariance = Parameter.Number("start-variance", "v₀", 0, "d times the variance of each coordinate of a random start; 0 starts at the origin.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-3, 100) };
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of random means, starts and samples; equal seeds give equal results on every machine.");
    public static readonly Parameter<string?> Preset = Parameter.OptionalChoice("preset", "Sets what is not given to a panel of the paper's figure 1: identity, zero-one with clean means, and the powers 1.1 and 1.5 with a flat mean or one of β = ½.", [.. MultiClassPresets.Names]);

    public static readonly ScheduleParameters Schedule = new("learning-rate");
    public static readonly Parameter<double?> LearningRate = Schedule.Peak with { Symbol = "γ", Default = MixtureMethod.DefaultRate, Help = "Learning rate γ, the largest of the schedule; a step is γ/d.", Usual = UsualRange.Decades(1e-3, 10) };
    public static readonly Parameter<RateRuleForm> Rule = RateRuleForm.Parameter("Rule of the learning rate: the schedule, η/√(b² + G) with the accumulated squared gradients G, the line search, or Polyak's. The last two are where risk or distance fall fastest for squared losses; other losses run with the same formulas.");
    public static readonly Parameter<int> Batch = Parameter.Count("batch", "B", 1, "Samples per step.", ValueRange.Within(1, 1e6));
    public static readonly Parameter<double?> Until = ContinuousParameters.Until with { Help = "End of the time t = step/d; by default 10, the last of times, or where rows of classes end.", Usual = UsualRange.Decades(1, 1e6) };
    public static readonly Parameter<double[]?> Times = ContinuousParameters.Times with { Help = "These times are saved, such as 1,10,100, and until where it is given; sgd saves the nearest steps. By default a logarithmic grid." };
    public static readonly Parameter<ModeRepresentation> Modes = Parameter.Choice("modes", "", ModeRepresentation.Auto, "How modes are carried: each by itself, merged in blocks of equal eigenvalues, or compressed to Gaussian nodes; auto: blocks where most coincide, compressed above d = 2048 where spectra and means are smooth.", ("auto", ModeRepresentation.Auto), ("full", ModeRepresentation.Full), ("blocks", ModeRepresentation.Blocks), ("compressed", ModeRepresentation.Compressed));
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(10, "Independent runs; their mean and the band from the 10 to the 90 % quantile are returned.");
    public static readonly Parameter<string?> Sampling = Parameter.OptionalChoice("sampling", "With rows of classes: sgd takes the rows (the default then), or Gaussian samples of their mixture; rows,gaussian runs both, whose difference is what is not Gaussian in the rows.", "rows", "gaussian");

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [Dimension, Loss, Classes, Probabilities, ClassSpectra, Exponent, MeanNorm, Means, StartVariance, Seed, Preset];

    /// <summary>Those of every method.</summary>
    public static readonly IReadOnlyList<Parameter> Steps = [LearningRate, Rule, .. Schedule.All, Batch, Until, Times, GridParameters.Points];

    /// <summary>All, in the order of help texts.</summary>
    public static readonly IReadOnlyList<Parameter> All = [.. Problem, .. Steps, ContinuousParameters.Tolerance, Modes, Replicas, Sampling];
}
