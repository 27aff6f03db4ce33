using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>All runs of a study as they stand in its folder, with what is derived from them.</summary>
public sealed class StudyResults
{
    private StudyResults(Study study, string folder, IReadOnlyList<CollectedRun> runs, IReadOnlyList<string> damaged) => (Study, Folder, Runs, Damaged) = (study, folder, runs, damaged);

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Runs that have their file.</summary>
    public int Done => Runs.Count(run => run.Record is not null);

    /// <summary>Runs that ended with an error.</summary>
    public int Failed => Runs.Count(run => run.Record is null && run.Error.Length > 0);

    /// <summary>Runs without file or error.</summary>
    public int Missing => Runs.Count - Done - Failed;

    /// <summary>Files that cannot be read, with the reason: they count as missing.</summary>
    public IReadOnlyList<string> Damaged { get; }

    internal IReadOnlyList<CollectedRun> Runs { get; }

    /// <summary>Reads the study that a folder holds, and its runs.</summary>
    /// <param name="folder">The folder of a sweep.</param>
    /// <param name="keepsColumns">Whether all columns of all trajectories stay in memory; otherwise those that figures show.</param>
    /// <param name="progress">Receives the fraction, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EigenflowException">The folder holds no study, or cannot be read.</exception>
    public static StudyResults Read(string folder, bool keepsColumns = false, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        var study = new RunStore(folder).KeptStudy() ?? throw new InputFileException(folder, "there is no study.toml in it", "the folder of a sweep, such as results/exponents");
        return Read(study, folder, keepsColumns, progress, cancellation);
    }

    /// <summary>Runs that have been read already.</summary>
    internal static StudyResults Of(Study study, string folder, IReadOnlyList<CollectedRun> runs) => new(study, folder, runs, []);

    /// <summary>Refuses to put results without a single run in the place of those that an earlier call has written.</summary>
    /// <param name="path">A file that is to be written.</param>
    /// <exception cref="InputFileException">There is one, and no run.</exception>
    internal void RequireSomeFor(string path)
    {
        if (Done == 0 && File.Exists(path))
        {
            throw new InputFileException(
                path, $"it is kept as it is, as none of the {Runs.Count} runs of the study is in {Folder} now", "runs that eigenflow sweep with the same study, the same input files and the same version has computed; or delete the file")
            { IsOutput = true };
        }
    }

    /// <summary>Reads the runs of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The folder of its runs.</param>
    /// <param name="keepsColumns">Whether all columns of all trajectories stay in memory.</param>
    /// <param name="progress">Receives the fraction, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public static StudyResults Read(Study study, string folder, bool keepsColumns = false, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var store = new RunStore(folder);
        var shown = study.Figures.Where(figure => figure.ShowsTrajectories).SelectMany(figure => figure.Y.Concat(figure.Lines).Append(figure.X)).SelectMany(formula => formula.Names)
            .SelectMany(name => new[] { name, name + "-q10", name + "-q90" }).ToHashSet(StringComparer.Ordinal);
        var runs = new CollectedRun[study.Runs.Count];
        var problems = new string?[study.Runs.Count];
        var count = 0;
        ParallelWork.ForEach(Enumerable.Range(0, runs.Length), Environment.ProcessorCount, position =>
        {
            cancellation.ThrowIfCancellationRequested();
            var run = study.Runs[position];
            RunRecord? record = null;
            try
            {
                if (store.Guard(() => store.Files.Read(store.PathOf(run.Id))) is { } bytes)
                {
                    record = RunFile.Read(bytes);
                    if (!string.Equals(record.Id, run.Id, StringComparison.Ordinal))
                        throw new FormatException($"it is the file of run {record.Id}");
                }
            }
            catch (FormatException exception)
            {
                record = null;
                problems[position] = $"{store.PathOf(run.Id)}: {exception.Message}";
            }

            var collected = new CollectedRun(run, record, record is null ? store.ErrorOf(run.Id) ?? "" : "");
            if (record is not null)
                DerivedValues.Evaluate(study, collected);
            if (!keepsColumns)
                collected.Keep(shown);
            runs[position] = collected;
            progress?.Report(new Progress((double)Interlocked.Increment(ref count) / runs.Length, "reading runs"));
        });
        return new StudyResults(study, folder, runs, [.. problems.OfType<string>()]);
    }
}
