using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>A learning curve with the predictions of its setting.</summary>
/// <param name="Solution">The curve.</param>
/// <param name="Predictions">The predictions.</param>
public sealed record PredictedCurve(Solution Solution, IReadOnlyList<Prediction> Predictions);
