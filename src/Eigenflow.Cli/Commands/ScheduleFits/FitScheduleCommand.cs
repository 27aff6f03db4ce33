using System.CommandLine;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow fit-schedule FILE…</c>: laws of loss curves under learning-rate schedules, forecasts of other schedules, and the best schedule.</summary>
internal static class FitScheduleCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command(
            "fit-schedule",
            "Fits laws of loss curves under learning-rate schedules to measured curves (columns step, loss, learning_rate), forecasts other schedules with a band, and proposes the best schedule.");
        var options = new FitScheduleOptions(command);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for fit-schedule.png, .svg and .csv, report.html, fit.json, forecast-NAME.csv and schedule.csv.");
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var pictures = common.Pictures(parse);
            var isQuiet = common.IsQuiet(parse);
            var folder = common.Folder(parse);
            var request = options.Read(parse);
            common.Prepare(parse, screen, ["fit.json", "pairs.csv", "report.html"]);
            return request.ComparesEach
                ? Pairs(screen, request, format, isQuiet, folder, cancellation)
                : Fit(screen, request, format, isQuiet, folder, pictures, cancellation);
        }, CancellationToken.None));
        return command;
    }

    private static int Fit(Screen screen, FitScheduleRequest request, OutputFormat format, bool isQuiet, string? folder, RenderOptions pictures, CancellationToken cancellation)
    {
        var result = ProgressDisplay.Run(screen, isQuiet, (progress, _) => request.Run(progress, cancellation));
        var figure = result.Fit.ToFigure(result.Proposal);
        var tables = FitScheduleTables.Of(result);
        switch (format)
        {
            case OutputFormat.Json:
                screen.Data.WriteLine(FitScheduleJson.Of(result).ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Table(FitScheduleTables.AllParameters(result.Fit)));
                foreach (var warning in result.Fit.Warnings)
                    screen.Error.WriteLine(warning);
                break;
            default:
                if (!isQuiet)
                    screen.Show(figure);
                screen.Show(tables);
                foreach (var line in FitScheduleTables.Verdicts(result))
                    screen.WriteText(line);
                break;
        }

        if (folder is not null)
        {
            FitScheduleFiles.Write(folder, result, figure, tables, request.CommandText, pictures);
            if (!isQuiet)
                screen.Error.WriteLine($"wrote {string.Join(", ", FitScheduleFiles.Names(result))} to {folder}");
        }

        if (result.Proposal is not null && folder is not null && !isQuiet)
            screen.Error.WriteLine($"use the proposed schedule: --schedule {ShellWord.Quoted("file:" + Path.Combine(folder, FitScheduleFiles.ScheduleName))}");
        else if (result.Proposal is not null && !isQuiet)
            screen.Error.WriteLine("add --out DIR to save the proposed schedule as a table");
        return 0;
    }

    private static int Pairs(Screen screen, FitScheduleRequest request, OutputFormat format, bool isQuiet, string? folder, CancellationToken cancellation)
    {
        var pairs = ProgressDisplay.Run(screen, isQuiet, (progress, _) => request.RunPairs(progress, cancellation));
        var table = FitScheduleTables.Pairs(pairs);
        switch (format)
        {
            case OutputFormat.Json:
                screen.Data.WriteLine(FitScheduleJson.Of(pairs).ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Table(FitScheduleTables.AllPairs(pairs)));
                break;
            default:
                screen.Show(table);
                break;
        }

        if (folder is not null)
        {
            AtomicFile.WriteText(Path.Combine(folder, "pairs.csv"), CsvText.Table(FitScheduleTables.AllPairs(pairs)));
            if (!isQuiet)
                screen.Error.WriteLine($"wrote pairs.csv to {folder}");
        }

        return 0;
    }
}
