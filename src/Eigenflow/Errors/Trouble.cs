using System.Reflection;

namespace Eigenflow;

/// <summary>What an error concerns, from the least to the most far-reaching.</summary>
internal enum TroubleKind
{
    /// <summary>The work was cancelled.</summary>
    Cancelled,

    /// <summary>The request itself: it ends like this everywhere and always.</summary>
    Request,

    /// <summary>A file that was given: it may be there, and right, another time.</summary>
    Input,

    /// <summary>The memory of this machine: another one may have more.</summary>
    Memory,

    /// <summary>The place of the results: nothing can be kept, whatever is computed.</summary>
    Disk,
}

/// <summary>The one place that tells errors of a request from those of the machine that works on it. Only the former are results.</summary>
/// <param name="Kind">What it concerns.</param>
/// <param name="Cause">The error itself; of several that were thrown side by side the most far-reaching, of those one that a user can mend, and the first of these.</param>
internal sealed record Trouble(TroubleKind Kind, Exception Cause)
{
    /// <summary>Its message on one line.</summary>
    public string Message => Cause.Message.ReplaceLineEndings(" ");

    /// <summary>Looks at an error, also within the collections of errors that parallel loops throw.</summary>
    /// <param name="exception">The error.</param>
    public static Trouble Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.Select(Of).MaxBy(trouble => (trouble.Kind, trouble.Cause is EigenflowException))!,
        InputFileException { IsOutput: true } or IOException or UnauthorizedAccessException => new(TroubleKind.Disk, exception),
        TooLargeException or OutOfMemoryException => new(TroubleKind.Memory, exception),
        InputFileException => new(TroubleKind.Input, exception),
        OperationCanceledException => new(TroubleKind.Cancelled, exception),
        TypeInitializationException { InnerException: { } inner } => Of(inner),
        TargetInvocationException { InnerException: { } inner } => Of(inner),
        _ => new(TroubleKind.Request, exception),
    };
}
