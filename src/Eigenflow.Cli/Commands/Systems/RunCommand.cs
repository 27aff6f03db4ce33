using System.CommandLine;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow run SYSTEM</c>: solves, prints, draws, and writes files.</summary>
internal static class RunCommand
{
    // More curves than this in one picture say nothing.
    private const int LargestDrawn = 24;

    public static Command Make(Screen screen, IReadOnlyList<string>? arguments) => SystemArgument.PerSystem(
        "run", "Solves a system by one or more methods and shows the trajectories.", arguments,
        system => $"Solves {system.Title}. Of every parameter {ValueList.Forms} makes one run per value.", (system, command) => Fill(system, command, screen));

    private static void Fill(ISystem system, Command command, Screen screen)
    {
        var method = new Option<string?>("--method")
        {
            Description = $"One or more of {string.Join(", ", system.Methods.Select(info => info.Name))} (default {system.Methods[0].Name}).",
            HelpName = "METHOD,…",
        };
        command.Options.Add(method);
        var interval = new Option<string?>("--checkpoint-seconds")
        {
            Description = "With --out: seconds between two saved states of a long SGD run, which the same command continues; 0 saves none (default 30).",
            HelpName = "N",
        };
        command.Options.Add(interval);
        var parameters = new ParameterOptions(system, command);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for report.html, trajectory.png, .svg and .csv, runs.json and runs.csv.").WithJobs(command);
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var pictures = common.Pictures(parse);
            var methods = (parse.GetValue(method) ?? system.Methods[0].Name).Split(',', StringSplitOptions.TrimEntries);
            var runs = RunPlan.Expand(system, methods, parameters.Read(parse));
            var folder = common.Folder(parse);
            var stores = Checkpoints(folder, OptionNumbers.Number(parse, interval, OptionNumbers.CheckpointSeconds) ?? 30, runs);
            common.Prepare(parse, screen, ["runs.json", "runs.csv", "trajectory.csv", RunReport.FileName]);
            var solutions = ProgressDisplay.Run(
                screen, common.IsQuiet(parse), (progress, _) => RunExecutor.Solve(system, runs, run => stores.GetValueOrDefault(RunName.Of(run)), common.Jobs(parse), progress, cancellation));
            if (!common.IsQuiet(parse) && stores.Values.Any(store => store.HasLoaded))
                screen.Error.WriteLine("continued from the states that an earlier call had saved");
            Print(screen, system, solutions, format, common.IsQuiet(parse));
            if (folder is not null && solutions.Count > 0)
            {
                var figure = system.Draw([.. solutions.Take(LargestDrawn)]);
                FigureFiles.Write(folder, figure, pictures);
                AtomicFile.Write(Path.Combine(folder, "runs.json"), stream => SolutionJson.Write(stream, system.Id, solutions, withTimings: false));
                AtomicFile.WriteText(Path.Combine(folder, "runs.csv"), CsvText.Solutions(solutions));
                var compared = system.Compare(solutions);
                foreach (var table in compared)
                    AtomicFile.WriteText(Path.Combine(folder, table.Id + ".csv"), CsvText.Table(table));
                RunReport.Write(folder, system, solutions, figure, compared, "eigenflow " + RequestText.Of(parse));
                if (!common.IsQuiet(parse))
                    screen.Error.WriteLine($"wrote report.html, trajectory.png, trajectory.svg, trajectory.csv, {string.Concat(compared.Select(table => table.Id + ".csv, "))}runs.json and runs.csv to {folder}");
            }

            if (!cancellation.IsCancellationRequested)
            {
                foreach (var store in stores.Values)
                    store.Delete();
            }

            // Quiet leaves out progress and plots, never a warning.
            foreach (var warning in solutions.SelectMany(solution => solution.Warnings.Select(text => $"eigenflow: warning: {solution.Method}: {text}")).Distinct(StringComparer.Ordinal))
                screen.Error.WriteLine(warning);
            foreach (var solution in solutions.Where(solution => solution.Status.Message.Length > 0))
                screen.Error.WriteLine($"eigenflow: {solution.Method}: {solution.Status.Message}");
            cancellation.ThrowIfCancellationRequested();
            return solutions.All(solution => solution.Status.Outcome == SolveOutcome.Completed) ? 0 : 1;
        }, CancellationToken.None));
    }

    // One store per run of a method that counts steps; the others take seconds.
    private static Dictionary<string, FileCheckpointStore> Checkpoints(string? folder, double seconds, IReadOnlyList<CompletedSetting> runs) =>
        folder is null || seconds == 0
            ? []
            : runs.Select(RunName.Of).ToDictionary(name => name, name => new FileCheckpointStore(Path.Combine(folder, "checkpoints", name), TimeSpan.FromSeconds(seconds)), StringComparer.Ordinal);

    private static void Print(Screen screen, ISystem system, IReadOnlyList<Solution> solutions, OutputFormat format, bool isQuiet)
    {
        switch (format)
        {
            case OutputFormat.Json:
                screen.WriteUtf8(stream => SolutionJson.Write(stream, system.Id, solutions, withTimings: true));
                break;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Solutions(solutions));
                break;
            default:
                if (!isQuiet && solutions.Any(solution => solution.Rows > RunTables.LargestPrinted))
                    screen.Show(system.Draw([.. solutions.Take(LargestDrawn)]));
                screen.Show(
                [
                    .. solutions.Count > 0 ? [RunTables.Summary(system, solutions, withTimings: true)] : Array.Empty<Table>(),
                    .. RunTables.Numbers(solutions) is { } numbers ? [numbers] : Array.Empty<Table>(),
                    .. system.Compare(solutions),
                    .. RunTables.Rows(solutions),
                ]);
                break;
        }
    }
}
