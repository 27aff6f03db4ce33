namespace Eigenflow.Studies;

/// <summary>A study file says something that is not allowed; the message names the file and the line.</summary>
public sealed class StudyFileException : EigenflowException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="line">1-based line number.</param>
    /// <param name="message">What is wrong, what is allowed, and what to do: a sentence with its full stop.</param>
    /// <param name="inner">The cause.</param>
    public StudyFileException(string path, int line, string message, Exception? inner = null)
        : base(FormattableString.Invariant($"{path}, line {line}: {message}"), inner)
    {
        Path = path;
        Line = line;
    }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    /// <summary>1-based line number.</summary>
    public int Line { get; }
}
