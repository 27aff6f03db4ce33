using System.CommandLine;
using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Explorer.StaticPages;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow explore --export DIR SYSTEM</c>: a page of one system in one file, which needs no server.</summary>
internal sealed class ExportMode
{
    private const string FileName = "index.html";

    // Writing the file takes as long.
    private const double Soon = 0.5;

    private readonly Option<string?> folder = new("--export") { Description = "Writes a page of SYSTEM to DIR/index.html, with sliders of a few parameters, which opens without a server, and ends.", HelpName = "DIR" };
    private readonly Option<string?> parameters = new("--parameters") { Description = "With --export: parameters with a slider, and behind a colon how many values it has (default: the first two that change the curves, with as many values as a small page holds).", HelpName = "NAME[:N],…" };
    private readonly Option<string[]> grid = new("--grid") { Description = "With --export: a slider with values of its own, such as --grid \"exponent=linspace(1.2,3,9)\"; may be repeated.", HelpName = "NAME=VALUES" };
    private readonly Option<string[]> set = new("--set") { Description = "With --export: a value that has no slider, such as --set noise=0.1; may be repeated.", HelpName = "NAME=VALUE" };
    private readonly Option<string?> method = new("--method") { Description = "With --export: one or more methods (default: the first theory).", HelpName = "METHOD,…" };
    private readonly Option<string?> jobs = new("--jobs") { Description = "With --export: settings solved side by side (default: the cores of this machine); results do not depend on it.", HelpName = "N" };
    private readonly Option<bool> force = new("--force") { Description = "With --export: beyond 10 minutes or 50 MB, and over an index.html that is no such page." };

    /// <summary>Adds its options to the command.</summary>
    public ExportMode AddTo(Command command)
    {
        foreach (var option in (Option[])[folder, parameters, grid, set, method, jobs, force])
            command.Options.Add(option);
        return this;
    }

    /// <summary>Whether a page is asked for, and no server.</summary>
    /// <exception cref="ParameterException">Options of a page without --export.</exception>
    public bool IsAsked(ParseResult parse)
    {
        if (parse.GetValue(folder) is not null)
            return true;
        Option[] others = [parameters, grid, set, method, jobs, force];
        if (Array.Find(others, option => parse.GetResult(option) is { Implicit: false }) is { } other)
            throw new ParameterException(other.Name.TrimStart('-'), "", "given with --export DIR alone");
        return false;
    }

    /// <summary>Makes the page.</summary>
    /// <param name="parse">What was typed.</param>
    /// <param name="system">The system that was named.</param>
    /// <param name="isQuiet">Whether nothing is told.</param>
    /// <param name="screen">Where it is told.</param>
    /// <param name="cancellation">Ends it without a file.</param>
    public int Run(ParseResult parse, ISystem? system, bool isQuiet, Screen screen, CancellationToken cancellation)
    {
        var target = parse.GetValue(folder)!;
        var model = system ?? throw new ParameterException("system", "", "one of " + string.Join(", ", SystemCatalog.All.Select(one => one.Id)), "name it behind the folder: eigenflow explore --export DIR SYSTEM");
        var request = new StaticPageRequest
        {
            System = model,
            Methods = Split(parse.GetValue(method)),
            Given = new Setting(Pairs(model, "set", parse.GetValue(set)).Select(pair => KeyValuePair.Create(pair.Parameter.Name, pair.Parameter.Parse(pair.Text)))),
            Parameters = Split(parse.GetValue(parameters)),
            Axes = [.. Pairs(model, "grid", parse.GetValue(grid)).Select(pair => PageAxis.Typed(pair.Parameter, pair.Text))],
            Workers = (int)(OptionNumbers.Whole(parse, jobs, Parameter.Whole("jobs", 1, 1024)) ?? Environment.ProcessorCount),
            IsUnlimited = parse.GetValue(force),
        };
        var path = Path.Combine(target, FileName);
        if (!request.IsUnlimited && File.Exists(path) && !StaticPage.IsOne(path))
            throw new ParameterException("export", target, "a folder without another index.html", "choose another folder, or add --force to overwrite the file");
        AtomicFile.PrepareFolder(target);
        var plan = ProgressDisplay.Run(screen, isQuiet, (progress, write) => StaticPage.Plan(request, progress, isQuiet ? null : write, cancellation));
        if (!isQuiet)
            screen.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Id}: {string.Join(" and ", plan.Axes.Select(Described))} by {string.Join(", ", plan.Methods)}: {plan.Settings} settings and {plan.Checks} checks, {Work(plan)}, {Size(plan.Bytes)}; Ctrl-C ends it without a file"));
        var page = ProgressDisplay.Run(screen, isQuiet, (progress, _) => StaticPage.Make(plan, progress, cancellation));
        AtomicFile.WriteText(path, page.Html);
        if (isQuiet)
            return 0;
        screen.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrote {path} ({Size(page.Html.Length)}, {page.Settings} settings{(page.Missing > 0 ? $", {page.Missing} of them without a solution" : "")})"));
        screen.Error.WriteLine(StaticPage.Accuracy(page));
        return 0;
    }

    private static string[] Split(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    // Choosing the values of a page solves most of it.
    private static string Work(StaticPagePlan plan)
    {
        var chosen = $"chosen in {ProgressLines.Duration(plan.Spent)}";
        return plan.Left == 0
            ? $"all of them solved while they were {chosen}{(plan.Seconds < Soon ? "" : $"; about {ProgressLines.Duration(plan.Seconds)} more")}"
            : string.Create(CultureInfo.InvariantCulture, $"{chosen}; {plan.Left} are left to solve, about {ProgressLines.Duration(plan.Seconds)}");
    }

    private static string Described(PageAxis axis) => string.Create(CultureInfo.InvariantCulture, $"{axis.Values.Count} values of {axis.Parameter.Name} from {DisplayNumber.Plain(Setting.Shown(axis.Values[0]))} to {DisplayNumber.Plain(Setting.Shown(axis.Values[^1]))}");

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0#} MB");

    private static IEnumerable<(Parameter Parameter, string Text)> Pairs(ISystem system, string option, string[]? texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            if (text.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value])
                throw new ParameterException(option, text, "NAME=VALUE");
            var parameter = system.Parameter(name) ?? throw new ParameterException(option, name, "a parameter of " + system.Id, Suggestion.For(name, system.Parameters.Select(one => one.Name)));
            if (!seen.Add(name))
                throw new ParameterException(option, name, "given once");
            yield return (parameter, value);
        }
    }
}
