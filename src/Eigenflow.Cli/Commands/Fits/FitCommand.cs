using System.CommandLine;
using Eigenflow.Rendering;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Fits;
using Eigenflow.Solutions;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow fit FILE…</c>: scaling laws of curves, with intervals, windows and verdicts.</summary>
internal static class FitCommand
{
    private const string AllCurves = "all";

    public static Command Make(Screen screen)
    {
        var command = new Command("fit", "Fits scaling laws (power law, power law + floor, broken power law, stretched exponential) to curves: exponents with bootstrap intervals, window, goodness, local exponents, and a verdict.");
        var curveOptions = new CurveOptions(command);
        var laws = Text("--law", $"Laws to fit: {string.Join(", ", ScalingFit.LawNames)} (default: all).", "LAW,…");
        var window = Text("--window", "Range of x to fit, such as 100,1e5 or 100, (default: everything, and for the power law the longest range with one exponent).", "FROM,TO");
        var seeds = Text("--seeds", $"Curves that differ in this column alone are seeds of one: intervals across seeds. '{AllCurves}': all curves are.", "COLUMN");
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
            var defaults = new ScalingFitOptions();
            var (start, end) = OptionNumbers.Pair(parse, window, ScalingFitOptions.WindowRange, "100,1e5 or 100,", mayBeOpen: true);
            var options = defaults with
            {
                WindowStart = start,
                WindowEnd = end,
                Laws = CurveOptions.Names(parse.GetValue(laws)),
                Level = OptionNumbers.Number(parse, level, ScalingFitOptions.LevelRange) ?? defaults.Level,
                Resamples = (int)(OptionNumbers.Whole(parse, resamples, ScalingFitOptions.ResamplesRange) ?? defaults.Resamples),
                LargestDrift = OptionNumbers.Number(parse, drift, ScalingFitOptions.DriftRange) ?? defaults.LargestDrift,
                Seed = (ulong)(OptionNumbers.Whole(parse, seed, OptionNumbers.Seeds) ?? 1),
            };
            options.Validate();
            common.Prepare(parse, screen, ["fit.json", "parameters.csv", "report.html"]);
            var seedColumn = parse.GetValue(seeds);
            var result = ProgressDisplay.Run(screen, isQuiet, (progress, _) =>
            {
                progress?.Report(new Progress(0, "reading"));
                var curves = seedColumn is null or AllCurves ? curveOptions.Read(parse) : curveOptions.Read(parse, seeds);
                return seedColumn is null ? Single(curves, options, progress, cancellation) : AcrossSeeds(curves, seedColumn, options, progress, cancellation);
            });
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

    private static FitResult Single(IReadOnlyList<TableCurve> curves, ScalingFitOptions options, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var fits = new List<ScalingFit>();
        var leftOut = new List<ParameterException>();
        foreach (var curve in curves)
        {
            progress?.Report(new Progress((double)(fits.Count + leftOut.Count) / curves.Count, curve.Name));
            try
            {
                fits.Add(ScalingFit.Of(CurveOf(curve), options, cancellation));
            }
            catch (ParameterException exception)
            {
                // One curve that is too short does not stop the others.
                leftOut.Add(exception);
            }
        }

        return fits.Count > 0 ? new FitResult(fits, [], [.. leftOut.Select(exception => exception.Message)]) : throw leftOut[0];
    }

    private static FitResult AcrossSeeds(IReadOnlyList<TableCurve> curves, string seedColumn, ScalingFitOptions options, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var groups = curves.GroupBy(curve => string.Equals(seedColumn, AllCurves, StringComparison.Ordinal)
            ? ""
            : string.Join(", ", [curve.YName, .. curve.Labels.Where(label => !string.Equals(label.Key, seedColumn, StringComparison.OrdinalIgnoreCase)).Select(label => $"{label.Key} {label.Value}")]), StringComparer.Ordinal).ToArray();
        var fits = new List<SeedFit>();
        var leftOut = new List<ParameterException>();
        foreach (var group in groups)
        {
            progress?.Report(new Progress((double)(fits.Count + leftOut.Count) / groups.Length, group.Key));
            try
            {
                var fit = SeedFit.Of([.. group.Select(CurveOf)], options, cancellation);
                fits.Add(group.Key.Length == 0 ? fit : fit with { Mean = fit.Mean with { Curve = fit.Mean.Curve with { Name = $"{group.Key}, {fit.Mean.Curve.Name}" } } });
            }
            catch (ParameterException exception)
            {
                leftOut.Add(exception);
            }
        }

        return fits.Count > 0 ? new FitResult([.. fits.Select(fit => fit.Mean)], fits, [.. leftOut.Select(exception => exception.Message)]) : throw leftOut[0];
    }

    private static ScalingCurve CurveOf(TableCurve curve) => new(curve.Name, curve.X, curve.Y) { XName = curve.XName, YName = curve.YName, Notes = curve.Notes };

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

/// <summary>What a call of <c>fit</c> found.</summary>
/// <param name="Fits">One fit per curve, or per group of seeds.</param>
/// <param name="Seeds">The fits across seeds, as many as groups; empty without seeds.</param>
/// <param name="LeftOut">Why curves were not fitted.</param>
internal sealed record FitResult(IReadOnlyList<ScalingFit> Fits, IReadOnlyList<SeedFit> Seeds, IReadOnlyList<string> LeftOut);
