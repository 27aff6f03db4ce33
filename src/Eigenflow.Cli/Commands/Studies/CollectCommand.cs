using System.CommandLine;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow collect DIR</c>: the runs of a sweep as one table.</summary>
internal static class CollectCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("collect", "Collects the runs of a sweep into one table, one row per run: runs.parquet and runs.csv in its folder. Exits with 0 only if every run is there.");
        var folder = new Argument<string>("folder") { Description = "The folder of a sweep, such as results/exponents." };
        command.Arguments.Add(folder);
        var trajectories = new Option<bool>("--trajectories") { Description = "Also writes trajectories.parquet: all saved rows of all runs." };
        command.Options.Add(trajectories);
        var common = new CommonOptions().AddTo(command);
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var isQuiet = common.IsQuiet(parse);
            var results = ProgressDisplay.Run(
                screen, isQuiet, (progress, _) => StudyResults.Read(parse.GetRequiredValue(folder), parse.GetValue(trajectories), progress, cancellation));
            var paths = RunTableWriter.Write(results);
            if (parse.GetValue(trajectories))
                paths = [.. paths, TrajectoryTableWriter.Write(results)];
            return Tell(screen, results, paths, isQuiet);
        }, CancellationToken.None));
        return command;
    }

    /// <summary>Tells what was collected; 0 when every run is there.</summary>
    public static int Tell(Screen screen, StudyResults results, IReadOnlyList<string> paths, bool isQuiet)
    {
        if (!isQuiet)
            screen.WriteText($"{StudyReport.Counts(results)}: wrote {string.Join(", ", paths)}");
        foreach (var problem in results.Damaged)
            screen.Error.WriteLine($"eigenflow: {problem}; eigenflow sweep --verify sets it aside and computes the run again");
        if (results.Missing + results.Failed > 0)
            screen.Error.WriteLine("eigenflow: the table is not complete: eigenflow sweep with the same study file computes what is missing (--retry-failed what failed)");
        return results.Missing + results.Failed == 0 ? 0 : 1;
    }
}
