using System.Diagnostics;
using Eigenflow.Data;
using Eigenflow.Settings;

namespace Eigenflow.Studies;

/// <summary>
/// The folder of a sweep for somebody who looks at it while it fills: names are listed again and again, every file is read once, and figures are made of what has been read so far.
/// Nothing in the folder is written, no link is followed, and no file outside it is read. Safe for several threads.
/// </summary>
public sealed partial class LiveStudy
{
    private const int LargestStudy = 1 << 20;
    private const int LargestPlan = 1 << 28;
    private const int LargestRecord = 1 << 16;

    // Of all studies together: a folder that was forgotten and is opened again never has a version that somebody was told of it before.
    private static long changes;
    private readonly string folder;
    private readonly Lock gate = new();
    private readonly RunStore store;
    private readonly RunReading reading;
    private readonly StudyListing listing;
    private readonly SweepRate rate = new(TimeProvider.System);
    private readonly Dictionary<string, (string Error, bool IsOwn, DateTime Time)> failures = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (DateTime Time, string Reason)> damaged = [];
    private readonly SortedSet<int> waiting = [];
    private (DateTime Time, long Length) stamp;
    private Study? study;
    private Dictionary<string, int> places = new(StringComparer.Ordinal);
    private CollectedRun?[] runs = [];
    private bool[] present = [];
    private int presentCount, strangers, read, diverged;
    private long version;
    private StudyProgress? last;
    private long lastTime;

    /// <summary>Looks at a folder; nothing is read yet.</summary>
    /// <param name="folder">The folder of a sweep.</param>
    public LiveStudy(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        this.folder = Path.GetFullPath(folder);
        store = new RunStore(this.folder);
        reading = new RunReading(store);
        listing = new StudyListing(this.folder);
    }

    /// <summary>What was looked at so short a time ago is not looked at again, however many ask.</summary>
    internal TimeSpan KeptFor { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Looks again, and reads files of runs that came since, for a limited time: the next look goes on.</summary>
    /// <param name="budget">Time for reading files; zero lists only.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EigenflowException">The folder holds no study that can be read.</exception>
    public StudyProgress Refresh(TimeSpan budget, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            if (last is { } known && Stopwatch.GetElapsedTime(lastTime) < KeptFor && (known.IsRead || budget == TimeSpan.Zero))
                return known;
            try
            {
                var isNew = LoadStudy();
                if (listing.Refresh() || isNew)
                    Place();
                ReadFailures();
                Read(budget, cancellation);
                rate.See(presentCount + failures.Count);
                last = Progress();
                lastTime = Stopwatch.GetTimestamp();
                return last;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw store.Refused(exception);
            }
        }
    }

    private bool LoadStudy()
    {
        var file = new FileInfo(store.StudyFile);
        if (!file.Exists || file.LinkTarget is not null)
        {
            throw new InputFileException(
                folder, file.Exists ? "its study.toml is a link, which is not followed" : "there is no study.toml in it", "the folder of a sweep, such as results/exponents, in which the file itself stands");
        }

        if (study is not null && stamp == (file.LastWriteTimeUtc, file.Length))
            return false;
        var time = (file.LastWriteTimeUtc, file.Length);
        var source = InputFile.ReadAllBytes(store.StudyFile, "a study file", LargestStudy);
        if (study is not null && study.Source.AsSpan().SequenceEqual(source))
        {
            stamp = time;
            return false;
        }

        var plan = Bytes(store.PlanFile, LargestPlan) is { } bytes ? KeptPlan.Read(bytes, source) : null;
        study = Study.Parse(source, store.StudyFile, plan, readsInputs: false);
        stamp = time;
        places = new Dictionary<string, int>(study.Runs.Count, StringComparer.Ordinal);
        foreach (var (place, run) in study.Runs.Index())
            places[run.Id] = place;
        runs = new CollectedRun?[study.Runs.Count];
        present = new bool[runs.Length];
        (read, diverged, menu) = (0, 0, null);
        damaged.Clear();
        waiting.Clear();
        MarkChange();
        return true;
    }

    // Which runs of the plan have their file now.
    private void Place()
    {
        var now = new bool[runs.Length];
        (presentCount, strangers) = (0, 0);
        foreach (var id in listing.Runs)
        {
            if (!places.TryGetValue(id, out var place))
            {
                strangers++;
                continue;
            }

            now[place] = true;
            presentCount++;
        }

        for (var place = 0; place < now.Length; place++)
        {
            if (now[place] && !present[place])
            {
                waiting.Add(place);
            }
            else if (!now[place] && present[place])
            {
                // It was set aside or deleted.
                waiting.Remove(place);
                damaged.Remove(place);
                if (runs[place] is { } gone)
                    (read, diverged, runs[place]) = (read - 1, diverged - (IsDiverged(gone) ? 1 : 0), null);
            }
        }

        present = now;
        MarkChange();
    }

    private void ReadFailures()
    {
        var ids = listing.Failures;
        foreach (var gone in failures.Keys.Where(id => !ids.Contains(id) || IsDone(id)).ToArray())
        {
            failures.Remove(gone);
            MarkChange();
        }

        foreach (var id in ids)
        {
            if (!places.ContainsKey(id) || IsDone(id))
                continue;
            var path = store.FailureOf(id);
            var time = File.GetLastWriteTimeUtc(path);
            if (failures.TryGetValue(id, out var known) && known.Time == time)
                continue;
            var (error, isOwn) = Bytes(path, LargestRecord) is { } bytes ? RunStore.FailureIn(bytes) : ("the record of the error cannot be read", false);
            failures[id] = (error, isOwn, time);
            MarkChange();
        }

        bool IsDone(string id) => places.TryGetValue(id, out var place) && present[place];
    }

    private void Read(TimeSpan budget, CancellationToken cancellation)
    {
        // A damaged file that has been replaced is read again.
        foreach (var (place, known) in damaged.ToArray())
        {
            if (File.GetLastWriteTimeUtc(store.PathOf(study!.Runs[place].Id)) != known.Time)
            {
                damaged.Remove(place);
                waiting.Add(place);
            }
        }

        const int batch = 16;
        var clock = Stopwatch.StartNew();
        while (waiting.Count > 0 && clock.Elapsed < budget)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] places = [.. waiting.Take(batch)];
            var found = new (CollectedRun? Run, DateTime Time, string Reason)[places.Length];
            ParallelWork.ForEach(Enumerable.Range(0, places.Length), Math.Max(1, Environment.ProcessorCount / 2), k =>
            {
                var run = study!.Runs[places[k]];
                var time = File.GetLastWriteTimeUtc(store.PathOf(run.Id));
                try
                {
                    found[k] = (reading.Summary(study, run), time, "");
                }
                catch (FormatException exception)
                {
                    found[k] = (null, time, exception.Message);
                }
            });
            foreach (var (k, (run, time, reason)) in found.Index())
            {
                waiting.Remove(places[k]);
                if (run is null)
                {
                    damaged[places[k]] = (time, reason);
                    continue;
                }

                runs[places[k]] = run;
                read++;
                diverged += IsDiverged(run) ? 1 : 0;
            }

            MarkChange();
        }
    }

    private void MarkChange() => version = Interlocked.Increment(ref changes);

    private static bool IsDiverged(CollectedRun run) => string.Equals(run.Status, "diverged", StringComparison.Ordinal);

    private static byte[]? Bytes(string path, int largest)
    {
        var file = new FileInfo(path);
        try
        {
            return file.Exists && file.LinkTarget is null ? InputFile.ReadAllBytes(path, "a file of a sweep", largest) : null;
        }
        catch (EigenflowException)
        {
            // It came and went, or is none.
            return null;
        }
    }
}
