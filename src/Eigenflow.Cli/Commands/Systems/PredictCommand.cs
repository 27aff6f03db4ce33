using System.CommandLine;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow predict SYSTEM</c>: the numbers of the theory, and the learning curve that goes with them.</summary>
internal static class PredictCommand
{
    public static Command Make(Screen screen, IReadOnlyList<string>? arguments) => SystemArgument.PerSystem(
        "predict", "Prints the numbers of the theory, with label, validity and source, and the learning curve where the system has one; --out draws it.", arguments,
        system => $"Predicts {system.Title}. Of every parameter {ValueList.Forms} makes one column per value.", (system, command) => Fill(system, command, screen));

    private static void Fill(ISystem system, Command command, Screen screen)
    {
        var parameters = new ParameterOptions(system, command);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for predictions.csv, curves.csv and learning-curve.png, .svg and .csv.");
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var pictures = common.Pictures(parse);
            var format = common.Format(parse);
            var given = RunPlan.Settings(system, parameters.Read(parse));
            var completed = given.Select(setting => system.Complete(null, setting)).ToArray();
            var settings = completed.Distinct().ToArray();
            RunPlan.RequireAlike(system, settings);
            var warnings = settings.SelectMany(system.Notes).Distinct(StringComparer.Ordinal).ToArray();
            var numbers = settings.Select(setting => (setting.Values, system.Numbers(setting))).ToArray();
            string[] chosen = [.. system.Parameters.Where(parameter => parameter.Default is null && settings.Any(setting => setting.Values[parameter.Name] is not null) && given.All(setting => setting[parameter.Name] is null)).Select(parameter => parameter.Name)];
            var predicted = settings.ToDictionary(setting => setting, setting => system.Predict(setting, cancellation));
            var predictions = settings.Select(setting => (setting.Values, predicted[setting])).ToArray();
            var folder = common.Folder(parse);
            common.Prepare(parse, screen, ["predictions.csv", "curves.csv"]);
            var isTable = format == OutputFormat.Table;

            var refused = new List<string>();

            // Other formats print predictions alone, so that the curve is solved for its files only.
            var curves = folder is not null || isTable
                ? ProgressDisplay.Run(screen, common.IsQuiet(parse), (progress, _) => PredictCurves.Solve(system, [.. given.Zip(completed, (setting, complete) => (setting, predicted[complete]))], refused, folder is not null, progress, cancellation))
                : [];
            switch (format)
            {
                case OutputFormat.Json:
                    screen.WriteUtf8(stream => SolutionJson.WritePredictions(stream, system.Id, [.. predictions.Zip(numbers, (prediction, number) => (prediction.Values, prediction.Item2, number.Item2))], warnings));
                    break;
                case OutputFormat.Csv:
                    screen.Data.Write(CsvText.Predictions(predictions));
                    break;
                default:
                    if (!common.IsQuiet(parse) && curves.Any(curve => curve.Solution.Rows > RunTables.LargestPrinted))
                        screen.Show(PredictCurves.Figure(system, curves));
                    screen.Show(
                    [
                        .. RunTables.Numbers(numbers) is { } described ? [described] : Array.Empty<Table>(),
                        predictions.Length == 1 ? One(system, predictions[0], chosen) : Several(predictions, chosen),
                        .. Reasons(predictions) is { Rows.Count: > 0 } reasons ? [reasons] : Array.Empty<Table>(),
                        .. predictions.Length == 1 ? curves.Select(curve => PredictCurves.Rows(system, curve.Solution)) : [],
                    ]);
                    break;
            }

            if (folder is not null)
            {
                PredictCurves.Write(folder, system, curves, CsvText.Predictions(predictions), pictures);
                if (!common.IsQuiet(parse))
                    screen.Error.WriteLine($"wrote {PredictCurves.Files(curves)} to {folder}");
            }

            foreach (var warning in warnings.Concat(refused).Concat(curves.SelectMany(curve => curve.Solution.Warnings)).Distinct(StringComparer.Ordinal))
                screen.Error.WriteLine($"eigenflow: warning: {warning}");
            foreach (var solution in curves.Select(curve => curve.Solution).Where(solution => solution.Status.Message.Length > 0))
                screen.Error.WriteLine($"eigenflow: {solution.Method}: {solution.Status.Message}");
            cancellation.ThrowIfCancellationRequested();
            return curves.All(curve => curve.Solution.Status.Outcome == SolveOutcome.Completed) ? 0 : 1;
        }, CancellationToken.None));
    }

    // What was not given and follows from the rest is said, because all numbers depend on it.
    private static Table One(ISystem system, (Setting Setting, IReadOnlyList<Prediction> Predictions) predicted, string[] chosen) => new(
        "predictions", $"{system.Title}: predictions", ["name", "symbol", "value", "label", "window", .. predicted.Predictions.Any(prediction => prediction.Methods.Count > 0) ? (string[])["method"] : [], "valid", "source"],
        [.. predicted.Predictions.Where(prediction => prediction.Window != WindowStatus.Withheld).Select(prediction => (IReadOnlyList<string>)
            [prediction.Name, prediction.Symbol, Cell(prediction), PredictionText.Kind(prediction.Kind), Window(prediction),
                .. predicted.Predictions.Any(other => other.Methods.Count > 0) ? (string[])[PredictionText.Methods(prediction)] : [], prediction.Validity, prediction.Source.Split(" (")[0]])],
        (chosen.Length > 0 ? $"Chosen, because not given: {Headline(chosen, predicted.Setting)}. " : "")
        + "in: every condition of the window that can be computed holds; OUT: the number is that of the formula, and the system need not follow it. "
        + $"Conditions with their numbers: --format json. Meanings: eigenflow describe {system.Id}. Derivations of our own: docs/systems/{system.Id}.md.");

    private static Table Several((Setting Setting, IReadOnlyList<Prediction> Predictions)[] predictions, string[] chosen)
    {
        var varying = CsvText.Varying([.. predictions.Select(pair => pair.Setting)]);
        var names = predictions.SelectMany(pair => pair.Predictions.Select(prediction => prediction.Name)).Distinct(StringComparer.Ordinal);
        var headings = predictions.Select(pair => Headline(varying, pair.Setting));
        return new Table(
            "predictions", "", ["name", .. headings],
            [
                .. chosen.Except(varying, StringComparer.Ordinal).Select(name => (IReadOnlyList<string>)[name, .. predictions.Select(pair => pair.Setting[name] is { } value ? Setting.Shown(value) : "—")]),
                .. names.Select(name => (IReadOnlyList<string>)
            [
                name,
                .. predictions.Select(pair => pair.Predictions.FirstOrDefault(prediction => string.Equals(prediction.Name, name, StringComparison.Ordinal)) is { } found ? Cell(found) + (found.Window == WindowStatus.Outside ? " (OUT)" : "") : "—"),
            ]),
            ],
            predictions.Any(pair => pair.Predictions.Any(prediction => prediction.Window == WindowStatus.Outside)) ? "(OUT): out of its window, so that the system need not follow the number; why stands below." : "");
    }

    private static string Cell(Prediction prediction) => prediction.Window == WindowStatus.Withheld ? "—" : DisplayNumber.Of(prediction.Value);

    private static string Window(Prediction prediction) => prediction.Window switch
    {
        WindowStatus.Inside => "in",
        WindowStatus.Outside => "OUT",
        _ => "",
    };

    // Why numbers are marked or missing: the condition that fails with its number; settings for which that is the same stand together.
    private static Table Reasons((Setting Setting, IReadOnlyList<Prediction> Predictions)[] predictions)
    {
        var varying = CsvText.Varying([.. predictions.Select(pair => pair.Setting)]);
        var reasons = predictions
            .SelectMany(pair => pair.Predictions.Where(prediction => prediction.Reason.Length > 0).Select(prediction => (
                prediction.Name, Setting: Headline(varying, pair.Setting), Window: prediction.Window == WindowStatus.Withheld ? "withheld" : "OUT", prediction.Reason)))
            .GroupBy(reason => (reason.Name, reason.Window, reason.Reason))
            .GroupBy(group => group.Key.Name, StringComparer.Ordinal).SelectMany(name => name);
        return new Table(
            "windows", "Outside their windows, or withheld", ["name", .. varying.Count > 0 ? (string[])["for"] : [], "window", "why"],
            [.. reasons.Select(group => (IReadOnlyList<string>)
                [group.Key.Name, .. varying.Count > 0 ? (string[])[string.Join("; ", group.Select(reason => reason.Setting))] : [], group.Key.Window, group.Key.Reason])]);
    }

    private static string Headline(IReadOnlyList<string> varying, Setting setting) => string.Join(", ", varying.Select(name => $"{name} = {Setting.Shown(setting[name])}"));
}
