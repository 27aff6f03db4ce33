namespace Eigenflow;

/// <summary>
/// The base of every error that a user can cause and mend. Its message is one line that says what was wrong,
/// what is allowed and what to do; hosts print it as it is and never show a stack trace.
/// </summary>
public abstract class EigenflowException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One line; characters from input that are not shown are replaced (<see cref="PrintableText"/>), so that a terminal shows it as one line.</param>
    /// <param name="inner">The cause, if another exception was it.</param>
    protected EigenflowException(string message, Exception? inner = null)
        : base(PrintableText.Line(message), inner)
    {
    }
}
