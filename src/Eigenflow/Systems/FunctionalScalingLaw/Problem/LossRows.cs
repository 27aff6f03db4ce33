using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>One row of a loss curve.</summary>
/// <param name="Time">t_k.</param>
/// <param name="Loss">The whole loss.</param>
/// <param name="Approximation">The part that no training removes.</param>
/// <param name="Signal">The part of the start.</param>
/// <param name="Noise">The part of the gradient noise.</param>
internal readonly record struct LossRow(double Time, double Loss, double Approximation, double Signal, double Noise);

/// <summary>The columns of a loss curve.</summary>
internal static class LossRows
{
    private static readonly NamedQuantity Time = new("t", "t", "Intrinsic time t_k = Σ_{i<k} η_i.") { AxisLabel = "intrinsic time t" };
    private static readonly NamedQuantity Step = new("step", "k", "Number of update steps.") { AxisLabel = "step k" };

    public static readonly IReadOnlyList<NamedQuantity> Quantities =
    [
        new("loss", "E", "Excess risk E = ½ E⟨φ, v − θ*⟩² (without σ²/2): approximation + signal + noise. For law-infinite the bound functional M^(−sβ) + e + noise, which is E up to constants."),
        new("approximation", "D_M", "What the model size leaves: D_M = ½ Σ_{j > M} λ_j θ*_j²; M^(−sβ) for law-infinite."),
        new("signal", "½e", "What the mean iterate has not learned: ½ Σ λ_j (E δ_j)², with E δ_j = θ*_j Π(1 − ηλ_j) for exact and sgd, and ½ e_M(t), half the profile e_M of the theory, in intrinsic time; for law-infinite e(t) = (1 + t)^(−s) itself. It does not see noise, batch or sampling."),
        new("noise", "½𝒩", "Scatter of the iterate around its mean, ½ Σ λ_j Var δ_j: label noise, unseen features, and what sampling makes of the signal itself (the terms η²λ²m/B); for law half the convolution of the schedule with K_M; for law-infinite the convolution with (1 + t)^(−(2 − 1/β)) itself. For sgd: loss − approximation − signal of the exact moments."),
        new("irreducible", "σ²/2", "Risk of the label noise, which no model removes and no other column contains."),
        new("rate", "η", "Learning rate of the next step."),
    ];

    /// <summary>All columns that solutions can have.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [Time, Step, .. Quantities];

    /// <summary>The columns of rows.</summary>
    public static List<Observable> Columns(ScalingLawProblem problem, long[] steps, IReadOnlyList<LossRow> rows)
    {
        var last = problem.Schedule.Steps - 1;
        double[][] values =
        [
            [.. rows.Select(row => row.Loss)], [.. rows.Select(row => row.Approximation)], [.. rows.Select(row => row.Signal)], [.. rows.Select(row => row.Noise)],
            [.. steps.Select(_ => problem.Noise / 2)], [.. steps.Select(step => problem.Schedule.RateAt(Math.Min(step, last)))],
        ];
        return [Time.Column([.. rows.Select(row => row.Time)]), Step.Column([.. steps.Select(step => (double)step)]), .. Quantities.Select((quantity, k) => quantity.Column(values[k]))];
    }
}
