using System.Diagnostics;
using System.Text;
using Eigenflow.Data;

namespace Eigenflow.Studies;

/// <summary>
/// The names of the files in the folder of a sweep, looked at again and again: a folder is listed anew when its time of change differs from the one before, and again until a while after that, for changes within one tick of a clock.
/// Links are not followed, and only regular files count.
/// </summary>
internal sealed class StudyListing(string folder)
{
    private const int WholeEvery = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);
    private const int LargestClaim = 4096;
    private const int MostClaims = 4096;
    private const string Ending = ".parquet";
    private static readonly EnumerationOptions Names = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
    private static readonly HashSet<string> None = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shelf> shelves = new(StringComparer.Ordinal);
    private int looks;

    /// <summary>Identifiers of runs that have a file, by the folder in which it is.</summary>
    public IEnumerable<string> Runs => shelves.Where(pair => pair.Key.StartsWith("runs", StringComparison.Ordinal)).SelectMany(pair => pair.Value.Ids);

    /// <summary>Identifiers of runs with a record of an error.</summary>
    public IReadOnlySet<string> Failures => shelves.TryGetValue("failed", out var shelf) ? shelf.Ids : None;

    /// <summary>Runs on which somebody works.</summary>
    public int Running { get; private set; }

    /// <summary>When a folder changed last.</summary>
    public DateTime? Changed { get; private set; }

    /// <summary>Whether <c>runs</c> is a link, which is not followed.</summary>
    public bool HasLinkedRuns { get; private set; }

    /// <summary>Looks again.</summary>
    /// <returns>Whether names came or went.</returns>
    public bool Refresh()
    {
        var isWhole = looks++ % WholeEvery == 0;
        var runs = Path.Combine(folder, "runs");
        HasLinkedRuns = IsLink(runs);
        var changed = false;
        var present = new HashSet<string>(StringComparer.Ordinal) { "failed" };
        if (!HasLinkedRuns && Directory.Exists(runs))
        {
            foreach (var path in Directory.EnumerateDirectories(runs, "??", Names))
            {
                var name = "runs/" + Path.GetFileName(path);
                present.Add(name);
                changed |= Look(name, path, Ending, isWhole);
            }
        }

        changed |= Look("failed", Path.Combine(folder, "failed"), ".json", isWhole);
        foreach (var gone in shelves.Keys.Where(name => !present.Contains(name)).ToArray())
            changed |= shelves.Remove(gone);
        Running = CountRunning();
        return changed;
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private bool Look(string name, string path, string ending, bool isWhole)
    {
        var info = new DirectoryInfo(path);
        if (!info.Exists || info.LinkTarget is not null)
            return shelves.Remove(name);
        var time = info.LastWriteTimeUtc;
        if (Changed is not { } last || time > last)
            Changed = time;
        if (!isWhole && shelves.TryGetValue(name, out var known) && known.Time == time && known.IsSettled)
            return false;
        var ids = Directory.EnumerateFiles(path, "*" + ending, Names).Select(file => Path.GetFileNameWithoutExtension(file)).Where(IsId).ToHashSet(StringComparer.Ordinal);
        var before = shelves.GetValueOrDefault(name);

        // File systems count times in ticks of milliseconds to seconds: what comes in the tick of the last listing does not change the time.
        var since = before is not null && before.Time == time ? before.Since : Stopwatch.GetTimestamp();
        shelves[name] = new Shelf(time, since, Stopwatch.GetElapsedTime(since) > Tick, ids);
        return before is null ? ids.Count > 0 : !before.Ids.SetEquals(ids);
    }

    private static bool IsId(string name) => name.Length == 16 && name.All(char.IsAsciiHexDigitLower);

    // Claims whose owner is known to have ended are those of interrupted runs.
    private int CountRunning()
    {
        var work = new DirectoryInfo(Path.Combine(folder, "work"));
        if (!work.Exists || work.LinkTarget is not null)
            return 0;
        var ended = new Dictionary<string, bool>(StringComparer.Ordinal);
        return Directory.EnumerateFiles(work.FullName, "claim-*", Names).Take(MostClaims).Count(path => OwnerOf(path) is { } owner && !HasEnded(owner));

        bool HasEnded(string owner)
        {
            if (!ended.TryGetValue(owner, out var has))
                ended.Add(owner, has = ProcessIdentity.Parse(owner)?.HasEnded ?? false);
            return has;
        }
    }

    private static string? OwnerOf(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(InputFile.ReadAllBytes(path, "a claim", LargestClaim));
        }
        catch (Exception exception) when (exception is EigenflowException or IOException or UnauthorizedAccessException)
        {
            // It was given back meanwhile, or is none.
            return null;
        }
    }

    private sealed record Shelf(DateTime Time, long Since, bool IsSettled, HashSet<string> Ids);
}
