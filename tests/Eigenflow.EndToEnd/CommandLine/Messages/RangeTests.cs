using System.Text.RegularExpressions;

namespace Eigenflow.EndToEnd;

/// <summary>What is out of range is refused in one line that names parameter, value and both ends of the range.</summary>
public sealed partial class RangeTests : TemporaryFolder
{
    // Commands with an option, and values on either side of what it allows.
    private static readonly (string Command, string Option, string Values)[] Analyses =
    [
        ("fit curve.csv", "level", "0.4 1 1e400 nan inf x"),
        ("fit curve.csv", "resamples", "5 1e9 1e30 150.5 nan x"),
        ("fit curve.csv", "drift", "0 -1 11 1e400 nan x"),
        ("fit curve.csv", "seed", "-1 1e17 0.5 nan x"),
        ("fit curve.csv", "window", "5 , 5,4 0,4 -1,4 1,1e400 nan,4 1,x 1,2,3"),
        ("fit-schedule curve.csv", "skip", "-0.1 0.6 1e400 nan x"),
        ("fit-schedule curve.csv", "resamples", "1 1e9 1e30 50.5 nan x"),
        ("fit-schedule curve.csv", "restarts", "1 1e9 1e30 nan x"),
        ("fit-schedule curve.csv", "seed", "-1 1e17 nan x"),
        ("fit-schedule curve.csv", "warmup", "-1 1e30 1.5 nan 10:-1 10:1e400 10:nan x"),
        ("fit-schedule curve.csv --optimize", "horizon", "0 1 1e30 1e400 10.5 nan x"),
        ("fit-schedule curve.csv --optimize", "max-rate", "0 -1 1e400 nan inf x"),
        ("fit-schedule curve.csv --optimize", "min-rate", "-1 1e400 nan x"),
        ("fit-schedule curve.csv --schedule cosine", "peak", "0 -1 1e400 nan x"),
        ("fit-schedule curve.csv --schedule cosine --peak 1", "final", "-1 1e400 nan x"),
        ("fit-schedule curve.csv --schedule cosine --peak 1", "steps", "0 1e30 1.5 nan x"),
        ("fit-schedule curve.csv --schedule wsd --peak 1", "decay-steps", "0 1e30 1.5 nan x"),
        ("spectrum curve.csv", "modes", "1 1e9 1e30 nan x"),
        ("spectrum curve.csv", "iterations", "-1 1e9 nan x"),
        ("spectrum curve.csv", "window", "5 5,2 0,20 1,1e30 1.5,20 nan,20 x,20"),
        ("spectrum curve.csv --is eigenvalues", "samples", "0 1 1e30 2.5 nan x"),
        ("spectrum images", "patch", "1 1000 1e30 nan x"),
        ("spectrum images", "patches", "1 1e9 nan x"),
        ("spectrum images", "seed", "-1 1e17 nan x"),
        ("collapse curve.csv --models m", "range", "5 5,4 0,4 1,1e400 nan,4 x,4"),
        ("collapse curve.csv --models m", "find-exponent", "5 5,4 0,1e400 0,1e4 nan,4 x,4"),
        ("collapse curve.csv", "offset", "-1 1e400 nan x"),
        ("collapse curve.csv", "step", "0 0.5 1e400 nan x"),
        ("collapse curve.csv", "onset", "-0.1 1.1 nan x"),
        ("collapse curve.csv", "ratio", "0.5 1e400 nan x"),
        ("collapse curve.csv", "share", "-0.1 1.1 nan x"),
        ("collapse curve.csv", "smooth", "0 1.5 nan x"),
        ("collapse curve.csv", "resamples", "5 1e9 1e30 150.5 nan x"),
        ("collapse curve.csv", "tokens-per-step", "0 -1 1e400 nan x"),
        ("run phase-retrieval --out out", "dimension", "0 -1 1e16 1.5 nan inf x 1e5e5"),
        ("run phase-retrieval --out out", "exponent", "-1 1e4 1e400 nan -inf x"),
        ("run phase-retrieval --out out", "times", "-1 1,nan 1e400 x"),
        ("run phase-retrieval", "jobs", "0 5000 1e30 1.5 nan x"),
        ("run phase-retrieval --out out", "checkpoint-seconds", "-1 1e9 1e400 nan x"),
        ("sweep study.toml", "jobs", "0 5000 nan x"),
        ("sweep study.toml", "checkpoint-seconds", "-1 1e9 nan x"),
        ("sweep study.toml", "shard", "5 2/2 -1/2 0/0 0/1e9 x"),
        ("sweep study.toml --slurm --scripts-only", "tasks", "0 1e9 1e30 1.5 nan x"),
        ("run phase-retrieval --method gd", "schedule", "power:0 power:1e4 power:nan step-decay:1:0.5 step-decay:2:1.5 cyclic:0 cyclic:1e30 warmup:0+cosine warmup:1e30+cosine"),
    ];

    public static TheoryData<string, string, string> Options() => [.. Analyses.Select(row => new TheoryDataRow<string, string, string>(row.Command, row.Option, row.Values))];

    [Theory]
    [MemberData(nameof(Options))]
    public async Task EveryNumberOfACommandHasTwoEnds(string command, string option, string values)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "curve.csv"), "step,loss,learning_rate,m\n" + string.Concat(Enumerable.Range(1, 40).Select(k => FormattableString.Invariant($"{k},{1.0 / k},{0.1 / k},{k % 2 + 1}\n"))), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "study.toml"), "system = \"phase-retrieval\"\nmethod = \"flow\"\n[parameters]\ndimension = 5\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(Folder, "images"));
        var words = command.Split(' ').Select(word => word is "curve.csv" or "study.toml" or "images" or "out" ? Path.Combine(Folder, word) : word).ToArray();
        foreach (var value in values.Split(' '))
            await Refused([.. words, "--" + option, value], option, value);
        Directory.Exists(Path.Combine(Folder, "out")).ShouldBeFalse("a request that is refused leaves no folder");
    }

    private static async Task Refused(string[] arguments, string name, string value)
    {
        var (code, output, error) = await FormsTests.InProcess(arguments);
        var line = $"{string.Join(' ', arguments)}: {error}";
        code.ShouldBe(2, line);
        output.ShouldBeEmpty(line);
        error.TrimEnd('\n').ShouldNotContain("\n");
        error.ShouldStartWith($"eigenflow: {name} = {value} is not allowed: it must be ", customMessage: line);
        TwoEnds().IsMatch(error).ShouldBeTrue(line);
    }

    [GeneratedRegex(@"(>=? [-\d.e]+ and <=? [-\d.e]+)|(from [-\d.e]+ to [-\d.e]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TwoEnds();
}
