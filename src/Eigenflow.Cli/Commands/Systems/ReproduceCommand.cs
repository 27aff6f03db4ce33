using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow reproduce SYSTEM</c>: figures, claims and report of its paper; exit code 1 if a claim fails.</summary>
internal static class ReproduceCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("reproduce", "Draws the figures of a paper, checks its claims, and writes one report. Exits with 1 if a claim fails or a part could not be made, else with 0; the same command continues after an interruption.");
        var argument = SystemArgument.AddTo(command);
        var figure = new Option<string?>("--figure") { Description = "Only these figures of the paper, such as 2 or 1,3.", HelpName = "N,…" };
        var beyond = new Option<bool>("--beyond") { Description = "In place of the paper: figures and claims on what it leaves open, for the systems that have them." };
        var fresh = new Option<bool>("--fresh") { Description = "Makes everything again, also what an earlier call has finished." };
        command.Options.Add(figure);
        command.Options.Add(beyond);
        command.Options.Add(fresh);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder to write to (default reports/SYSTEM).").WithJobs(command);
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var system = SystemArgument.Read(parse, argument);
            var format = common.Format(parse);
            var isQuiet = common.IsQuiet(parse);
            var isBeyond = parse.GetValue(beyond);
            var tasks = isBeyond ? Beyond(system, parse.GetValue(figure)) : Select(system, parse.GetValue(figure));
            var runner = new ReproductionRunner
            {
                System = system,
                Tasks = tasks,
                Folder = common.Folder(parse) ?? Path.Combine("reports", system.Id),
                Command = $"eigenflow reproduce {system.Id}{(isBeyond ? " --beyond" : "")}",
                ReportName = isBeyond ? "beyond.html" : tasks.Count == system.Reproduction.Count ? "report.html" : $"report-figure-{string.Join('-', tasks.SelectMany(task => task.FigureNumbers))}.html",
                Pictures = common.Pictures(parse),
                Workers = common.Jobs(parse),
                IsFresh = parse.GetValue(fresh),
            };
            common.Prepare(parse, screen, [runner.ReportName]);
            var outcome = ProgressDisplay.Run(screen, isQuiet, (progress, write) => runner.Run(progress, step => write(Line(step)), cancellation));
            Print(screen, system, outcome, format);
            foreach (var (task, message) in outcome.Failures)
                screen.Error.WriteLine($"eigenflow: {task.Id} could not be made: {message}");
            if (outcome.IsCancelled)
            {
                screen.Error.WriteLine($"eigenflow: interrupted; {outcome.Sections.Count} of {tasks.Count} parts are finished in {runner.Folder}, and the same command continues");
                return 130;
            }

            if (!isQuiet)
                screen.Error.WriteLine($"report: {outcome.ReportPath}");
            return outcome.Succeeds ? 0 : 1;
        }, CancellationToken.None));
        return command;
    }

    private static IReadOnlyList<ReproductionTask> Beyond(ISystem system, string? figure)
    {
        if (figure is not null)
            throw new ParameterException("figure", figure, "left out with --beyond", "the numbers are those of the paper's figures");
        if (system.Beyond.Count > 0)
            return system.Beyond;
        var others = SystemCatalog.All.Where(other => other.Beyond.Count > 0).Select(other => other.Id);
        throw new ParameterException("beyond", system.Id, $"given with {string.Join(", ", others)}", "reproduce without it makes the figures and claims of the paper");
    }

    private static IReadOnlyList<ReproductionTask> Select(ISystem system, string? text)
    {
        if (text is null)
            return system.Reproduction;
        var known = system.Reproduction.SelectMany(task => task.FigureNumbers).ToArray();
        var wanted = text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && known.Contains(number)
                ? number
                : throw new ParameterException("figure", part, $"one or more of {string.Join(", ", known)}")).ToArray();
        return [.. system.Reproduction.Where(task => task.FigureNumbers.Any(wanted.Contains))];
    }

    private static string Line(ReproductionStep step)
    {
        var claims = step.Result.Claims.Count > 0 ? ", " + ClaimsTable.Count(step.Result.Claims) : "";
        var time = step.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : "kept from an earlier call";
        return $"{step.Task.Id}: {step.Task.Title} ({time}{claims})";
    }

    private static void Print(Screen screen, ISystem system, ReproductionOutcome outcome, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                screen.Data.WriteLine(new JsonObject
                {
                    ["system"] = system.Id,
                    ["claims"] = new JsonArray([.. outcome.Claims.Select(ClaimText.Json)]),
                    ["verdicts"] = new JsonObject(VerdictWords.All.Select(verdict => KeyValuePair.Create(VerdictWords.Of(verdict), (JsonNode?)outcome.Claims.Count(claim => claim.Verdict == verdict)))),
                    ["summary"] = ClaimsTable.Count(outcome.Claims),
                }.ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Claims(outcome.Claims));
                break;
            default:
                var tables = outcome.Sections.SelectMany(section => section.Result.Tables).ToArray();
                screen.Show(tables);
                if (tables.Length > 0)
                    screen.Output.WriteLine();
                if (outcome.Claims.Count > 0)
                    screen.Show(outcome.Claims);
                break;
        }
    }
}
