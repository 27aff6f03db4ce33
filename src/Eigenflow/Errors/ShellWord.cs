using System.Buffers;

namespace Eigenflow;

/// <summary>Words of a command line that a message shows, so that it can be typed as it is printed.</summary>
public static class ShellWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%^…");

    /// <summary>The word, in single quotes where a shell would read it otherwise.</summary>
    /// <param name="word">A value, a path or the name of a column.</param>
    public static string Quoted(string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
