using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>The words in which predictions are written.</summary>
public static class PredictionText
{
    /// <summary>The label <c>exact</c>, <c>asymptotic</c>, <c>heuristic</c> or <c>bound</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string Kind(PredictionKind kind) => kind switch
    {
        PredictionKind.Exact => "exact",
        PredictionKind.Asymptotic => "asymptotic",
        PredictionKind.Heuristic => "heuristic",
        _ => "bound",
    };
}
