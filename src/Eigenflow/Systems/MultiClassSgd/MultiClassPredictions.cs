using Eigenflow.Dynamics;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The numbers of the theory that hosts show.</summary>
internal static class MultiClassPredictions
{
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("optimal-risk", "R*", "Least population risk of a linear classifier, which a learning rate that falls to 0 reaches.") { Mark = CurveMark.Level("risk") },
        new("largest-learning-rate", "γ_max", "Learning rate above which SGD on a squared loss diverges, where the spectral radius of M_ij = (γ/2) p_j ⟨λ_i λ_j/k̄⟩ is 1."),
    ];

    /// <summary>Those of a problem.</summary>
    /// <param name="problem">The problem.</param>
    public static IReadOnlyList<Prediction> Of(MultiClassProblem problem)
    {
        var list = new PredictionList(All);
        list.Add("optimal-risk", () => PopulationOptimum.Risk(problem), PredictionKind.Exact, "derived", "the noise-free flow at t = 1e18 where the loss is not squared");
        list.Add("largest-learning-rate", () => 1 / Stability.Of(problem.Modes(), 1), PredictionKind.Exact, "derived", "squared losses");
        return list.Predictions;
    }
}
