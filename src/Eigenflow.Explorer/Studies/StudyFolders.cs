using System.Diagnostics;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Studies;

namespace Eigenflow.Explorer.Studies;

/// <summary>A folder that holds the results of a study.</summary>
/// <param name="Path">Its path below the folder of the explorer.</param>
/// <param name="Title">Title of the study; empty where that is not known.</param>
/// <param name="System">Identifier of its system; empty where that is not known.</param>
/// <param name="Progress">Where it stands; null where that is not known.</param>
/// <param name="Error">Why it cannot be read, or empty.</param>
internal sealed record StudyFolder(string Path, string Title, string System, StudyProgress? Progress, string Error);

/// <summary>Finds the results of sweeps below the folder of the explorer: a walk that is bounded in depth, folders and time, and follows no links.</summary>
/// <param name="gate">The folder.</param>
/// <param name="shelf">The studies.</param>
internal sealed class StudyFolders(FolderGate gate, StudyShelf shelf)
{
    private const int DeepestLevel = 6;
    private const int MostFolders = 20_000;
    private const int MostStudies = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    private static readonly EnumerationOptions Names = new() { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = true };

    // The folders within the results of a sweep, and those of programs.
    private static readonly HashSet<string> Passed = new(StringComparer.Ordinal) { "node_modules", "bin", "obj" };

    /// <summary>What was found, the last change first, and whether the walk came to its end.</summary>
    public (IReadOnlyList<StudyFolder> Studies, bool IsWhole) Find(CancellationToken cancellation)
    {
        if (gate.Root is not { } root)
            return ([], true);
        var clock = Stopwatch.StartNew();
        var waiting = new Queue<(string Path, int Level)>([(root, 0)]);
        var found = new List<string>();
        var visited = 0;
        while (waiting.Count > 0 && visited < MostFolders && found.Count < MostStudies && clock.Elapsed < Longest)
        {
            cancellation.ThrowIfCancellationRequested();
            var (path, level) = waiting.Dequeue();
            visited++;
            if (File.Exists(Path.Combine(path, "study.toml")))
            {
                found.Add(Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));
                continue;
            }

            if (level == DeepestLevel)
                continue;
            foreach (var inner in Directory.EnumerateDirectories(path, "*", Names).Take(MostFolders))
            {
                if (!Passed.Contains(Path.GetFileName(inner)))
                    waiting.Enqueue((inner, level + 1));
            }
        }

        var isWhole = waiting.Count == 0;
        return ([.. found.Select(path => Look(path, clock, cancellation)).OrderByDescending(study => study.Progress?.Changed ?? DateTime.MinValue).ThenBy(study => study.Path, StringComparer.Ordinal)], isWhole);
    }

    // A plan is read to count its runs; those for which there is no time are named alone.
    private StudyFolder Look(string path, Stopwatch clock, CancellationToken cancellation)
    {
        if (clock.Elapsed > Longest)
            return new StudyFolder(path, "", "", null, "");
        try
        {
            return shelf.Ask(() =>
            {
                var study = shelf.Open(path);
                var progress = study.Refresh(TimeSpan.Zero, cancellation);
                return new StudyFolder(path, study.Title, study.SystemId, progress, "");
            });
        }
        catch (EigenflowException exception)
        {
            return new StudyFolder(path, "", "", null, exception.Message);
        }
    }
}
