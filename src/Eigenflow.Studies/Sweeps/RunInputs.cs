using System.Security.Cryptography;
using Eigenflow.Data;

using Eigenflow.Settings;
namespace Eigenflow.Studies;

/// <summary>The files that a setting names: a run is named by their contents, and its results are only kept if they still have them.</summary>
internal static class RunInputs
{
    private const string Prefix = "file:";

    /// <summary>The file that a value of a setting names, or null.</summary>
    public static string? FileOf(object? value) => value is string text && text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : null;

    /// <summary>SHA-256 of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parameter">The parameter that names it.</param>
    /// <exception cref="InputFileException">It cannot be read.</exception>
    public static string HashOf(string file, string parameter)
    {
        try
        {
            using var stream = InputFile.Open(file, $"the file of the parameter {parameter}");
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw InputFile.Unreadable(file, $"the file of the parameter {parameter}", exception);
        }
    }

    /// <summary>Compares the files of a run with those that it is named by.</summary>
    /// <exception cref="InputFileException">One cannot be read, or holds something else by now.</exception>
    public static void Check(StudyRun run)
    {
        foreach (var (name, hash) in run.InputHashes)
        {
            if (FileOf(run.Setting[name]) is { } file && !string.Equals(HashOf(file, name), hash, StringComparison.Ordinal))
                throw new InputFileException(file, $"it has changed since the study was read (SHA-256 {hash[..16]}…), so that this run is not kept", "the same file as then; the same command computes new runs for the file as it is now");
        }
    }

    /// <summary>The error of a run, or that of its files where one of them is not what it was: then the former says nothing.</summary>
    public static Trouble Judge(StudyRun run, Trouble trouble)
    {
        if (trouble.Kind != TroubleKind.Request || run.InputHashes.Count == 0)
            return trouble;
        try
        {
            Check(run);
            return trouble;
        }
        catch (InputFileException exception)
        {
            return Trouble.Of(exception);
        }
    }
}
