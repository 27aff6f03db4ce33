namespace Eigenflow;

/// <summary>A file that was given as input cannot be read or does not hold what was expected.</summary>
public sealed class InputFileException : EigenflowException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="problem">What is wrong with it, such as <c>'abc' is not a number</c>.</param>
    /// <param name="expected">What was expected there.</param>
    /// <param name="line">1-based line number, or 0 when the format has no lines.</param>
    /// <param name="inner">The cause.</param>
    public InputFileException(string path, string problem, string expected, long line = 0, Exception? inner = null)
        : base((line > 0 ? $"{path}, line {line}: " : $"{path}: ") + $"{problem}; expected {expected}.", inner)
    {
        Path = path;
        Line = line;
    }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    /// <summary>1-based line number, or 0.</summary>
    public long Line { get; }

    /// <summary>Whether it is a file or folder that was to be written, and not one that was given.</summary>
    public bool IsOutput { get; init; }
}
