using Eigenflow.Dynamics;
using Eigenflow.Settings;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class ScalingParameters
{
    public static readonly Parameter<double[]?> Models = Parameter.OptionalList("models", "Sizes of the models of the ladder, ascending, at most 256: parameters p of the law, features M of the regression. By default model-size alone where it is given, else 10, 100, … 1e9 (law) or 32, 64, 128.", ValueRange.Within(1, ScalingProblem.LargestLawSize));
    public static readonly Parameter<double?> ModelSize = Parameter.OptionalNumber("model-size", "M", "The model whose own curve is shown, p of the law; by default the largest of models.", ValueRange.Within(1, ScalingProblem.LargestLawSize)) with { Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<double?> DataExponent = Parameter.OptionalNumber("data-exponent", "γ", "Exponent of the horizon κ p^γ; by default the compute-optimal one: that of the tie of terms (law), or the capacity β (regression). Others break the collapse.", ValueRange.Above(0).UpTo(100)) with { Usual = UsualRange.Even(0.05, 3) };
    public static readonly Parameter<double> Offset = Parameter.Number("offset", "ΔL₀", 0, "Error of the irreducible loss that is subtracted: the reducible loss is the excess loss less this.");
    public static readonly Parameter<LossTerms> Terms = Parameter.Text("terms", "", "1:0.5:0+1:0:0.5", "Terms of the reducible loss Σ a t^(−μ) p^(−ν), each a:μ:ν, joined by +.", LossTerms.Forms, LossTerms.Parse, terms => terms.Text) with { Examples = ["1:0.5:0+1:0:0.5", "1:0:1.2+1:1.0333:0+1:0.16667:1"] };
    public static readonly Parameter<double> HorizonScale = Parameter.Number("horizon-scale", "κ", 1, "Factor of the horizon κ p^γ of the law; any keeps a collapse, and the compute-optimal one is the prediction optimal-scale.", ValueRange.Within(1e-100, 1e100)) with { Usual = UsualRange.Decades(0.01, 100) };
    public static readonly Parameter<double> Capacity = Parameter.Number("capacity", "β", 1.5, "Exponent > 1 of the covariance spectrum λ_j = j^(−β), for a finite trace.", ValueRange.Above(1).UpTo(20)) with { Usual = UsualRange.Even(1.05, 4) };
    public static readonly Parameter<double> Difficulty = Parameter.Number("difficulty", "s", 0.5, "Relative difficulty of the target, λ_j θ*_j² = j^(−1−sβ).", ValueRange.Within(0.001, 20)) with { Usual = UsualRange.Even(0.05, 3) };
    public static readonly Parameter<long> Features = Parameter.Whole("features", "N", 4096, "Number of features that there are, at least the largest model.", ValueRange.Within(1, ScalingProblem.LargestFeatures)) with { Unit = "modes", Usual = UsualRange.Decades(1, 1e9) };
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0, "Variance of the label noise; its risk σ²/2 is irreducible and not part of the loss.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-6, 10) };
    public static readonly Parameter<long> Batch = Parameter.Whole("batch", "B", 4, "Samples per step.", ValueRange.Within(1, 1e6));
    public static readonly ScheduleParameters Schedule = new("peak");
    public static readonly Parameter<double?> Peak = Schedule.Peak with { Default = 0.2, Help = "Largest learning rate of the schedule.", Usual = UsualRange.Decades(1e-3, 10) };
    public static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Help = "Update steps of the own model with its warm-up; by default round(κ M^γ/peak) after the warm-up, from horizon. Other models run in proportion to M^γ." };
    public static readonly Parameter<double?> Horizon = Parameter.OptionalNumber("horizon", "κ", "Factor of the horizon κ M^γ of the regression, in flow time at the peak rate whatever the schedule; 1 by default, or what steps says.", ValueRange.Within(1e-100, 1e100)) with { Usual = UsualRange.Decades(0.01, 100) };
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(24, "Seeds of every model; their mean, its standard error and the band from the 10 to the 90 % quantile are returned, and two or more have a floor.");
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the samples; equal seeds give equal results on every machine.");
    public static readonly Parameter<int> Points = GridParameters.Points with { Default = (long)SumOfPowerLaws.DefaultPoints, Help = "Number of saved rows, at equal distances of x." };
    public static readonly Parameter<double[]?> AtSteps = GridParameters.AtSteps with { Help = "These steps of the own model are saved, such as 100,1000, and the last one; by default rows at equal distances of x." };

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [Models, ModelSize, DataExponent, Offset];

    /// <summary>Those of the law.</summary>
    public static readonly IReadOnlyList<Parameter> Law = [Terms, HorizonScale, Points];

    /// <summary>Those of the regression.</summary>
    public static readonly IReadOnlyList<Parameter> Ladder = [Capacity, Difficulty, Features, Noise, Batch, Peak, .. Schedule.All, Horizon, Steps, AtSteps, Points];

    /// <summary>All, in the order of help texts.</summary>
    public static readonly IReadOnlyList<Parameter> All = [.. Problem, Terms, HorizonScale, Capacity, Difficulty, Features, Noise, Batch, Peak, .. Schedule.All, Horizon, Steps, Replicas, Seed, AtSteps, Points];
}
