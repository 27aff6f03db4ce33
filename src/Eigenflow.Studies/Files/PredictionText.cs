using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>The words in which predictions are written.</summary>
public static class PredictionText
{
    /// <summary>The label <c>exact</c>, <c>asymptotic</c>, <c>heuristic</c>, <c>numerical</c> or <c>bound</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string Kind(PredictionKind kind) => kind switch
    {
        PredictionKind.Exact => "exact",
        PredictionKind.Asymptotic => "asymptotic",
        PredictionKind.Heuristic => "heuristic",
        PredictionKind.Numerical => "numerical",
        _ => "bound",
    };

    /// <summary>The words <c>in window</c>, <c>out of window</c>, <c>withheld</c>, or <c>not checked</c> where no condition can be computed.</summary>
    /// <param name="status">The status.</param>
    public static string Window(WindowStatus status) => status switch
    {
        WindowStatus.Inside => "in window",
        WindowStatus.Outside => "out of window",
        WindowStatus.Withheld => "withheld",
        _ => "not checked",
    };

    /// <summary>The methods of whose curves it speaks, such as <c>gd, full-gd</c>; empty where it is of the problem, or of all of them.</summary>
    /// <param name="prediction">The prediction.</param>
    public static string Methods(Prediction prediction) => string.Join(", ", prediction.Methods);

    /// <summary>The status, and outside the window why, such as <c>out of window (T₁/T₂ = 0.4, must be &lt;= 0.1)</c>.</summary>
    /// <param name="prediction">The prediction.</param>
    public static string Status(Prediction prediction) => prediction.Reason.Length == 0 ? Window(prediction.Window) : $"{Window(prediction.Window)} ({prediction.Reason})";
}
