using System.CommandLine;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow predict SYSTEM</c>: the numbers of the theory alone.</summary>
internal static class PredictCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("predict", "Prints the numbers of the theory alone, with label, validity and source.");
        foreach (var system in SystemCatalog.All)
            command.Subcommands.Add(MakeFor(system, screen));
        return command;
    }

    private static Command MakeFor(ISystem system, Screen screen)
    {
        var command = new Command(system.Id, $"Predicts {system.Title}. A list of values makes one column per value.");
        var parameters = new ParameterOptions(system, command);
        var common = new CommonOptions().AddTo(command);
        command.SetAction(parse =>
        {
            var format = common.Format(parse);
            var settings = RunPlan.Settings(system, parameters.Read(parse)).Select(setting => system.Complete(null, setting)).Distinct().ToArray();
            var predictions = settings.Select(setting => (setting, system.Predict(setting))).ToArray();
            switch (format)
            {
                case OutputFormat.Json:
                    screen.WriteUtf8(stream => SolutionJson.WritePredictions(stream, system.Id, predictions));
                    break;
                case OutputFormat.Csv:
                    screen.Output.Write(CsvText.Predictions(predictions));
                    break;
                default:
                    screen.Output.Write(TableText.Render(predictions.Length == 1 ? One(system, predictions[0].Item2) : Several(predictions), screen.Width, screen.HasUnicode));
                    break;
            }

            return 0;
        });
        return command;
    }

    private static Table One(ISystem system, IReadOnlyList<Prediction> predictions) => new(
        "predictions", $"{system.Title}: predictions", ["name", "symbol", "value", "label", "valid", "source"],
        [.. predictions.Select(prediction => (IReadOnlyList<string>)
            [prediction.Name, prediction.Symbol, Cell(prediction.Value), PredictionText.Kind(prediction.Kind), prediction.Validity, prediction.Source.Split(" (")[0]])],
        $"Meanings: eigenflow describe {system.Id}. Derivations of our own: docs/systems/{system.Id}.md.");

    private static Table Several((Setting Setting, IReadOnlyList<Prediction> Predictions)[] predictions)
    {
        var varying = CsvText.Varying([.. predictions.Select(pair => pair.Setting)]);
        var names = predictions.SelectMany(pair => pair.Predictions.Select(prediction => prediction.Name)).Distinct(StringComparer.Ordinal);
        var headings = predictions.Select(pair => string.Join(", ", varying.Select(name => $"{name} = {Setting.Format(pair.Setting[name])}")));
        return new Table(
            "predictions", "", ["name", .. headings],
            [.. names.Select(name => (IReadOnlyList<string>)
            [
                name,
                .. predictions.Select(pair => pair.Predictions.FirstOrDefault(prediction => string.Equals(prediction.Name, name, StringComparison.Ordinal)) is { } found ? Cell(found.Value) : "—"),
            ])]);
    }

    private static string Cell(double value) => RunTables.Number(value, 8);
}
