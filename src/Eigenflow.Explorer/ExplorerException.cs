namespace Eigenflow.Explorer;

/// <summary>The explorer cannot be opened, or refuses a request, for a reason that the user can mend.</summary>
/// <param name="message">One line: what was wrong, what is allowed, what to do.</param>
public sealed class ExplorerException(string message) : EigenflowException(message)
{
    /// <summary>The status of the answer; 422 by default.</summary>
    public int Status { get; init; } = 422;

    /// <summary>When to try again, where that helps.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
