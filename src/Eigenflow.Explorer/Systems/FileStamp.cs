using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Settings;

namespace Eigenflow.Explorer.Systems;

/// <summary>The state of the files that a setting names: a solution is one of that state.</summary>
internal static class FileStamp
{
    private const string Prefix = "file:";

    /// <summary>Length and time of each file; empty where the setting names none.</summary>
    public static string Of(CompletedSetting run)
    {
        var stamp = "";
        foreach (var (_, value) in run.Values.Pairs)
        {
            if (value is null || Setting.Format(value) is not { } text || text.IndexOf(Prefix, StringComparison.Ordinal) is not (>= 0 and var start))
                continue;
            var path = text[(start + Prefix.Length)..];
            stamp += Look(path) ?? (path.LastIndexOf('*') is > 0 and var end ? Look(path[..end]) : null) ?? "?";
        }

        return stamp;
    }

    private static string? Look(string path)
    {
        try
        {
            // The array of an archive is named behind it.
            var info = new FileInfo(InputGate.Resolve(RowSource.FileOf(path)));
            return info.Exists ? string.Create(CultureInfo.InvariantCulture, $"{info.Length}:{info.LastWriteTimeUtc.Ticks};") : null;
        }
        catch (Exception exception) when (exception is EigenflowException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
