using System.CommandLine;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Scaling.Epochs;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow epochs FILE</c>: epoch-wise double descent in measured errors over epoch and regularisation.</summary>
internal static class EpochsCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("epochs", "Reads measured errors over epoch and regularisation, says of every column whether it falls, turns or descends twice (with intervals), and where double descent begins.");
        var file = new Argument<string>("file") { Description = "A .npy array of epoch × regularisation (means over runs), a folder of runs log_lambda_<x>_seed_<k>.npy of 2 × epochs (train, test), or a table with columns lambda-log10, epoch, error, and run or std." };
        var std = Text("--std", "Standard deviations over runs (divisor n), an array of the same shape.", "FILE.npy");
        var runs = Text("--runs", "Number of runs of the deviations.", "N");
        var lambda = Text("--lambda-log10", "log10 of the regularisation of every column: numbers, FROM:TO:COUNT, or a file; all positive ones are read as 10^(-x).", "LIST|FILE");
        var transpose = new Option<bool>("--transpose") { Description = "The arrays are regularisation × epoch." };
        var error = Text("--error", "Which error of a folder of runs is read: test or train (default test).", "test|train");
        var bump = Text("--bump", "Size of the double descent that is claimed (default 0.02).", "SIZE");
        var reversal = Text("--reversal", "Smallest move between two extrema (default 0.01).", "SIZE");
        var noise = Text("--label-noise", "Part of the labels that were shuffled among themselves.", "PART");
        var classes = Text("--classes", "Number of classes, by which the part of wrong labels is smaller.", "N");
        command.Arguments.Add(file);
        foreach (var option in (Option[])[std, runs, lambda, transpose, error, bump, reversal, noise, classes])
            command.Options.Add(option);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for epochs.png, .svg, .csv and epochs.json.");
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var pictures = common.Pictures(parse);
            var isQuiet = common.IsQuiet(parse);
            var folder = common.Folder(parse);
            var path = parse.GetRequiredValue(file);
            var source = new EpochSource
            {
                Path = path,
                Deviations = parse.GetValue(std),
                Runs = (int?)OptionNumbers.Whole(parse, runs, Parameter.Whole("runs", 2, 1e6)),
                Lambdas = parse.GetValue(lambda),
                IsTransposed = parse.GetValue(transpose),
                IsTraining = parse.GetValue(error) switch
                {
                    null or "test" => false,
                    "train" => true,
                    var other => throw new ParameterException("error", other, "test or train"),
                },
            };
            var defaults = new EpochReadingOptions();
            var options = new EpochReadingOptions
            {
                Bump = OptionNumbers.Number(parse, bump, EpochReadingOptions.SizeRange) ?? defaults.Bump,
                Reversal = OptionNumbers.Number(parse, reversal, EpochReadingOptions.SizeRange) ?? defaults.Reversal,
            };
            var nominal = OptionNumbers.Number(parse, noise, LabelNoise.NominalRange);
            var kinds = OptionNumbers.Whole(parse, classes, LabelNoise.ClassesRange);
            if (nominal is null != kinds is null)
                throw new ParameterException(nominal is null ? "label-noise" : "classes", "", "given too", "the part of wrong labels follows from both");
            var labels = nominal is { } part && kinds is { } count ? new LabelNoise(part, (int)count) : null;
            common.Prepare(parse, screen, ["epochs.json", "epochs.csv"]);
            var map = ProgressDisplay.Run(screen, isQuiet, (progress, _) =>
            {
                progress?.Report(new Progress(0, "reading"));
                var curves = EpochReader.Read(source);
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new Progress(0.8, "extrema"));
                return EpochMap.Of(curves, options);
            });
            foreach (var warning in map.Warnings)
                screen.Error.WriteLine($"warning: {warning}");
            var figure = EpochFigure.Of(map, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
            var json = EpochReport.Json(map, labels).ToJsonString();
            switch (format)
            {
                case OutputFormat.Json:
                    screen.Data.WriteLine(json);
                    break;
                case OutputFormat.Csv:
                    screen.Data.Write(CsvText.Table(EpochReport.Full(map)));
                    break;
                default:
                    if (!isQuiet)
                        screen.Show(figure);
                    screen.Show(EpochReport.Columns(map));
                    foreach (var sentence in EpochReport.Sentences(map, labels))
                        screen.WriteText(sentence);
                    break;
            }

            if (folder is not null)
            {
                FigureFiles.Write(folder, figure, pictures);
                AtomicFile.WriteText(Path.Combine(folder, "epochs.json"), json + "\n");
                if (!isQuiet)
                    screen.Error.WriteLine($"wrote epochs.png, epochs.svg, epochs.csv, epochs.json to {folder}");
            }

            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
