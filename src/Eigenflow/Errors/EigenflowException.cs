namespace Eigenflow;

/// <summary>
/// The base of every error that a user can cause and mend. Its message is one line that says what was wrong,
/// what is allowed and what to do; hosts print it as it is and never show a stack trace.
/// </summary>
public abstract class EigenflowException : Exception
{
    // Names and values of input may be megabytes.
    private const int Longest = 4000;

    /// <summary>Makes the error.</summary>
    /// <param name="message">One line; characters from input that are not shown are replaced (<see cref="PrintableText"/>), so that a terminal shows it as one line; the middle of a very long one is left out.</param>
    /// <param name="inner">The cause, if another exception was it.</param>
    protected EigenflowException(string message, Exception? inner = null)
        : base(OneLine(message), inner)
    {
    }

    private static string OneLine(string message) => PrintableText.Line(
        message.Length > Longest ? $"{message.AsSpan(0, Longest / 2)} … {message.AsSpan(message.Length - (Longest / 2))}" : message);
}
