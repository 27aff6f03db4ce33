using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Eigenflow.Studies;
using Eigenflow.Systems;

[assembly: AssemblyFixture(typeof(Eigenflow.EndToEnd.SharedReports))]

namespace Eigenflow.EndToEnd;

/// <summary>
/// Reproductions take longest: each is made once, by the command as the pages have it, whatever pages and tests ask for it, and two at a time at most: parts of each have work for the whole machine, and others for one processor.
/// </summary>
public sealed partial class SharedReports : TemporaryFolder
{
    private const string Beyond = " --beyond";
    private readonly ConcurrentDictionary<string, Lazy<Task<(CommandResult, double)>>> runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, ReproductionResult>>>> results = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(2, 2);
    private readonly Lazy<PageShell> shell;

    /// <summary>Makes the folder; commands run when they are asked for.</summary>
    public SharedReports() => shell = new(() => new PageShell(Folder));

    /// <summary>The folder <c>reports</c> that the commands have written, one folder a system.</summary>
    public string Reports => Directory.CreateDirectory(Path.Combine(Folder, "reports")).FullName;

    /// <summary>What a command reproduces: a system, or what goes beyond its paper (<c>SYSTEM --beyond</c>), in each case all of it without other options; or null.</summary>
    /// <param name="command">A line of a page, without <c>./</c>.</param>
    public static string? SubjectOf(string command) => Whole().Match(command) is { Success: true } match ? match.Groups["subject"].Value : null;

    /// <summary>What the command gave, with its processor time.</summary>
    /// <param name="subject">Name of the system, with <c> --beyond</c> for what goes beyond its paper.</param>
    internal Task<(CommandResult Result, double Seconds)> Reproduced(string subject) => runs.GetOrAdd(subject, _ => new(() => Run(subject))).Value;

    /// <summary>The result of a task as the command has stored it.</summary>
    /// <param name="system">Name of the system.</param>
    /// <param name="task">Name of the task.</param>
    internal async Task<ReproductionResult> Result(string system, string task)
    {
        var subject = SystemCatalog.Find(system).Beyond.Any(one => one.Id == task) ? system + Beyond : system;
        return (await results.GetOrAdd(subject, _ => new(() => Read(subject))).Value).GetValueOrDefault(task)
            ?? throw new InvalidOperationException($"The command has not made '{task}' of {system}: {(await Reproduced(subject)).Result.Error}");
    }

    private async Task<(CommandResult, double)> Run(string subject)
    {
        await turn.WaitAsync();
        try
        {
            return await shell.Value.Run("eigenflow reproduce " + subject);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyDictionary<string, ReproductionResult>> Read(string subject)
    {
        await Reproduced(subject);
        var isBeyond = subject.EndsWith(Beyond, StringComparison.Ordinal);
        var system = SystemCatalog.Find(isBeyond ? subject[..^Beyond.Length] : subject);
        var again = new List<string>();
        var outcome = new ReproductionRunner { System = system, Tasks = isBeyond ? system.Beyond : system.Reproduction, Folder = Path.Combine(Reports, system.Id), ReportName = "read.html" }.Run(null, step =>
        {
            if (step.Seconds is not null)
                again.Add(step.Task.Id);
        });

        // A published program is another build, and what another build has made is not kept.
        if (CommandProcess.Published is null)
            again.ShouldBeEmpty();
        return outcome.Sections.ToDictionary(section => section.Id, section => section.Result, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^eigenflow reproduce (?<subject>[a-z-]+( --beyond)?)\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();
}
