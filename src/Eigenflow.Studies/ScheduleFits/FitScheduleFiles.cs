using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>The files of <c>fit-schedule --out</c>.</summary>
public static class FitScheduleFiles
{
    /// <summary>The file of the proposed schedule.</summary>
    public const string ScheduleName = "schedule.csv";

    /// <summary>Names of the files that are written.</summary>
    /// <param name="result">What was found.</param>
    public static IReadOnlyList<string> Names(FitScheduleResult result) =>
    [
        "fit-schedule.png", "fit-schedule.svg", "fit-schedule.csv", "report.html", "fit.json", .. ForecastNames(result.Fit).Select(pair => pair.Name),
        .. result.Proposal is null ? (string[])[] : [ScheduleName],
    ];

    /// <summary>Writes them.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="result">What was found.</param>
    /// <param name="figure">Its figure.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="command">The request as it was typed.</param>
    /// <param name="pictures">Size and theme.</param>
    /// <exception cref="InputFileException">The folder cannot be written.</exception>
    public static void Write(string folder, FitScheduleResult result, Figure figure, IReadOnlyList<Table> tables, string command, RenderOptions pictures)
    {
        FigureFiles.Write(folder, figure, pictures);
        AtomicFile.WriteText(Path.Combine(folder, "fit.json"), FitScheduleJson.Of(result).ToJsonString() + "\n");
        foreach (var (name, forecast) in ForecastNames(result.Fit))
            AtomicFile.WriteText(Path.Combine(folder, name), ForecastText(forecast));
        if (result.Proposal is { } proposal)
            AtomicFile.WriteText(Path.Combine(folder, ScheduleName), ScheduleText(proposal));

        AtomicFile.WriteText(Path.Combine(folder, "report.html"), HtmlReport.Render(new ReportContent
        {
            Title = figure.Title,
            Summary = string.Join("\n\n", FitScheduleTables.Verdicts(result)),
            Sections = [new ReportSection("fit", "Fit, forecasts and schedules", new ReproductionResult { Figures = [figure], Tables = tables })],
            Version = Product.Version,
            Provenance = [new("Command", command), new("Determinism", "Every number follows from the seed; the number of threads has no influence.")],
        }));
    }

    // Names of curves may repeat, and shapes have colons.
    private static IEnumerable<(string Name, LossForecast Forecast)> ForecastNames(ScheduleFit fit)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var forecast in fit.Forecasts.Where(forecast => !forecast.IsFitted))
        {
            var stem = "forecast-" + string.Concat(forecast.Curve.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-'));
            var name = stem;
            for (var number = 2; !taken.Add(name); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            yield return (name + ".csv", forecast);
        }
    }

    /// <summary>A proposed schedule as CSV: <c>step,learning_rate</c>, each rate until the next row.</summary>
    /// <param name="proposal">The schedule.</param>
    public static string ScheduleText(ProposedSchedule proposal) => CsvText.Render(
        ["step", "learning_rate"], proposal.Steps.Zip(proposal.Rates, (step, rate) => (IEnumerable<string>)[step.ToString(CultureInfo.InvariantCulture), Number(rate)]));

    /// <summary>A forecast as CSV: <c>step,learning_rate,loss,lower,upper</c>, and <c>measured</c> where it was.</summary>
    /// <param name="forecast">The forecast.</param>
    public static string ForecastText(LossForecast forecast) => CsvText.Render(
        ["step", "learning_rate", "loss", "lower", "upper", .. forecast.Measured.Length > 0 ? (string[])["measured"] : []],
        forecast.Steps.Select((step, row) => (IEnumerable<string>)
        [
            Number(step), Number(forecast.Curve.Rates.RateAt((int)step - 1)), Number(forecast.Losses[row]), Number(forecast.Lower[row]), Number(forecast.Upper[row]),
            .. forecast.Measured.Length > 0 ? (string[])[Number(forecast.Measured[row])] : [],
        ]));

    private static string Number(double value) => WrittenNumber.RoundTrip(value);
}
