using System.Text.RegularExpressions;

namespace Eigenflow.Data;

/// <summary>Identifiers that become names of files: those that were read from a file are checked before any path is made of them.</summary>
public static partial class FileId
{
    /// <summary>The identifier, if it is the name of a file in its folder and nothing else.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="path">The file that it was read from.</param>
    /// <exception cref="InputFileException">It could be a path, an option or a hidden file.</exception>
    public static string Checked(string? id, string path) => IsAllowed(id)
        ? id!
        : throw new InputFileException(path, $"{ShellWord.Quoted(id ?? "")} is no identifier", "letters, digits, and . _ - behind the first, without ..");

    /// <summary>Whether a text is letters, digits, and . _ - behind the first, without two points in a row.</summary>
    /// <param name="id">The text.</param>
    public static bool IsAllowed(string? id) => id is not null && Allowed().IsMatch(id) && !id.Contains("..", StringComparison.Ordinal);

    // \z: $ would let a line feed at the end pass.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Allowed();
}
