using System.Text.Json.Serialization;

namespace Eigenflow.Explorer.Shapes;

/// <summary>A prediction; without a value it is withheld. Kinds: exact, asymptotic, heuristic, bound, numerical; windows: inside, outside, withheld, unchecked. Methods are those of whose curves it speaks; none: all.</summary>
internal sealed record PredictionShape(
    string Name, string Words, string Symbol, string Unit, string Kind, string Source, string Validity, string Meaning, string[] Methods, string Window, string Reason, double? Value = null, string? Text = null, string? Shown = null, MeasuredShape? Measured = null);

/// <summary>What a curve shows of a prediction.</summary>
internal sealed record MeasuredShape(double Value, double Half, double Predicted, string PredictedText, string Text, string Place, double? Difference = null, string? DifferenceText = null, string? Verdict = null);

/// <summary>A task that draws figures of a paper and checks its claims; the summary counts the verdicts of one that was done.</summary>
internal sealed record ClaimTaskShape(string Id, string Title, int[] Figures, double Seconds, bool IsBeyond, string? Summary = null);

/// <summary>Events of a task: progress, done, error.</summary>
internal sealed record ClaimEventsShape(ProgressShape? Progress = null, ClaimResultShape? Done = null, RefusalShape? Error = null);

/// <summary>The claims of a task, with its figures.</summary>
internal sealed record ClaimResultShape(string Summary, ClaimShape[] Claims, FigureShape[] Figures);

/// <summary>A claim. Numbers that do not exist, or are not finite, are null or words.</summary>
internal sealed record ClaimShape(
    string Id, string Statement, string Verdict, object? Predicted, object? Measured, object? Uncertainty, string Tolerance, string Kind, string Source, string Obtained, string? Interval, string Window,
    HorizonShape? Horizon, ScaleShape[] Scale, string? Reason, string PredictedText, string MeasuredText, string ToleranceText, string Tested);

/// <summary>The time until which a claim was tested.</summary>
internal sealed record HorizonShape(string Symbol, object? Tested, object? Claimed, [property: JsonPropertyName("all-times")] bool AllTimes);

/// <summary>The size at which a claim was tested.</summary>
internal sealed record ScaleShape(string Quantity, object? Tested, object? Claimed);
