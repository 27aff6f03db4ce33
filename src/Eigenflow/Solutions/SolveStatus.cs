namespace Eigenflow.Solutions;

/// <summary>How a solve ended.</summary>
public enum SolveOutcome
{
    /// <summary>The whole requested range was covered.</summary>
    Completed,

    /// <summary>The trajectory left every bound; it is kept up to there.</summary>
    Diverged,

    /// <summary>The solver could not go on, for a reason that the message states; the trajectory is kept up to there.</summary>
    Failed,

    /// <summary>The caller cancelled; the trajectory is kept up to there.</summary>
    Cancelled,
}

/// <summary>How a solve ended, with what to do about it where it did not complete.</summary>
/// <param name="Outcome">The kind of ending.</param>
/// <param name="Message">Empty when completed, otherwise one line: what happened, where, and the remedy.</param>
public sealed record SolveStatus(SolveOutcome Outcome, string Message = "")
{
    /// <summary>The status of a solve that covered the whole range.</summary>
    public static SolveStatus Completed { get; } = new(SolveOutcome.Completed);

    /// <summary>The word that hosts print: <c>completed</c>, <c>diverged</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public string Word => Outcome switch
    {
        SolveOutcome.Completed => "completed",
        SolveOutcome.Diverged => "diverged",
        SolveOutcome.Failed => "failed",
        _ => "cancelled",
    };
}
