using System.Globalization;
using System.Text;
using Eigenflow.Data;

namespace Eigenflow.Studies;

/// <summary>What a study asks of Slurm.</summary>
public sealed record SlurmRequest
{
    /// <summary>Partition, or null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>Time limit of one task as Slurm writes it, such as <c>1:00:00</c>; null for the partition's.</summary>
    public string? Time { get; init; }

    /// <summary>Tasks of the job array, ≥ 1.</summary>
    public int Tasks { get; init; } = 1;

    /// <summary>Processors per task: runs of a task at the same time.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>Memory per task, such as <c>4G</c>; null for the partition's.</summary>
    public string? Memory { get; init; }

    /// <summary>Account, or null.</summary>
    public string? Account { get; init; }

    /// <summary>Further options of the command line that go to the tasks.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>
/// A sweep as a Slurm job array and a job that collects when the array has ended. Each task computes its fixed part of the plan; requeued or submitted again it continues.
/// Needs sbatch alone: no accounting, no database.
/// </summary>
public static class SlurmJob
{
    /// <summary>Writes <c>slurm/array.sh</c> and <c>slurm/collect.sh</c>.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The folder of its runs.</param>
    /// <param name="request">What to ask for.</param>
    /// <param name="command">The words that start this program.</param>
    /// <returns>Paths of the two scripts.</returns>
    /// <exception cref="EigenflowException">The folder cannot be written, is that of another study, or has a name that Slurm cannot take.</exception>
    public static (string Array, string Collect) WriteScripts(Study study, string folder, SlurmRequest request, IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(request);
        var full = Path.GetFullPath(folder);
        var scripts = Path.Combine(full, "slurm");
        var start = string.Join(' ', command.Select(ShellWord.Quoted));
        var sweep = new StringBuilder(Head(study, request, scripts, "array-%A-%a.log"))
            .Append(CultureInfo.InvariantCulture, $"#SBATCH --array=0-{request.Tasks - 1}\n#SBATCH --cpus-per-task={request.Processors}\n");
        if (request.Memory is { } memory)
            sweep.Append(CultureInfo.InvariantCulture, $"#SBATCH --mem={memory}\n");

        // A task that is cut off or moved to another node goes back into the queue and continues where it was.
        sweep.Append("#SBATCH --requeue\n#SBATCH --open-mode=append\n\n")
            .Append(CultureInfo.InvariantCulture, $"exec {start} sweep {ShellWord.Quoted(Path.Combine(full, "study.toml"))} --out {ShellWord.Quoted(full)} --shard \"$SLURM_ARRAY_TASK_ID/{request.Tasks}\" --jobs \"${{SLURM_CPUS_PER_TASK:-1}}\"")
            .Append(string.Concat(request.Arguments.Select(argument => " " + ShellWord.Quoted(argument)))).Append('\n');
        var collect = new StringBuilder(Head(study, request, scripts, "collect-%j.log"))
            .Append(CultureInfo.InvariantCulture, $"\n{start} collect {ShellWord.Quoted(full)}\n{start} report {ShellWord.Quoted(full)}\n");
        var paths = (Path.Combine(scripts, "array.sh"), Path.Combine(scripts, "collect.sh"));

        StudyIdentity.Claim(new RunStore(full), study, (path, bytes) => AtomicFile.WriteBytes(path, bytes));

        // The tasks read the study as it was when they were submitted, whatever becomes of the file.
        AtomicFile.WriteBytes(Path.Combine(full, "study.toml"), study.Source);
        AtomicFile.WriteText(paths.Item1, sweep.ToString());
        AtomicFile.WriteText(paths.Item2, collect.ToString());
        return paths;
    }

    private static string Head(Study study, SlurmRequest request, string scripts, string log)
    {
        var head = new StringBuilder("#!/bin/bash\n")
            .Append(CultureInfo.InvariantCulture, $"#SBATCH --job-name={Name(study.Name)}\n#SBATCH --output={LogName(scripts)}/{log}\n");
        foreach (var (option, value) in new[] { ("partition", request.Partition), ("time", request.Time), ("account", request.Account) })
        {
            if (value is not null)
                head.Append(CultureInfo.InvariantCulture, $"#SBATCH --{option}={value}\n");
        }

        return head.ToString();
    }

    private static string Name(string name) =>
        name.Length == 0 ? "study" : string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));

    // How sbatch reads a line of options: a backslash keeps the next letter, a blank ends the value, # the line; in the name of a log %% is %, and one backslash that is left turns all % off.
    private static string LogName(string path)
    {
        if (!PrintableText.IsPrintable(path) || path.Contains('\\', StringComparison.Ordinal))
            throw new ParameterException("out", path, "a folder whose whole path has no line break, backslash or character that is not shown", "Slurm cannot write logs to it: choose another with --out");
        var escaped = new StringBuilder();
        foreach (var letter in path.Replace("%", "%%", StringComparison.Ordinal))
        {
            if (letter is '"' or '\'' or '#' || char.IsWhiteSpace(letter))
                escaped.Append('\\');
            escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
