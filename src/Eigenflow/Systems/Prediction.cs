namespace Eigenflow.Systems;

/// <summary>How much a predicted number promises.</summary>
public enum PredictionKind
{
    /// <summary>An identity of the model, up to rounding.</summary>
    Exact,

    /// <summary>True in a limit; the validity window says which.</summary>
    Asymptotic,

    /// <summary>An approximation without a proven error.</summary>
    Heuristic,

    /// <summary>An upper or lower bound.</summary>
    Bound,
}

/// <summary>A number that theory states in advance.</summary>
/// <param name="Name">Name as hosts spell it, such as <c>escape-rate</c>.</param>
/// <param name="Symbol">Symbol in the field's notation.</param>
/// <param name="Value">The number; NaN is never used: a prediction that does not exist is left out.</param>
/// <param name="Kind">What it promises.</param>
/// <param name="Source">Paper and equation, or <c>derived</c> with where.</param>
/// <param name="Validity">Window in which it holds, in words; empty when everywhere.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Unit">Unit, or empty.</param>
public sealed record Prediction(
    string Name, string Symbol, double Value, PredictionKind Kind, string Source, string Validity, string Meaning, string Unit = "");
