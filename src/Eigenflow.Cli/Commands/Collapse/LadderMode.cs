using System.CommandLine;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow collapse FILE…</c> for ladders of models.</summary>
internal static class LadderMode
{
    private const int MostShown = 3;

    public static int Run(ParseResult parse, Screen screen, LadderArguments arguments, CommonOptions common, CancellationToken cancellation)
    {
        var format = common.Format(parse);
        var pictures = common.Pictures(parse);
        var isQuiet = common.IsQuiet(parse);
        var folder = common.Folder(parse);
        var (reading, options, transfer) = (arguments.Reading(parse), arguments.Options(parse), arguments.Transfer(parse));
        var prepare = arguments.Preparation(parse);
        options.Validate();
        common.Prepare(parse, screen, ["collapse.json", "curves.csv"]);
        var study = ProgressDisplay.Run(screen, isQuiet, (progress, _) =>
        {
            progress?.Report(new Progress(0, "reading"));
            var data = prepare(LadderReader.Read(arguments.Files(parse), reading));
            cancellation.ThrowIfCancellationRequested();
            return LadderStudy.Of(data, options, transfer, progress, cancellation);
        });
        var figures = Figures(study, pictures.Size == PictureSize.Column);
        switch (format)
        {
            case OutputFormat.Json:
                screen.Data.WriteLine(LadderJson.Of(study).ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Table(LadderTables.Curves(study)));
                break;
            default:
                foreach (var figure in isQuiet ? [] : figures.Take(MostShown))
                    screen.Show(figure);
                screen.Show(LadderTables.Of(study));
                foreach (var line in LadderSentences.Of(study))
                    screen.WriteText(line);
                break;
        }

        if (folder is not null)
            Write(folder, study, figures, pictures, RequestText.Typed(parse), isQuiet ? null : screen);
        return 0;
    }

    private static void Write(string folder, LadderStudy study, List<Figure> figures, RenderOptions pictures, string command, Screen? screen)
    {
        foreach (var figure in figures)
            FigureFiles.Write(folder, figure, pictures);
        AtomicFile.WriteText(Path.Combine(folder, "collapse.json"), LadderJson.Of(study).ToJsonString() + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "curves.csv"), CsvText.Table(LadderTables.Curves(study)));
        if (study.Transfers.Count > 0)
            AtomicFile.WriteText(Path.Combine(folder, "transfers.csv"), CsvText.Table(LadderTables.Predictions(study)));
        AtomicFile.WriteText(Path.Combine(folder, "report.html"), HtmlReport.Render(new ReportContent
        {
            Title = figures[0].Title,
            Summary = string.Join("\n\n", LadderSentences.Of(study)),
            Sections = [new ReportSection("collapse", "Ladders of models", new ReproductionResult { Figures = figures, Tables = LadderTables.Of(study) })],
            Version = Product.Version,
            Provenance = [new("Command", command), new("Determinism", "Every number follows from the seed; the number of threads has no influence.")],
        }));
        screen?.Error.WriteLine($"wrote {string.Join(", ", figures.Select(figure => figure.Id + ".png, .svg, .csv"))}, collapse.json, curves.csv, {(study.Transfers.Count > 0 ? "transfers.csv, " : "")}report.html to {folder}");
    }

    private static List<Figure> Figures(LadderStudy study, bool isNarrow)
    {
        var figures = new List<Figure>();
        foreach (var (index, ladder) in study.Ladders.Index())
            figures.Add(LadderFigure.Of(ladder, Id("collapse", ladder.Schedule, index, study.Ladders.Count), study.Data.TimeName, isNarrow));
        var used = study.Ladders.FirstOrDefault(ladder => !study.Horizons.Any(horizon => horizon.Schedule == ladder.Schedule))?.Horizon;
        foreach (var (index, horizon) in study.Horizons.Index())
        {
            if (HorizonFigure.Of(horizon, used, Id("horizon", horizon.Schedule, index, study.Horizons.Count)) is { } figure)
                figures.Add(figure);
        }

        if (study.Transfers.Count > 0)
            figures.Add(TransferFigure.Of(study.Transfers));
        if (TraceFigure.Of(study.Data.Runs, study.Ladders.FirstOrDefault(ladder => ladder.Fit is not null && !study.Horizons.Any(horizon => horizon.Schedule == ladder.Schedule))?.Fit?.Floor ?? 0) is { } traces)
            figures.Add(traces);
        return figures;
    }

    private static string Id(string kind, string schedule, int index, int count)
    {
        if (count == 1)
            return kind;
        var name = $"{kind}-{schedule}";
        return schedule.Length > 0 && FileId.IsAllowed(name) ? name : FormattableString.Invariant($"{kind}-{index + 1}");
    }
}
