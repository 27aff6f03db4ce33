using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Eigenflow.Settings;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>The options of <c>eigenflow sweep --slurm</c>, and the submission.</summary>
internal sealed class SlurmOptions
{
    private readonly Option<bool> slurm = new("--slurm") { Description = "Submits the missing runs as a Slurm job array, and a job that collects them afterwards." };
    private readonly Option<string?> partition = new("--partition") { Description = "With --slurm: partition.", HelpName = "NAME" };
    private readonly Option<string?> time = new("--time") { Description = "With --slurm: time limit of one task, such as 1:00:00.", HelpName = "TIME" };
    private readonly Option<string?> tasks = new("--tasks") { Description = "With --slurm: tasks of the array (default 16, at most one per run).", HelpName = "N" };
    private readonly Option<string?> memory = new("--memory") { Description = "With --slurm: memory of one task, such as 4G.", HelpName = "SIZE" };
    private readonly Option<string?> account = new("--account") { Description = "With --slurm: account.", HelpName = "NAME" };
    private readonly Option<bool> scripts = new("--scripts-only") { Description = "With --slurm: writes the job scripts and submits nothing." };

    public SlurmOptions(Command command)
    {
        foreach (var option in new Option[] { slurm, partition, time, tasks, memory, account, scripts })
            command.Options.Add(option);
    }

    /// <summary>Whether the sweep goes to Slurm; refuses the other options without it.</summary>
    public bool IsAsked(ParseResult parse)
    {
        if (parse.GetValue(slurm))
            return true;
        foreach (var option in new[] { partition, time, tasks, memory, account })
        {
            if (parse.GetValue(option) is { } text)
                throw new ParameterException(option.Name.TrimStart('-'), text, "left out without --slurm", "add --slurm");
        }

        return false;
    }

    /// <summary>Writes the scripts and submits them.</summary>
    public int Submit(Screen screen, ParseResult parse, Study study, string folder, int? jobs, bool retries, string? interval)
    {
        var count = (int)(OptionNumbers.Whole(parse, tasks, Parameter.Whole("tasks", 1, 100_000)) ?? 16);
        var request = new SlurmRequest
        {
            Partition = Word(parse, partition),
            Time = Word(parse, time),
            Memory = Word(parse, memory),
            Account = Word(parse, account),
            Tasks = Math.Min(count, study.Runs.Count),
            Processors = jobs ?? 1,
            Arguments = [.. retries ? ["--retry-failed"] : Array.Empty<string>(), .. interval is null ? Array.Empty<string>() : ["--checkpoint-seconds", interval]],
        };
        var (array, collect) = SlurmJob.WriteScripts(study, folder, request, ThisProgram());
        if (parse.GetValue(scripts))
        {
            screen.Output.WriteLine($"wrote {ShellWord.Quoted(array)} and {ShellWord.Quoted(collect)}; submit the first with sbatch, and the second with sbatch --dependency=afterany:JOB");
            return 0;
        }

        var first = Sbatch(array);
        var second = Sbatch("--dependency=afterany:" + first, collect);
        screen.Output.WriteLine($"submitted job {first}: {study.Runs.Count} runs in {request.Tasks} tasks; job {second} collects them in {folder} afterwards");
        screen.Output.WriteLine($"how it stands: eigenflow sweep {ShellWord.Quoted(study.Path)} --out {ShellWord.Quoted(folder)} --status");
        return 0;
    }

    // Values stand in lines of a job script.
    private static string? Word(ParseResult parse, Option<string?> option) => parse.GetValue(option) is not { } text
        ? null
        : text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or ',')
            ? text
            : throw new ParameterException(option.Name.TrimStart('-'), text, "letters, digits, and - _ . : ,");

    private static string[] ThisProgram()
    {
        var process = Environment.ProcessPath ?? "eigenflow";
        return string.Equals(Path.GetFileNameWithoutExtension(process), "dotnet", StringComparison.Ordinal) ? [process, Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll")] : [process];
    }

    private static string Sbatch(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("sbatch", ["--parsable", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();

            // With several clusters the answer is JOB;CLUSTER.
            if (process.ExitCode != 0)
                throw new ParameterException("slurm", error.Result.ReplaceLineEndings(" ").Trim(), "a request that sbatch accepts", "see sinfo for partitions and limits");
            var job = output.Split(';')[0];
            return job.Length > 0 && job.All(char.IsAsciiDigit) ? job : throw new ParameterException("slurm", output, "the number of a job, which sbatch --parsable prints", "see whether squeue shows the job");
        }
        catch (Win32Exception)
        {
            throw new ParameterException("slurm", "sbatch", "a program on the path", "run it where Slurm is installed, or write the scripts alone with --scripts-only");
        }
    }
}
