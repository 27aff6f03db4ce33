using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Spectra.Estimation;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow spectrum FILE</c>: eigenvalues and exponent of the covariance of a data matrix.</summary>
internal static class SpectrumCommand
{
    private const int ListedEigenvalues = 10;
    private const int PlotLines = 20;

    public static Command Make(Screen screen)
    {
        var command = new Command("spectrum", "Estimates the covariance spectrum of a data matrix (rows are samples), fits its exponent, and saves it for --spectrum file:PATH.");
        var file = new Argument<string>("file") { Description = "A matrix of numbers: .npy, .csv, .tsv or .txt." };
        var window = new Option<string?>("--window") { Description = "First and last mode of the fit, such as 5,200 (default: the longest range of constant exponent that the sample size supports).", HelpName = "FROM,TO" };
        var raw = new Option<bool>("--no-centre") { Description = "Does not subtract the mean of every column." };
        command.Arguments.Add(file);
        command.Options.Add(window);
        command.Options.Add(raw);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for NAME-spectrum.csv and the picture (default: only the former, in this folder).");
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var theme = common.Theme(parse);
            var path = parse.GetRequiredValue(file);
            var (start, end) = Window(parse.GetValue(window));
            var name = Path.GetFileNameWithoutExtension(path);
            var folder = common.Folder(parse);
            AtomicFile.PrepareFolder(folder ?? ".");
            var estimate = ProgressDisplay.Run(screen, common.IsQuiet(parse), (progress, _) =>
            {
                progress?.Report(new Solutions.Progress(0, "reading"));
                var data = NumericFile.ReadMatrix(path);
                progress?.Report(new Solutions.Progress(0.3, "covariance and its eigenvalues"));
                return SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { Centre = !parse.GetValue(raw), WindowStart = start, WindowEnd = end }, cancellation);
            });
            var saved = Path.Combine(folder ?? "", name + "-spectrum.csv");
            estimate.Save(saved, Path.GetFileName(path));
            var figure = estimate.ToFigure(Path.GetFileName(path));
            if (folder is not null)
                FigureFiles.Write(folder, figure with { Id = name + "-eigenvalues" }, theme);
            Print(screen, estimate, figure, format, common.IsQuiet(parse), Path.GetFileName(path));
            if (!common.IsQuiet(parse))
                screen.Error.WriteLine($"saved {saved}; use it: eigenflow run phase-retrieval --spectrum file:{saved}");
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static (long? Start, long? End) Window(string? text)
    {
        if (text is null)
            return (null, null);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end) && start >= 1 && end > start
            ? (start, end)
            : throw new ParameterException("window", text, "two mode numbers FROM,TO with 1 <= FROM < TO, such as 5,200");
    }

    private static void Print(Screen screen, SpectrumEstimate estimate, Figure figure, OutputFormat format, bool isQuiet, string source)
    {
        switch (format)
        {
            case OutputFormat.Json:
                screen.Output.WriteLine(Json(estimate, source).ToJsonString());
                break;
            case OutputFormat.Csv:
                screen.Output.Write(CsvText.Render(["mode", "eigenvalue"], estimate.Eigenvalues.Select((value, index) =>
                    (IEnumerable<string>)[(index + 1).ToString(CultureInfo.InvariantCulture), value.ToString("R", CultureInfo.InvariantCulture)])));
                break;
            default:
                if (!isQuiet)
                    screen.Output.WriteLine(TerminalPlot.Render(figure, screen.Width, PlotLines, screen.HasColour, screen.HasUnicode));
                screen.Output.Write(TableText.Render(Summary(estimate), screen.Width, screen.HasUnicode));
                screen.Output.Write("\n" + TableText.Render(Eigenvalues(estimate), screen.Width, screen.HasUnicode));
                break;
        }
    }

    private static Table Summary(SpectrumEstimate estimate) => new("summary", "", ["quantity", "value"],
    [
        ["samples × features", string.Create(CultureInfo.InvariantCulture, $"{estimate.Samples} × {estimate.Features}")],
        ["rank", estimate.Rank.ToString(CultureInfo.InvariantCulture)],
        ["effective rank (Σλ)²/Σλ²", RunTables.Number(estimate.EffectiveRank, 5)],
        ["exponent a of λ ∝ i^(−a)", estimate.Exponent is { } exponent
            ? string.Create(CultureInfo.InvariantCulture, $"{exponent:0.000} ± {estimate.ExponentUncertainty:0.000}")
            : "—"],
        ["verdict", estimate.Fit?.Verdict ?? "no power law: no range of one decade is left"],
        ["interval", estimate.UncertaintyMethod],
        ["window", estimate.Fit is { } fit ? string.Create(CultureInfo.InvariantCulture, $"modes {fit.WindowStart:0} to {fit.WindowEnd:0}") : "—"],
        ["usable up to", estimate.Cutoff],
        ["linear algebra", estimate.Algebra],
    ]);

    private static Table Eigenvalues(SpectrumEstimate estimate)
    {
        var trace = estimate.Eigenvalues.Sum();
        var cumulative = 0.0;
        return new Table("eigenvalues", "Largest eigenvalues", ["mode", "eigenvalue", "part of the trace", "cumulative"],
        [
            .. estimate.Eigenvalues.Take(ListedEigenvalues).Select((value, index) => (IReadOnlyList<string>)
            [
                (index + 1).ToString(CultureInfo.InvariantCulture), RunTables.Number(value, 6), RunTables.Number(value / trace, 4), RunTables.Number((cumulative += value) / trace, 4),
            ]),
        ]);
    }

    private static JsonObject Json(SpectrumEstimate estimate, string source) => new()
    {
        ["source"] = source,
        ["samples"] = estimate.Samples,
        ["features"] = estimate.Features,
        ["rank"] = estimate.Rank,
        ["effective-rank"] = estimate.EffectiveRank,
        ["exponent"] = estimate.Exponent,
        ["exponent-uncertainty"] = estimate.Exponent is null ? null : estimate.ExponentUncertainty,
        ["window"] = estimate.Fit is { } fit ? new JsonArray(fit.WindowStart, fit.WindowEnd) : null,
        ["verdict"] = estimate.Fit?.Verdict,
        ["interval-method"] = estimate.UncertaintyMethod,
        ["cutoff"] = estimate.Cutoff,
        ["eigenvalues"] = new JsonArray([.. estimate.Eigenvalues.Select(value => (JsonNode)JsonValue.Create(value))]),
    };
}
