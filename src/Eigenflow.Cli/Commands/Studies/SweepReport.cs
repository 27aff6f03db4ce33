using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>What <c>eigenflow sweep</c> prints: plan, status and outcome.</summary>
internal static class SweepReport
{
    private const int LargestPrinted = 40;
    private static readonly string[] Words = ["done", "running", "failed", "interrupted", "damaged", "missing"];

    /// <summary>The plan of <c>--dry-run</c>.</summary>
    public static int Plan(Screen screen, Study study, string folder, IReadOnlyList<SurveyedRun> survey, OutputFormat format, int workers, bool retries, CancellationToken cancellation)
    {
        var missing = survey.Where(run => run.State is not (RunState.Done or RunState.Failed) || run.IsRetried || (retries && run.State == RunState.Failed)).Select(run => run.Run).ToArray();
        var (seconds, basis) = SweepEstimate.Of(study, folder, missing, workers, cancellation);
        Rows(screen, study, survey, format, new JsonObject { ["estimated-seconds"] = seconds });
        if (format == OutputFormat.Table)
        {
            screen.Output.WriteLine();
            screen.WriteText($"{Counts(survey)} in {folder}");
            screen.WriteText(missing.Length == 0 ? "nothing to compute" : $"{missing.Length} to compute: about {ProgressLines.Duration(seconds)} with {workers} jobs (from {basis})");
        }

        return 0;
    }

    /// <summary>What <c>--status</c> says.</summary>
    public static int Status(Screen screen, Study study, string folder, IReadOnlyList<SurveyedRun> survey, OutputFormat format)
    {
        var shown = format == OutputFormat.Table ? [.. survey.Where(run => run.State != RunState.Done)] : survey;
        if (shown.Count > 0)
            Rows(screen, study, shown, format, []);
        if (format == OutputFormat.Table)
        {
            if (shown.Count > 0)
                screen.Output.WriteLine();
            screen.WriteText($"{Counts(survey)} in {folder}");
        }

        return survey.Any(run => run.State == RunState.Failed) ? 1 : 0;
    }

    /// <summary>How a sweep ended.</summary>
    public static void Outcome(Screen screen, SweepRunner runner, SweepOutcome outcome, OutputFormat format, bool isQuiet)
    {
        if (format == OutputFormat.Json)
        {
            screen.Data.WriteLine(new JsonObject
            {
                ["study"] = runner.Study.Name,
                ["folder"] = runner.Folder,
                ["planned"] = outcome.Planned,
                ["kept"] = outcome.Kept,
                ["computed"] = outcome.Computed,
                ["by-others"] = outcome.ByOthers,
                ["diverged"] = outcome.Diverged,
                ["failed"] = new JsonArray([.. outcome.Failures.Select(failure => (JsonNode)new JsonObject { ["run"] = failure.Run.Id, ["method"] = failure.Run.Method, ["setting"] = failure.Run.Setting.ToJson(), ["error"] = failure.Error })]),
                ["complete"] = outcome.IsComplete,
            }.ToJsonString());
        }
        else if (!isQuiet)
        {
            string[] parts =
            [
                $"{outcome.Computed} computed", $"{outcome.Kept} there before",
                .. outcome.ByOthers > 0 ? [$"{outcome.ByOthers} by other processes"] : Array.Empty<string>(),
                .. outcome.Failures.Count > 0 ? [$"{outcome.Failures.Count} failed"] : Array.Empty<string>(),
            ];
            screen.WriteText($"{outcome.Planned} runs: {string.Join(", ", parts)}");
            if (outcome.Diverged > 0)
                screen.WriteText($"{outcome.Diverged} of the computed runs diverged; their files hold the trajectory up to there");
            if (outcome.SetAside > 0)
                screen.WriteText($"{outcome.SetAside} files were cut off or foreign: they are in {Path.Combine(runner.Folder, "damaged")} now, and their runs were computed again");
        }

        foreach (var (run, error) in outcome.Failures.Take(LargestPrinted))
            screen.Error.WriteLine($"eigenflow: {run.Id} ({run.Method} {run.Setting}): {error}");
        if (outcome.Retried > 0)
            screen.Error.WriteLine($"eigenflow: {outcome.Retried} of the failed runs lacked memory or an input file: the same command computes them once these are there");
        if (outcome.Failures.Count > outcome.Retried)
            screen.Error.WriteLine("eigenflow: failed runs are not repeated; --retry-failed does it once their cause is gone");
        if (outcome.IsCancelled)
            screen.Error.WriteLine($"eigenflow: interrupted; {outcome.Kept + outcome.Computed + outcome.ByOthers} of {outcome.Planned} runs are in {runner.Folder}, and the same command continues");
        else if (!isQuiet && format == OutputFormat.Table)
            screen.Error.WriteLine($"next: eigenflow report {ShellWord.Quoted(runner.Folder)}   (tables and figures), eigenflow collect {ShellWord.Quoted(runner.Folder)}   (one table as Parquet and CSV)");
    }

    private static void Rows(Screen screen, Study study, IReadOnlyList<SurveyedRun> survey, OutputFormat format, JsonObject more)
    {
        var varying = CsvText.Varying([.. survey.Select(run => run.Run.Setting)]);
        IReadOnlyList<string> Row(SurveyedRun run) => [run.Run.Id, run.Run.Method, .. varying.Select(name => Setting.Format(run.Run.Setting[name])), run.Word, run.Reason];
        string[] columns = ["run", "method", .. varying, "state", "why"];
        switch (format)
        {
            case OutputFormat.Json:
                more["study"] = study.Name;
                more["runs"] = new JsonArray([.. survey.Select(run => (JsonNode)new JsonObject { ["run"] = run.Run.Id, ["method"] = run.Run.Method, ["setting"] = run.Run.Setting.ToJson(), ["state"] = run.Word, ["why"] = run.Reason })]);
                screen.Data.WriteLine(more.ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Render(columns, survey.Select(Row)));
                break;
            default:
                // What is to be computed comes first; of long plans the rest is counted.
                var rows = survey.Count <= LargestPrinted ? survey : [.. survey.OrderBy(run => run.State == RunState.Done).Take(LargestPrinted)];
                screen.Show(new Table("plan", study.Title, columns, [.. rows.Select(Row)]));
                if (rows.Count < survey.Count)
                    screen.WriteText($"… and {survey.Count - rows.Count} more (--format csv lists all)");
                break;
        }
    }

    private static string Counts(IReadOnlyList<SurveyedRun> survey) =>
        $"{survey.Count} runs: " + string.Join(", ", Words.Select(word => (word, count: survey.Count(run => string.Equals(run.Word, word, StringComparison.Ordinal)))).Where(pair => pair.count > 0).Select(pair => $"{pair.count} {pair.word}"));
}
