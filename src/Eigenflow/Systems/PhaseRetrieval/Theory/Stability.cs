using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Learning rates at which discrete updates stay bounded.</summary>
internal static class Stability
{
    /// <summary>
    /// The largest learning rate at which gradient descent is stable at w*: η λ_max(∇²L) = 2 with ∇²L = 16 (Qw*)(Qw*)ᵀ + 8 s* Q
    /// (arXiv 2511.18661, landscape), λ_max from its secular equation 1 = 16 Σ λ_i² w*_i²/(x − 8 s* λ_i).
    /// </summary>
    public static double LargestLearningRate(WeightedModes modes) => 2 / LargestCurvature(modes);

    /// <summary>The s above which a run counts as diverged: a thousand times the larger one of s* and s(0).</summary>
    /// <param name="overlap">s*.</param>
    /// <param name="initial">s(0).</param>
    public static double LargestSelfOverlap(double overlap, double initial) => 1e3 * Math.Max(overlap, initial);

    /// <summary>What a user should know of a learning rate that is not stable; a run that has left every bound says it in its status.</summary>
    /// <param name="rate">η, the largest of the schedule.</param>
    /// <param name="largest">The largest stable learning rate.</param>
    /// <param name="whose">Whose limit it is.</param>
    /// <param name="status">How the run ended.</param>
    public static IReadOnlyList<string> Warnings(double rate, double largest, string whose, SolveStatus status) => rate < largest || status.Outcome == SolveOutcome.Diverged
        ? []
        : [DisplayText.Plain($"learning-rate = {rate:G4} is not below {largest:G4}, the largest stable one {whose}: the run stayed finite, but does not converge there as the theory says; use less")];

    /// <summary>Largest eigenvalue of the Hessian at w*.</summary>
    public static double LargestCurvature(WeightedModes modes)
    {
        // 1 = 16 Σ λ² w*²/(x − 8 s* λ) is the escape equation 1 = 8 Σ λ² w*²/(ρ − 4 s* λ) with x = 2ρ; modes
        // without teacher weight keep 8 s* λ. A student of few modes has (24 − 8γ)(Qv*)(Qv*)ᵀ + 8γs_v Q.
        var target = modes.Target;
        var teacher = target.Scaled(modes.Teacher);
        var (pull, overlap) = ((12 - (4 * target.Visible)) / 8, target.Visible * target.Overlap);
        var squares = new double[modes.Size];
        for (var j = 0; j < squares.Length; j++)
            squares[j] = pull * modes.Weights[j] * teacher[j] * teacher[j];
        var coupled = 2 * EscapeTheory.FindRate(modes.Eigenvalues, modes.Rates, squares, overlap);
        return Math.Max(coupled, 8 * overlap * modes.LargestRate);
    }
}
