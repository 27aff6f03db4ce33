using System.CommandLine;
using Eigenflow.Rendering;
using Eigenflow.Scaling.Fits;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow fit FILE…</c>: scaling laws of curves, with intervals, windows and verdicts.</summary>
internal static class FitCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("fit", "Fits scaling laws (power law, power law + floor, broken power law, stretched exponential) to curves: exponents with bootstrap intervals, window, goodness, local exponents, and a verdict.");
        var curveOptions = new CurveOptions(command);
        var laws = Text("--law", $"Laws to fit: {string.Join(", ", ScalingFit.LawNames)} (default: all).", "LAW,…");
        var window = Text("--window", "Range of x to fit, such as 100,1e5 or 100, (default: everything, and for the power law the longest range with one exponent).", "FROM,TO");
        var seeds = Text("--seeds", $"Curves that differ in this column alone are seeds of one: intervals across seeds. '{FitRequest.AllCurves}': all curves are.", "COLUMN");
        var level = Text("--level", "Level of the intervals (default 0.95).", "LEVEL");
        var resamples = Text("--resamples", "Resamples of the bootstrap (default 999).", "N");
        var drift = Text("--drift", "Largest change of the local exponent across the window of a power law that departs by more than noise (default 0.05; never more than twice this part of the exponent).", "CHANGE");
        var seed = Text("--seed", "Seed of the resamples (default 1).", "N");
        foreach (var option in (Option<string?>[])[laws, window, seeds, level, resamples, drift, seed])
            command.Options.Add(option);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for fit.png, .svg and .csv, fit.json and report.html.");
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var pictures = common.Pictures(parse);
            var isQuiet = common.IsQuiet(parse);
            var folder = common.Folder(parse);
            var request = new FitText
            {
                X = curveOptions.X(parse),
                Y = curveOptions.Y(parse),
                Group = curveOptions.Group(parse),
                Law = parse.GetValue(laws),
                Window = parse.GetValue(window),
                Seeds = parse.GetValue(seeds),
                Level = parse.GetValue(level),
                Resamples = parse.GetValue(resamples),
                Drift = parse.GetValue(drift),
                Seed = parse.GetValue(seed),
            }.Read(curveOptions.Files(parse));
            common.Prepare(parse, screen, ["fit.json", "parameters.csv", "report.html"]);
            var result = ProgressDisplay.Run(screen, isQuiet, (progress, _) => request.Run(progress, cancellation));
            Print(screen, result, format, isQuiet);
            if (folder is not null)
            {
                FitFiles.Write(folder, result, RequestText.Typed(parse), pictures);
                if (!isQuiet)
                    screen.Error.WriteLine($"wrote {string.Join(", ", FitFiles.Names)} to {folder}");
            }

            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static void Print(Screen screen, FitResult result, OutputFormat format, bool isQuiet)
    {
        switch (format)
        {
            case OutputFormat.Json:
                screen.Data.WriteLine(FitJson.Of(result).ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Table(FitTables.AllParameters(result)));
                break;
            default:
                if (!isQuiet)
                    screen.Show(ScalingFitFigure.Of(result.Fits));
                screen.Show(FitTables.Of(result));
                foreach (var line in FitTables.Verdicts(result))
                    screen.WriteText(line);
                break;
        }
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
