using System.Diagnostics;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>How reproducing a paper ended.</summary>
/// <param name="Sections">The finished tasks, in the order of the paper.</param>
/// <param name="Failures">Tasks that ended with an error, with its message.</param>
/// <param name="IsCancelled">Whether it was interrupted.</param>
/// <param name="ReportPath">The report, or null when it was interrupted.</param>
public sealed record ReproductionOutcome(
    IReadOnlyList<ReportSection> Sections, IReadOnlyList<(ReproductionTask Task, string Message)> Failures, bool IsCancelled, string? ReportPath)
{
    /// <summary>All claims that were checked.</summary>
    public IReadOnlyList<Claim> Claims => [.. Sections.SelectMany(section => section.Result.Claims)];

    /// <summary>Whether every task finished and no claim fails; claims that are out of window, inconclusive or reduced are told and no failure.</summary>
    public bool Succeeds => !IsCancelled && Failures.Count == 0 && Claims.All(claim => claim.Verdict != Verdict.Fails);
}

/// <summary>A task has ended: what a host tells its user.</summary>
/// <param name="Task">The task.</param>
/// <param name="Result">What it gave.</param>
/// <param name="Seconds">Seconds that it took, or null when it was there already.</param>
public sealed record ReproductionStep(ReproductionTask Task, ReproductionResult Result, double? Seconds);

/// <summary>
/// Reproduces a paper: runs its tasks side by side, the heaviest first, writes each figure (PNG, SVG, CSV), table and claim as soon as its task has finished, and
/// one report at the end. What an earlier call with the same code finished in the folder is kept, so that the same call continues an interrupted one.
/// </summary>
public sealed class ReproductionRunner
{
    /// <summary>The system.</summary>
    public required ISystem System { get; init; }

    /// <summary>The tasks to run; all of the system's by default.</summary>
    public IReadOnlyList<ReproductionTask>? Tasks { get; init; }

    /// <summary>The folder to write to.</summary>
    public required string Folder { get; init; }

    /// <summary>The command that the report names.</summary>
    public string Command { get => field ?? $"eigenflow reproduce {System.Id}"; init; }

    /// <summary>Name of the report file in the folder.</summary>
    public string ReportName { get; init; } = "report.html";

    /// <summary>Size and theme of the pictures.</summary>
    public RenderOptions Pictures { get; init; } = new();

    /// <summary>Tasks at the same time. The results do not depend on it.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether results that are there already are made again.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Runs.</summary>
    /// <param name="progress">Receives the fraction of the expected work, or null.</param>
    /// <param name="finished">Told of every task that has ended, from any thread but never twice at once; or null.</param>
    /// <param name="cancellation">Ends it; finished tasks stay.</param>
    /// <exception cref="EigenflowException">The folder cannot be written.</exception>
    public ReproductionOutcome Run(IProgress<Progress>? progress = null, Action<ReproductionStep>? finished = null, CancellationToken cancellation = default)
    {
        var tasks = Tasks ?? System.Reproduction;
        AtomicFile.PrepareFolder(Folder);
        var store = new ReproductionStore(Folder, Pictures);
        var results = new ReproductionResult?[tasks.Count];
        var failures = new List<(ReproductionTask, string)>();
        var gate = new Lock();
        var kept = Enumerable.Range(0, tasks.Count).ToDictionary(index => index, index => IsFresh ? null : store.Find(tasks[index]));
        foreach (var (index, result) in kept)
        {
            if (result is null)
                continue;
            results[index] = result;
            finished?.Invoke(new ReproductionStep(tasks[index], result, null));
        }

        var missing = kept.Where(pair => pair.Value is null).Select(pair => pair.Key).OrderByDescending(index => tasks[index].Weight).ToArray();
        var total = progress is null || missing.Length == 0 ? null : new SharedProgress(progress, [.. missing.Select(index => tasks[index].Weight)]);
        ParallelWork.ForEach(Enumerable.Range(0, missing.Length), Workers, position =>
        {
            if (cancellation.IsCancellationRequested)
                return;
            var task = tasks[missing[position]];
            var part = total?.Part(position, task.Title);
            var clock = Stopwatch.StartNew();
            try
            {
                var result = task.Run(part, cancellation);
                cancellation.ThrowIfCancellationRequested();
                store.Save(task, result);
                results[missing[position]] = result;
                part?.Report(new Progress(1, task.Title));
                lock (gate)
                    finished?.Invoke(new ReproductionStep(task, result, clock.Elapsed.TotalSeconds));
            }
            catch (Exception exception) when (Trouble.Of(exception) is { Kind: not TroubleKind.Disk } trouble)
            {
                // Interrupted within this task: the next call makes it.
                if (trouble.Kind == TroubleKind.Cancelled && cancellation.IsCancellationRequested)
                    return;

                // One task that cannot be made must not take the others with it; the host reports it.
                lock (gate)
                    failures.Add((task, trouble.Message));
            }
        });

        var sections = new List<ReportSection>();
        for (var index = 0; index < tasks.Count; index++)
        {
            if (results[index] is { } result)
                sections.Add(new ReportSection(tasks[index].Id, tasks[index].Title, result));
        }

        var outcome = new ReproductionOutcome(sections, failures, cancellation.IsCancellationRequested, null);
        return outcome.IsCancelled ? outcome : outcome with { ReportPath = WriteReport(outcome) };
    }

    private string WriteReport(ReproductionOutcome outcome)
    {
        AtomicFile.WriteText(Path.Combine(Folder, Path.ChangeExtension(ReportName, ".claims.csv")), CsvText.Claims(outcome.Claims));
        var path = Path.Combine(Folder, ReportName);
        AtomicFile.WriteText(path, HtmlReport.Render(new ReportContent
        {
            Title = System.Title,
            Summary = System.Summary,
            Sections = outcome.Sections,
            Citations = System.Citations,
            Version = Product.Version,
            Provenance =
            [
                new("Command", Command),
                new("Determinism", "Every number follows from the fixed seeds in the tasks; the number of threads has no influence."),
                new("Linear algebra", Numerics.Dense.DenseAlgebra.Best.Name),
            ],
        }));
        return path;
    }
}
