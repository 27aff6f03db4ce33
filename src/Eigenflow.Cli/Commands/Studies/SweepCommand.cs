using System.CommandLine;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow sweep STUDY</c>: computes the runs of a study file that its folder lacks.</summary>
internal static class SweepCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("sweep", "Computes the runs of a study file. The same command continues after an interruption, a crash or a power cut, and may run several times side by side.");
        var file = new Argument<string>("study") { Description = "The study file, such as studies/exponents.toml." };
        command.Arguments.Add(file);
        var dry = new Option<bool>("--dry-run") { Description = "Shows the plan, what is there, why the others run, and how long they take; computes nothing." };
        var status = new Option<bool>("--status") { Description = "Tells what is done, running, failed and missing; computes nothing." };
        var retry = new Option<bool>("--retry-failed") { Description = "Computes runs again that ended with an error." };
        var shard = new Option<string?>("--shard") { Description = "Only every N-th run of the plan from the K-th on (K from 0), as the tasks of a job array do.", HelpName = "K/N" };
        var interval = new Option<string?>("--checkpoint-seconds") { Description = "Seconds between two saved states of a long run, which the same command continues; 0 saves none (default 30).", HelpName = "N" };
        var verify = new Option<bool>("--verify") { Description = "Reads every file that is there and compares its checksum; damaged ones are set aside and computed again." };
        foreach (var option in new Option[] { dry, status, retry, verify, shard, interval })
            command.Options.Add(option);
        var slurm = new SlurmOptions(command);
        var common = new CommonOptions().AddTo(command).WithFolder(command, "Folder of the runs (default results/STUDY).").WithJobs(command);
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var path = parse.GetRequiredValue(file);
            var folder = common.Folder(parse) ?? DefaultFolder(path);
            var study = Study.ReadFor(path, folder);
            var part = parse.GetValue(shard) is { } text ? Shard.Parse(text) : Shard.Whole;
            if (parse.GetValue(dry) || parse.GetValue(status))
            {
                var survey = StudySurvey.Of(study, folder, part);
                return parse.GetValue(dry)
                    ? SweepReport.Plan(screen, study, folder, survey, format, common.Jobs(parse), parse.GetValue(retry), cancellation)
                    : SweepReport.Status(screen, study, folder, survey, format);
            }

            if (slurm.IsAsked(parse))
                return slurm.Submit(screen, parse, study, folder, common.JobsIfGiven(parse), parse.GetValue(retry), parse.GetValue(interval));
            var runner = new SweepRunner
            {
                Study = study,
                Folder = folder,
                Workers = common.Jobs(parse),
                Shard = part,
                RetriesFailed = parse.GetValue(retry),
                Verifies = parse.GetValue(verify),
                CheckpointEvery = TimeSpan.FromTicks((long)Math.Ceiling((OptionNumbers.Number(parse, interval, OptionNumbers.CheckpointSeconds) ?? 30) * TimeSpan.TicksPerSecond)),
            };
            return Sweep(screen, runner, format, common.IsQuiet(parse), cancellation);
        }, CancellationToken.None));
        return command;
    }

    // The name of a file such as ...toml leads out of the folder of results.
    private static string DefaultFolder(string path) => Path.GetFileNameWithoutExtension(path) is var name && name is "" or "." or ".."
        ? throw new ParameterException("study", path, "a file whose name can be that of a folder", "rename it, or name the folder with --out")
        : Path.Combine("results", name);

    private static int Sweep(Screen screen, SweepRunner runner, OutputFormat format, bool isQuiet, CancellationToken cancellation)
    {
        var outcome = ProgressDisplay.Run(screen, isQuiet, (progress, write) =>
        {
            var lines = new ProgressLines(progress, isQuiet || screen.ShowsProgress ? null : write);
            return runner.Run(
                lines,
                step => { if (step.Status is "failed" && !isQuiet) write($"{step.Run.Id}: {step.Status}: {step.Message}"); },
                count => write($"waiting for {count} runs that another process computes"),
                cancellation);
        });
        SweepReport.Outcome(screen, runner, outcome, format, isQuiet);
        return outcome.IsCancelled ? 130 : outcome.IsComplete ? 0 : 1;
    }
}
