using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Eigenflow.Cli;
using Eigenflow.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Every command with names of files, folders and columns, titles and statements that drive terminals, compute in spreadsheets and inject elements.</summary>
public sealed class HostileTextTests : IDisposable
{
    // ESC and C1 sequences, a change of direction, marks of no width, an end of script, quotes of every kind, a command for a shell.
    private const string Evil = "=1+cmd\u001b[2J\u001b]0;t\u0007\u009b31m\u202E\u2066\u200B\uFEFF\u2028</title></script><evil onload='x'>\"'&]]>$(touch pwned)`id`;%A";

    // What the name of a file may have of it.
    private static readonly string EvilName = "=1+cmd\n" + Evil.Replace('/', '|')[4..];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Commands => [.. Leaves().Select(pair => pair.Path).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task NothingOfItReachesATerminalASpreadsheetOrAPage(string path)
    {
        PrepareInputs();
        var requests = Requests(path).ToArray();
        requests.ShouldNotBeEmpty($"{path} is not tried with hostile texts");
        var shown = 0;
        foreach (var (arguments, isRefused) in requests)
        {
            var (code, output, error) = await Run([.. path.Split(' '), .. arguments]);
            var said = $"{path} {string.Join(' ', arguments)}: {code}\n{output}\n{error}";
            (code == 2).ShouldBe(isRefused, said);
            Shown(output + error).ShouldBeEmpty(said);
            if (isRefused)
                error.TrimEnd('\n').ShouldNotContain('\n', said);
            if (arguments.Contains("csv", StringComparer.Ordinal) && !isRefused)
                Formulas(output).ShouldBeEmpty(said);
            if (arguments.Contains("json", StringComparer.Ordinal) && !isRefused)
                using (System.Text.Json.JsonDocument.Parse(output)) { }
            shown += (output + error).Contains("1+cmd", StringComparison.Ordinal) ? 1 : 0;
        }

        if (requests.Any(request => string.Join("", request.Arguments).Contains("1+cmd", StringComparison.Ordinal)))
            shown.ShouldBeGreaterThan(0, "the hostile text was not shown at all: nothing was tried");
        CheckFiles();
    }

    public void Dispose() => folder.Dispose();

    // What each command is asked; true where it refuses the request.
    private IEnumerable<(string[] Arguments, bool IsRefused)> Requests(string path)
    {
        var evil = folder.Path(EvilName);
        string[] formats = ["table", "csv", "json"];
        switch (path.Split(' '))
        {
            case ["systems" or "bench" or "completion" or "bench-worker"]:
                yield return ([Evil], true);
                break;
            case ["describe" or "cite" or "reproduce" or "help"]:
                yield return ([Evil], true);
                break;
            case ["explore"]:
                yield return ([Evil], true);
                yield return (["--folder", evil + "absent"], true);
                yield return (["--listen", Evil, "--token", Evil], true);
                yield return (["--port", Evil], true);
                yield return (["--" + Evil], true);
                yield return (["scaling-collapse", "--export", evil + "page", "--parameters", Evil], true);
                yield return (["scaling-collapse", "--export", evil + "page", "--set", Evil + "=" + Evil], true);
                break;
            case ["run" or "predict", var system]:
                yield return (["--method", Evil], true);
                yield return (["--" + Evil], true);
                foreach (var format in formats)
                    yield return ([.. Small(system), "--out", Path.Combine(evil, format), "--format", format], false);
                yield return ([.. Small(system), "--out", Path.Combine(evil, "table"), "--quiet", "--seed", "2"], true);
                break;
            case ["sweep"]:
                yield return ([evil + "absent"], true);
                yield return ([Path.Combine(evil, "s.toml"), "--out", evil + "runs", "--dry-run"], false);
                yield return ([Path.Combine(evil, "s.toml"), "--out", evil + "runs"], false);
                foreach (var format in formats)
                    yield return ([Path.Combine(evil, "s.toml"), "--out", evil + "runs", "--status", "--format", format], false);
                yield return ([Path.Combine(evil, "s.toml"), "--out", evil + "runs", "--slurm", "--scripts-only"], true);
                yield return ([Path.Combine(evil, "wrong.toml")], true);
                yield return ([Path.Combine(evil, "s.toml"), "--shard", Evil], true);
                break;
            case ["collect" or "report"]:
                Sweep();
                yield return ([evil + "absent"], true);
                yield return ([evil + "runs"], false);
                break;
            case ["spectrum"]:
                yield return ([Path.Combine(evil, "absent.csv"), "--out", evil], true);
                yield return ([Path.Combine(evil, "words.csv"), "--out", evil], true);
                foreach (var format in formats)
                {
                    yield return ([Path.Combine(evil, EvilName + ".csv"), "--out", evil + format, "--format", format], false);
                    yield return ([Path.Combine(evil, EvilName + "labelled.csv"), "--label", Evil.Replace("\u2028", "", StringComparison.Ordinal), "--out", evil + "label" + format, "--format", format], false);
                }

                break;
            case ["epochs"]:
                yield return ([Path.Combine(evil, "absent.npy"), "--lambda-log10", Evil], true);
                yield return ([Path.Combine(evil, "curves.csv")], true);
                foreach (var format in formats)
                    yield return ([Path.Combine(evil, EvilName + "epochs.csv"), "--out", evil + format, "--format", format], false);
                break;
            case ["fit"]:
                yield return ([Path.Combine(evil, "curves.csv"), "--x", "t", "--y", Evil + "2"], true);
                foreach (var format in formats)
                    yield return ([Path.Combine(evil, "curves.csv"), "--x", "t", "--resamples", "99", "--out", evil + format, "--format", format], false);
                break;
            case ["fit-schedule"]:
                yield return ([Path.Combine(evil, "absent.csv")], true);
                foreach (var format in formats)
                    yield return ([Path.Combine(evil, EvilName + "losses.csv"), "--law", "direct", "--resamples", "20", "--restarts", "10", "--out", evil + format, "--format", format], false);
                break;
            case ["collapse"]:
                yield return ([Path.Combine(evil, "models.csv"), "--models", Evil + "2"], true);
                foreach (var format in formats)
                {
                    yield return ([Path.Combine(evil, "models.csv"), "--x", "t", "--y", Evil.Replace("\u2028", "", StringComparison.Ordinal), "--models", "d", "--out", evil + format, "--format", format], false);
                    yield return ([Path.Combine(evil, "ladder.csv"), "--y", Evil.Replace("\u2028", "", StringComparison.Ordinal), "--resamples", "20", "--out", evil + "-ladder-" + format, "--format", format], false);
                }

                break;
        }
    }

    private static string[] Small(string system) => system switch
    {
        "phase-retrieval" => ["--dimension", "5", "--until", "1", "--points", "2"],
        "spectral-descent" => ["--dimension", "5", "--steps", "4", "--points", "4"],
        "scaling-renormalization" => ["--dimension", "20", "--points", "3"],
        "u-turn-double-descent" => ["--samples", "20", "--points", "3"],
        "multiscale-double-descent" => ["--dimension", "6", "--points", "3"],
        "multiclass-sgd" => ["--dimension", "6", "--until", "2", "--points", "3"],
        "quadratic-parameterization" => ["--model-size", "5", "--points", "3"],
        "scaling-collapse" => ["--models", "10,100", "--points", "3"],
        "in-and-out-of-equilibrium" => ["--samples", "6", "--dimension", "2", "--batch", "2", "--points", "3"],
        "diffusion-spectral-bias" => ["--dimension", "6", "--points", "3"],
        "rao-blackwell-diffusion" => ["--group", "cyclic:4", "--points", "3"],
        _ => ["--features", "16", "--model-size", "8", "--points", "2", "--steps", "20"],
    };

    private void PrepareInputs()
    {
        var evil = folder.Path(EvilName);
        Directory.CreateDirectory(evil);
        var name = "\"" + Evil.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("\u2028", "", StringComparison.Ordinal) + "\"";
        string Row(params IEnumerable<double> numbers) => string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
        File.WriteAllText(Path.Combine(evil, "curves.csv"), $"t,{name},+b\n" + string.Join('\n', Enumerable.Range(1, 60).Select(t => Row(t, Math.Pow(t, -0.5), Math.Pow(t, -0.7)))) + "\n");
        File.WriteAllText(Path.Combine(evil, "models.csv"), $"t,d,{name}\n" + string.Join('\n', new[] { 10, 20, 40 }.SelectMany(d => Enumerable.Range(1, 40).Select(t => Row(t, d, Math.Exp(-(double)t / d))))) + "\n");
        File.WriteAllText(Path.Combine(evil, "ladder.csv"), $"params,seed,schedule,tokens,{name}\n" + string.Join('\n', new[] { 10, 20, 40 }.SelectMany(p => Enumerable.Range(1, 60).Select(t => $"{p},{name},{name},{Row(t * p, 1 + (1 / Math.Sqrt(t * p)) + (1 / Math.Sqrt(p)))}"))) + "\n");
        File.WriteAllText(Path.Combine(evil, EvilName + "losses.csv"), $"step,lr,loss\n" + string.Join('\n', Enumerable.Range(1, 60).Select(t => Row(t * 10, 1e-3 * (1 - (t / 80.0)), 2 + (3 / Math.Sqrt(t))))) + "\n");
        File.WriteAllText(Path.Combine(evil, EvilName + ".csv"), $"{name},+b,c\n" + string.Join('\n', Enumerable.Range(1, 40).Select(k => Row(Math.Sin(k), Math.Cos(2.3 * k), Math.Sin(5.1 * k) / 3))) + "\n");
        File.WriteAllText(Path.Combine(evil, EvilName + "labelled.csv"), $"a,b,{name}\n" + string.Join('\n', Enumerable.Range(1, 40).Select(k => $"{Row(Math.Sin(k), Math.Cos(2.3 * k))},{(k % 3 == 0 ? "x" : name)}")) + "\n");
        File.WriteAllText(Path.Combine(evil, EvilName + "epochs.csv"), $"lambda-log10,epoch,error,run\n" + string.Join('\n', new[] { -1, -2 }.SelectMany(lambda => Enumerable.Range(1, 40).Select(t => $"{Row(lambda, t, 0.2 + (0.5 / t))},{name}"))) + "\n");
        File.WriteAllText(Path.Combine(evil, "words.csv"), $"a,b\n1,{name}\n2,3\n");
        var text = "\"" + string.Concat(Evil.Select(letter => letter is '"' or '\\' ? "\\" + letter : char.IsControl(letter) || letter > '~' ? $"\\u{(int)letter:X4}" : letter.ToString())) + "\"";
        File.WriteAllText(Path.Combine(evil, "s.toml"), $"""
            title = {text}
            description = {text}
            system = "phase-retrieval"
            method = "flow"
            [parameters]
            dimension = [5, 10]
            until = 1
            points = 4
            [derived]
            last = {"{"} value = "u" {"}"}
            [[figure]]
            id = "f"
            title = {text}
            caption = {text}
            x = "dimension"
            y = "last"
            x-label = {text}
            y-label = {text}
            labels = [{text}]
            [[claim]]
            id = {text}
            statement = {text}
            source = {text}
            measured = "last"
            at-least = -1
            """);
        File.WriteAllText(Path.Combine(evil, "wrong.toml"), $"system = {text}\n");
    }

    private void Sweep() => Run(["sweep", Path.Combine(folder.Path(EvilName), "s.toml"), "--out", folder.Path(EvilName) + "runs", "--quiet"]).GetAwaiter().GetResult().Code.ShouldBe(0);

    private void CheckFiles()
    {
        Directory.GetFiles(folder.Path("."), "pwned", SearchOption.AllDirectories).ShouldBeEmpty();
        foreach (var file in Directory.GetFiles(folder.Path("."), "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(Path.Combine(folder.Path("."), EvilName) + "/", StringComparison.Ordinal) || file.Contains("/table/", StringComparison.Ordinal)))
        {
            if (Path.GetExtension(file) is ".html" or ".svg")
                CheckMarkup(XDocument.Parse(File.ReadAllText(file)), file);
            if (Path.GetExtension(file) is ".csv" && !file.Contains("/log/", StringComparison.Ordinal))
                Formulas(File.ReadAllText(file)).ShouldBeEmpty(file);
            if (Path.GetExtension(file) is ".html" or ".svg" or ".csv")
                Shown(File.ReadAllText(file)).ShouldBeEmpty(file);
        }
    }

    private static void CheckMarkup(XDocument page, string file)
    {
        page.Descendants().ShouldAllBe(element => element.Name.LocalName != "evil", file);
        page.Descendants().Attributes().ShouldAllBe(attribute => !attribute.Name.LocalName.StartsWith("on"), file);
        page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "href" or "src").ShouldAllBe(attribute => attribute.Value.StartsWith('#'), file);
        var scripts = page.Descendants().Where(element => element.Name.LocalName == "script").ToLookup(element => (string?)element.Attribute("type") == "application/json");
        scripts[false].Count().ShouldBe(file.EndsWith(".html", StringComparison.Ordinal) ? 1 : 0, file);

        // Figures as data, which nothing runs.
        foreach (var data in scripts[true])
        {
            data.Value.ShouldNotContain('<', file);
            using (System.Text.Json.JsonDocument.Parse(data.Value)) { }
        }

        page.Descendants().Count(element => element.Name.LocalName == "title" && element.Name.NamespaceName.Length == 0).ShouldBe(file.EndsWith(".html", StringComparison.Ordinal) ? 1 : 0, file);
    }

    // The characters that are obeyed, as numbers.
    private static string Shown(string text) => string.Join(' ', text.EnumerateRunes().Where(letter => letter.Value != '\n' && !PrintableText.IsPrintable(letter)).Select(letter => letter.Value.ToString("X4", CultureInfo.InvariantCulture)).Distinct());

    // Cells that a spreadsheet would compute.
    private static List<string> Formulas(string text)
    {
        var found = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in text)
        {
            if (letter == '"')
                isQuoted = !isQuoted;
            else if (isQuoted || letter is not (',' or '\n'))
                cell.Append(letter);
            if (isQuoted || letter is not (',' or '\n'))
                continue;
            if (cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) && !double.TryParse(cell.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                found.Add(cell.ToString());
            cell.Clear();
        }

        return found;
    }

    private static IEnumerable<(string Path, Command Command)> Leaves()
    {
        using var output = new StringWriter();
        using var screen = Screen.Of(output, output);
        return [.. Below(EigenflowCommand.Build(screen), "")];

        static IEnumerable<(string, Command)> Below(Command command, string path) => command.Subcommands.Count == 0
            ? [(path, command)]
            : command.Subcommands.SelectMany(child => Below(child, path.Length == 0 ? child.Name : $"{path} {child.Name}"));
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var screen = Screen.Of(output, error);

        // Small pictures: it is their texts that are looked at.
        var code = await EigenflowCommand.RunAsync(arguments.Contains("--out", StringComparer.Ordinal) && arguments[0] != "sweep" ? [.. arguments, "--scale", "0.5"] : arguments, screen);
        return (code, output.ToString(), error.ToString());
    }
}
