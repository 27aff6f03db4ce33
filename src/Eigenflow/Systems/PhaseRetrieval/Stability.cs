namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Learning rates at which discrete updates stay bounded.</summary>
internal static class Stability
{
    /// <summary>
    /// The largest learning rate at which gradient descent is stable at w*: η λ_max(∇²L) = 2 with ∇²L = 16 (Qw*)(Qw*)ᵀ + 8 s* Q
    /// (arXiv 2511.18661, landscape), λ_max from its secular equation 1 = 16 Σ λ_i² w*_i²/(x − 8 s* λ_i).
    /// </summary>
    public static double LargestLearningRate(WeightedModes modes) => 2 / LargestCurvature(modes);

    /// <summary>Largest eigenvalue of the Hessian at w*.</summary>
    public static double LargestCurvature(WeightedModes modes)
    {
        // 1 = 16 Σ λ² w*²/(x − 8 s* λ) is the escape equation 1 = 8 Σ λ² w*²/(ρ − 4 s* λ) with x = 2ρ; modes
        // without teacher weight keep 8 s* λ.
        var squares = new double[modes.Size];
        for (var j = 0; j < squares.Length; j++)
            squares[j] = modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j];
        var coupled = 2 * EscapeTheory.FindRate(modes.Eigenvalues, squares, modes.TeacherOverlap);
        return Math.Max(coupled, 8 * modes.TeacherOverlap * modes.LargestEigenvalue);
    }
}
