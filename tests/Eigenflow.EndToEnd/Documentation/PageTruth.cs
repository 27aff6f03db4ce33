using System.Globalization;
using System.Runtime.CompilerServices;

namespace Eigenflow.EndToEnd;

/// <summary>Every command of a page works as it stands there, and the numbers that the page ties to one are those that it gives. The pages are those of two classes, which run side by side.</summary>
public abstract class PageTruth(SharedReports reports) : TemporaryFolder
{
    // The unit of times on the pages (docs/numerics.md), and how far a ratio may be off: processors differ in the width of their vectors.
    private const string Calibration = "eigenflow run phase-retrieval --method sgd --dimension 1000 --steps 1e6 --replicas 1 --quiet";
    private const double TimeFactor = 3;

    // What is not run as it stands, and why.
    protected static IReadOnlyDictionary<string, string> NotRun { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["./eigenflow explore"] = "it goes on until it is interrupted; the tests of the page open it",
        ["./eigenflow explore phase-retrieval"] = "the same",
        ["./eigenflow explore --folder results"] = "the same",
        ["./eigenflow bench --peers"] = "five minutes on an idle machine; BenchmarkTests run its parts",
    };

    /// <summary>The README and the pages under <c>docs</c>.</summary>
    protected static IEnumerable<string> Names() =>
        new[] { "README.md" }.Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal));

    // Measured curves that pages speak of are not part of the repository: what is said of them is compared where they lie beside it.
    private static string Measured => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "loss-curves"));

    private static bool IsMissing(string command) => command.Contains(" measured/", StringComparison.Ordinal) && !Directory.Exists(Measured);

    protected static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    /// <summary>Runs the commands of a page, and compares its numbers.</summary>
    protected async Task IsTrue(string name)
    {
        var page = Page.Read(name, await File.ReadAllLinesAsync(Path.Combine(Root, name), TestContext.Current.CancellationToken));
        page.Faults.ShouldBeEmpty();
        Directory.CreateSymbolicLink(Path.Combine(Folder, "studies"), Path.Combine(Root, "studies"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "reports"), reports.Reports);
        Directory.CreateSymbolicLink(Path.Combine(Folder, "bench"), Path.Combine(Root, "bench"));
        if (Directory.Exists(Measured))
            Directory.CreateSymbolicLink(Path.Combine(Folder, "measured"), Measured);
        var shell = new PageShell(Folder);
        var outputs = new List<PageRun>();
        foreach (var command in page.Commands.Where(command => !NotRun.ContainsKey(command.Split('#')[0].Trim()) && !IsMissing(command)))
        {
            PageInputs.Make(Folder, command);
            var plain = command.StartsWith("./", StringComparison.Ordinal) ? command[2..] : command;
            var (result, seconds) = SharedReports.SubjectOf(plain) is { } subject ? await reports.Reproduced(subject) : await shell.Run(command);
            result.ExitCode.ShouldBe(0, $"{name}: {command}\n{result.Error}");
            outputs.Add(new PageRun(plain, result.Output, seconds));
        }

        var calibration = page.Times.Count > 0 ? (await shell.Run(Calibration)).Seconds : double.NaN;
        var missing = page.Commands.Where(IsMissing).ToArray();
        bool IsKnown(PageNumber number) => !missing.Any(command => command.EndsWith("> " + number.Source, StringComparison.Ordinal));
        var wrong = page.Numbers.Where(IsKnown).Select(number => Compare(number, outputs)).Concat(page.Times.Select(time => Compare(time, outputs, calibration))).OfType<string>().ToArray();
        wrong.ShouldBeEmpty();
    }

    private string? Compare(PageNumber number, List<PageRun> outputs)
    {
        var file = Path.Combine(Folder, number.Source);
        var text = File.Exists(file)
            ? File.ReadAllText(file)
            : outputs.Find(output => output.Command.StartsWith(number.Source, StringComparison.Ordinal))?.Output;
        if (text is null)
            return $"line {number.Line}: '{number.Source}' is neither a file nor the beginning of a command";
        var matches = number.Pattern.Matches(text);
        var hasGroup = number.Pattern.GetGroupNumbers().Length > 1;
        if (hasGroup && matches.Count == 0)
            return $"line {number.Line}: '{number.Pattern}' is not in '{number.Source}':\n{text[..Math.Min(text.Length, 3000)]}";
        var value = hasGroup ? Numbers.Parse(matches[0].Groups[1].Value) : matches.Count;
        return Math.Abs(value - number.Value) <= number.Allowed ? null : string.Create(CultureInfo.InvariantCulture, $"line {number.Line}: the page says {number.Text}, '{number.Source}' says {value:R}");
    }

    private static string? Compare(PageTime time, List<PageRun> outputs, double calibration)
    {
        if (outputs.Find(output => output.Command.StartsWith(time.Source, StringComparison.Ordinal)) is not { } run)
            return $"line {time.Line}: '{time.Source}' is not the beginning of a command";
        var ratio = run.Seconds / calibration;
        return ratio <= TimeFactor * time.Calibrations && ratio >= time.Calibrations / TimeFactor ? null : string.Create(CultureInfo.InvariantCulture, $"line {time.Line}: the page says {time.Calibrations} calibrations, '{time.Source}' takes {ratio:G3}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

/// <summary>A command of a page that has run: without <c>./</c>, its output, and its processor time.</summary>
internal sealed record PageRun(string Command, string Output, double Seconds);
