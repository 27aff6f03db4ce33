using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Eigenflow.Studies;
using Eigenflow.Systems;

[assembly: AssemblyFixture(typeof(Eigenflow.EndToEnd.SharedReports))]

namespace Eigenflow.EndToEnd;

/// <summary>
/// Reproductions take longest: each is made once, by the command as the pages have it, whatever pages and tests ask for it, and one after the other, since each has work for the whole machine.
/// </summary>
public sealed partial class SharedReports : TemporaryFolder
{
    private readonly ConcurrentDictionary<string, Lazy<Task<(CommandResult, double)>>> runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, ReproductionResult>>>> results = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);
    private PageShell? shell;

    /// <summary>The folder <c>reports</c> that the commands have written, one folder a system.</summary>
    public string Reports => Directory.CreateDirectory(Path.Combine(Folder, "reports")).FullName;

    /// <summary>The system of a command that reproduces all of it without options, or null.</summary>
    /// <param name="command">A line of a page, without <c>./</c>.</param>
    public static string? SystemOf(string command) => Whole().Match(command) is { Success: true } match ? match.Groups["system"].Value : null;

    /// <summary>What the command gave, with its processor time.</summary>
    /// <param name="system">Name of the system.</param>
    internal Task<(CommandResult Result, double Seconds)> Reproduced(string system) => runs.GetOrAdd(system, _ => new(() => Run(system))).Value;

    /// <summary>The result of a task as the command has stored it.</summary>
    /// <param name="system">Name of the system.</param>
    /// <param name="task">Name of the task.</param>
    internal async Task<ReproductionResult> Result(string system, string task) =>
        (await results.GetOrAdd(system, _ => new(() => Read(system))).Value).GetValueOrDefault(task) ?? throw new InvalidOperationException($"The command has not made '{task}' of {system}: {(await Reproduced(system)).Result.Error}");

    private async Task<(CommandResult, double)> Run(string system)
    {
        await turn.WaitAsync();
        try
        {
            return await (shell ??= new PageShell(Folder)).Run("eigenflow reproduce " + system);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyDictionary<string, ReproductionResult>> Read(string system)
    {
        await Reproduced(system);
        var again = new List<string>();
        var outcome = new ReproductionRunner { System = SystemCatalog.Find(system), Folder = Path.Combine(Reports, system), ReportName = "read.html" }.Run(null, step =>
        {
            if (step.Seconds is not null)
                again.Add(step.Task.Id);
        });

        // A published program is another build, and what another build has made is not kept.
        if (CommandProcess.Published is null)
            again.ShouldBeEmpty();
        return outcome.Sections.ToDictionary(section => section.Id, section => section.Result, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^eigenflow reproduce (?<system>[a-z-]+)\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();
}
