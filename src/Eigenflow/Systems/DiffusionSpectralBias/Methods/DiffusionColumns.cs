using System.Globalization;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The columns of solutions along training time.</summary>
internal static class DiffusionColumns
{
    public static readonly NamedQuantity Time = new("t", "τ", "Training time τ; update steps count one each.") { AxisLabel = "training time τ", Words = "training time" };
    public static readonly NamedQuantity Step = new("step", "n", "Number of update steps.") { AxisLabel = "step n" };
    public static readonly NamedQuantity Divergence = new("kl", "KL", "Kullback–Leibler divergence of the generated law from that of the data, ½ Σ_k (λ~_k/λ_k − 1 − ln λ~_k/λ_k) and the part of the mean, over modes of variance > 0.") { AxisLabel = "KL(generated‖data)" };
    public static readonly NamedQuantity Reverse = new("kl-reverse", "KL′", "The same of the data from the generated law.") { AxisLabel = "KL(data‖generated)" };
    public static readonly NamedQuantity Loss = new("loss", "L_σ", "Loss of the network at the noise level of weights, summed over coordinates, without a weight.") { AxisLabel = "loss L_{σ}" };
    public static readonly NamedQuantity Alignment = new("alignment", "χ", "Part of the squared generated covariance that is diagonal in the eigenbasis of the data, Σ_i C_ii²/Σ_ij C_ij².") { AxisLabel = "alignment χ" };
    public static readonly NamedQuantity Learned = new("learned", "ℓ", "Fraction of the variance of the data that is generated, Σ_k min(λ~_k, λ_k)/Σ_k λ_k.") { AxisLabel = "learned fraction" };

    /// <summary>What every method observes before the modes.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Whole = [Loss, Divergence, Reverse, Alignment, Learned];

    private const string VarianceMeaning = "Generated variance λ~ of a mode, the number of which the name ends with.";
    private const string WeightMeaning = "Gain of a mode at the noise level of weights: of the network, for edm of the denoiser.";

    /// <summary>Modes whose columns are listed, those that are shown by default first, so that they have different colours; others are named alike.</summary>
    public static readonly IReadOnlyList<int> Listed = [1, 3, 10, 30, 100, 300, 1000, 2, 4, 5, 6, 7, 8, 9, 12, 16, 17, 20, 32, 50, 64, 200];

    /// <summary>All columns of trajectories that solutions can have; those of other modes are named alike.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [Time, Step, .. Whole, .. Listed.Select(Variance), .. Listed.Select(Weight)];

    /// <summary>Generated variance of a mode.</summary>
    /// <param name="mode">From 1.</param>
    public static NamedQuantity Variance(int mode) => new("variance" + Text(mode), "λ~_" + Text(mode), VarianceMeaning);

    /// <summary>Gain of a mode.</summary>
    /// <param name="mode">From 1.</param>
    public static NamedQuantity Weight(int mode) => new("weight" + Text(mode), "w_" + Text(mode), WeightMeaning);

    /// <summary>What is observed of the modes shown.</summary>
    /// <param name="shown">From 0.</param>
    public static IReadOnlyList<NamedQuantity> Of(IReadOnlyList<int> shown) => [.. Whole, .. shown.Select(mode => Variance(mode + 1)), .. shown.Select(mode => Weight(mode + 1))];

    /// <summary>Writes a row.</summary>
    public static void Write(Span<double> row, in GaussianDistance distance, double loss, ReadOnlySpan<double> variances, ReadOnlySpan<double> weights)
    {
        (row[0], row[1], row[2], row[3], row[4]) = (loss, distance.Forward, distance.Reverse, distance.Alignment, distance.Learned);
        variances.CopyTo(row[5..]);
        weights.CopyTo(row[(5 + variances.Length)..]);
    }

    private static string Text(int mode) => mode.ToString(CultureInfo.InvariantCulture);
}
