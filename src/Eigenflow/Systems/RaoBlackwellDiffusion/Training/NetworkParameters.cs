using Eigenflow.Dynamics;
using Eigenflow.Numerics.Networks;
using Eigenflow.Settings;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionParameters;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>The parameters of the method <c>network</c>.</summary>
internal static class NetworkParameters
{
    private const double DefaultRate = 1e-3;
    private const long DefaultBatch = 16, DefaultReplicas = 4;
    private const int DefaultGenerated = 1000, DefaultTestSamples = 500, FewestTestSamples = 20;

    // Seconds of a target in units of its work, of the tests of a saved step, and of a step that is refused.
    private const double SecondsOfWork = 1e-7, SecondsOfTest = 0.2, MostSeconds = 5;
    private const double MostNoise = 1e9;
    private static readonly double[] DefaultHidden = [48];

    private static readonly Parameter<double[]?> Hidden = Parameter.OptionalList("hidden", "Widths of the hidden layers of the network, such as 10,5; 0 for a linear map; by default 48.", ValueRange.Within(0, NetworkTraining.LargestWidth));
    private static readonly Parameter<Activation> Activations = Parameter.Choice("activation", "", Activation.Tanh, "Activation of the hidden units.", ("tanh", Activation.Tanh), ("gelu", Activation.Gelu), ("silu", Activation.Silu), ("relu", Activation.Relu));
    private static readonly Parameter<Equivariance> Symmetry = Parameter.Choice(
        "equivariance", "", Equivariance.None, "Whether the network learns the symmetry (none), or has it by the mean over a finite group, |G|⁻¹ Σ g⁻¹ f(gx) (average), or by the sum (sum), which is f(x) − f(−x) for the flip of one number.",
        ("none", Equivariance.None), ("average", Equivariance.Average), ("sum", Equivariance.Sum));

    private static readonly Parameter<bool> Optimiser = Parameter.Choice("optimiser", "", true, "adam, or sgd without momentum.", ("adam", true), ("sgd", false));
    private static readonly Parameter<int> Levels = Parameter.Count("levels", "T", 1, "Noise levels, from sigma-min to sigma in equal steps; the network is told which one a sample has.", ValueRange.Within(1, NetworkTraining.MostLevels)) with { Usual = UsualRange.Decades(1, 100) };
    private static readonly Parameter<double?> SmallestSigma = Parameter.OptionalNumber("sigma-min", "σ_1", "Smallest of several noise levels; by default a hundredth of sigma.", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-4, 1) };
    private static readonly Parameter<LossWeight> Weight = Parameter.Choice("weight", "ω", LossWeight.Uniform, "Weight of a noise level in the loss: uniform, or snr (α²/σ², that of an error of the predicted noise).", ("uniform", LossWeight.Uniform), ("snr", LossWeight.SignalToNoise));
    private static readonly Parameter<long?> TestSamples = Parameter.OptionalWhole("test-samples", "", "Samples of the excess risk, the equivariance error and the variance of gradients at a saved step; by default 500, and fewer where targets take long.", ValueRange.Within(2, NetworkTraining.MostTestSamples)) with { Usual = UsualRange.Decades(2, 1e4) };
    private static readonly Parameter<long?> Generated = Parameter.OptionalWhole("generated", "", "Samples that are generated at a saved step from several noise levels; by default 1000.", ValueRange.Within(1, NetworkTraining.MostGenerated)) with { Usual = UsualRange.Decades(1, 1e5) };

    /// <summary>All that the method reads.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        LearningRate, Batch, Steps, .. ScheduleParameters.OfMethods.All, GridParameters.AtSteps, Points, Replicas, Seed, Hidden, Activations, Symmetry, Optimiser, Levels, SmallestSigma, Weight, TestSamples,
        Generated,
    ];

    /// <summary>What captions say of a network.</summary>
    public static IReadOnlyList<Parameter> Caption { get; } = [Hidden, Activations, Symmetry, Levels, SmallestSigma, Weight];

    /// <summary>Derives defaults, and refuses what means nothing beside other values.</summary>
    /// <param name="draft">A setting of the method.</param>
    public static void Check(SettingDraft draft)
    {
        if (draft.Get(ScheduleParameters.OfMethods.Shape) is not Schedules.TableShape)
            draft.SetDefault(LearningRate, () => DefaultRate);
        draft.SetDefault(Batch, () => DefaultBatch);
        if (draft[Batch] > NetworkTraining.LargestBatch)
            throw new ParameterException(Batch.Name, draft[Batch], FormattableString.Invariant($"a whole number from 1 to {NetworkTraining.LargestBatch} for the method network"));
        draft.SetDefault(Replicas, () => DefaultReplicas);
        draft.SetDefault(Hidden, () => DefaultHidden);
        _ = WidthsOf(draft);
        if (draft[Levels] > 1)
        {
            var largest = draft[Sigma];
            draft.SetDefault(SmallestSigma, () => largest / 100);
            if (draft[SmallestSigma] is { } smallest && !(smallest < largest))
                throw new ParameterException(SmallestSigma.Name, smallest, FormattableString.Invariant($"a number > 0 and < sigma = {largest:R}"));
        }
        else
        {
            draft.LeaveOut(SmallestSigma, "left out with levels = 1", "it is the smallest of several levels");
        }

        if (draft[Levels] > 1 && !draft.Get(Group).IsTorus)
            draft.SetDefault(Generated, () => DefaultGenerated);
        else
            draft.LeaveOut(Generated, "left out with one level, and on the torus", "samples are generated through several noise levels");
    }

    /// <summary>Checks what depends on the problem: that the group can be averaged over, and the size of the network.</summary>
    /// <param name="draft">A setting of the method.</param>
    /// <param name="problem">Its problem.</param>
    public static void Check(SettingDraft draft, DiffusionProblem problem)
    {
        if (problem.Sigma > MostNoise * Math.Max(1, problem.Alpha ?? 1) * Math.Sqrt(problem.MeanSquare))
            throw new ParameterException(Sigma.Name, problem.Sigma, DisplayText.Plain($"at most {MostNoise * Math.Sqrt(problem.MeanSquare):G2} for these templates"), "nothing is seen of data behind noise that is a billion times larger");
        if (draft.Get(Symmetry) != Equivariance.None)
            GroupMatrices.Check(problem.Group);
        _ = new NetworkShape(draft.Get(Activations), [2 * problem.Dimension, .. WidthsOf(draft), problem.Dimension]);

        // The exact mean over all templates is needed in a test, whatever the target.
        var target = SecondsOfWork * problem.Group.Work * problem.Templates.Count;
        draft.SetDefault(TestSamples, () => (long)Math.Clamp(SecondsOfTest / target, FewestTestSamples, DefaultTestSamples));
        if (target * draft[TestSamples] > MostSeconds)
            throw new ParameterException(TestSamples.Name, draft[TestSamples], DisplayText.Plain($"at most {MostSeconds / target:G2} for this group and these templates"), "a test would take long, at every saved step and for every replica");
        var sampled = problem.Estimator.IsSampled() ? SecondsOfWork * problem.Samples * problem.Dimension / 10 : 0;
        if ((target + sampled) * draft[Batch] > MostSeconds)
            throw new ParameterException(Batch.Name, draft[Batch], DisplayText.Plain($"at most {MostSeconds / (target + sampled):G2} for these targets"), "a step would take long");
    }

    /// <summary>The method of a setting.</summary>
    public static NetworkTraining Make(SettingView setting) => new()
    {
        Hidden = WidthsOf(setting),
        Activation = setting.Get(Activations),
        Equivariance = setting.Get(Symmetry),
        IsAdaptive = setting.Get(Optimiser),
        Levels = setting[Levels],
        SmallestSigma = setting[SmallestSigma] ?? (setting[Sigma] / 100),
        Weight = setting.Get(Weight),
        Batch = (int)(setting[Batch] ?? DefaultBatch),
        TestSamples = (int)(setting[TestSamples] ?? DefaultTestSamples),
        Generated = (int)(setting[Generated] ?? DefaultGenerated),
        Replicas = (int)(setting[Replicas] ?? DefaultReplicas),
        Seed = setting[Seed],
    };

    private static int[] WidthsOf(SettingView setting)
    {
        var widths = setting.Get(Hidden) ?? DefaultHidden;
        foreach (var width in widths)
        {
            if (width != Math.Floor(width) || (width == 0 && widths.Length > 1))
                throw new ParameterException(Hidden.Name, width, FormattableString.Invariant($"whole numbers from 1 to {NetworkTraining.LargestWidth}, such as 10,5, or 0 alone"));
        }

        return widths is [0] ? [] : [.. widths.Select(width => (int)width)];
    }
}
