namespace Eigenflow.Studies;

/// <summary>A figure was asked for that cannot be made of a study.</summary>
/// <param name="message">One line: what is wrong, what is allowed, what to do.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class StudyRequestException(string message, Exception? inner = null) : EigenflowException(message, inner);
