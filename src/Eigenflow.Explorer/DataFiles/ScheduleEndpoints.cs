using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Studies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>Laws of loss curves under schedules, forecasts of schedules that are drawn, and the best schedule, as <c>eigenflow fit-schedule</c> gives them.</summary>
internal static class ScheduleEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/data/{id}/fit-schedule", async (HttpContext context, string id, FitScheduleCall call, string? format, WorkQueue queue, DataStore store, ScheduleFits fits) =>
        {
            var (kept, result, figure) = await DataAnswers.Work(context, queue, store, cancellation => Fit(id, call, fits, cancellation));
            switch (format)
            {
                case null:
                    await JsonAnswer.Write(context, writer => Write(writer, kept, result, figure, CommandOf(kept, call, []), store));
                    break;
                case "json":
                    await DataAnswers.Text(context, "application/json", FitScheduleJson.Of(result).ToJsonString() + "\n");
                    break;
                case "csv":
                    await DataAnswers.Text(context, "text/csv", CsvText.Table(FitScheduleTables.AllParameters(result.Fit)));
                    break;
                case "figure":
                    await DataAnswers.Text(context, "text/csv", FigureCsv.Render(figure));
                    break;
                case "schedule" when result.Proposal is { } proposal:
                    await DataAnswers.Text(context, "text/csv", FitScheduleFiles.ScheduleText(proposal));
                    break;
                default:
                    throw DataAnswers.UnknownFormat(format, "json, csv, figure, or schedule with optimize");
            }
        }).WithName("fitSchedule").WithSummary("Fits laws of loss curves under learning-rate schedules, as 'eigenflow fit-schedule' does; with optimize, also the best schedule.").Answers(typeof(ScheduleFitShape));
        api.MapPost("/data/{id}/forecast", async (HttpContext context, string id, ForecastCall call, string? format, WorkQueue queue, DataStore store, ScheduleFits fits) =>
        {
            var asked = call.Fit ?? new FitScheduleCall(null, null, null);
            var (kept, forecast, drawn, figure) = await DataAnswers.Work(context, queue, store, cancellation => Forecast(id, call, asked, store, fits, cancellation));
            switch (format)
            {
                case null:
                    string[] transfer = call.Shape == ForecastCall.Measured ? [] : [call.Shape ?? DrawnSchedule.FileName];
                    await JsonAnswer.Write(context, writer => Write(writer, kept.Fit.Chosen.Name, forecast, drawn, figure, CommandOf(kept, asked, transfer)));
                    break;
                case "csv":
                    await DataAnswers.Text(context, "text/csv", FitScheduleFiles.ForecastText(forecast));
                    break;
                case "schedule":
                    await DataAnswers.Text(context, "text/csv", drawn.ToCsv());
                    break;
                default:
                    throw DataAnswers.UnknownFormat(format, "csv or schedule");
            }
        }).WithName("forecast").WithSummary("The loss under a schedule that was drawn (nodes: steps and rates) or is a shape such as cosine, as a fit forecasts it.").Answers(typeof(ForecastShape));
    }

    private static (KeptFit Kept, FitScheduleResult Result, Figure Figure) Fit(string id, FitScheduleCall call, ScheduleFits fits, CancellationToken cancellation)
    {
        var kept = fits.Of(id, call, cancellation);
        if (call.Text is not { Optimize: true } text)
            return (kept, new FitScheduleResult(kept.Fit, null, []), kept.Figure);
        var request = text.Read([.. kept.Files.Select(file => file.Path)], "");
        var (proposal, others) = kept.Fit.Propose(request.Horizon, request.LowestRate, request.HighestRate, cancellation);
        return (kept, new FitScheduleResult(kept.Fit, proposal, others), kept.Fit.ToFigure(proposal));
    }

    private static (KeptFit Kept, LossForecast Forecast, DrawnSchedule Drawn, Figure Figure) Forecast(string id, ForecastCall call, FitScheduleCall asked, DataStore store, ScheduleFits fits, CancellationToken cancellation)
    {
        // A wrong schedule is told before anything is fitted.
        var drawn = call.Shape is null ? DrawnSchedule.Of(call.Steps ?? [], call.Rates ?? []) : null;
        var kept = fits.Of(id, asked, cancellation);
        if (call.Shape == ForecastCall.Measured)
        {
            // That of the tables: nodes only follow the rates that were logged.
            var logged = kept.Fit.Forecasts.Where(one => one.IsFitted).MaxBy(one => one.Curve.Rates.Steps)!;
            return (kept, logged, DrawnSchedule.Following(logged.Curve.Rates), DrawnSchedule.Draw(kept.Figure, logged, call.Shape));
        }

        var curve = drawn is null
            ? kept.Request.ReadTransfer(ShapeOf(call.Shape!), kept.Fit.Curves)
            : store.Once(DrawnSchedule.FileName, drawn.ToCsv(), path => kept.Request.ReadTransfer(path, kept.Fit.Curves));
        var forecast = kept.Fit.Forecast(curve, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return (kept, forecast, drawn ?? DrawnSchedule.Following(curve.Rates), DrawnSchedule.Draw(kept.Figure, forecast, call.Shape ?? "drawn"));
    }

    // Shapes alone: what looks like a file is none of the page's.
    private static string ShapeOf(string text) =>
        text.StartsWith("file:", StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal) || Path.HasExtension(text) || File.Exists(text)
            ? throw new ParameterException("shape", text, "a shape such as cosine, linear, wsd or constant", "hand the file over, and hold it out")
            : text;

    private static string CommandOf(KeptFit kept, FitScheduleCall call, IReadOnlyList<string> also) =>
        (call.Text ?? new FitScheduleText()).Command(kept.Files.Select(file => file.Name), [.. kept.Held.Select(file => file.Name), .. also]);

    private static void Write(Utf8JsonWriter writer, KeptFit kept, FitScheduleResult result, Figure figure, string command, DataStore store)
    {
        writer.WriteStartObject();
        DataAnswers.Write(writer, figure, FitScheduleTables.Of(result), FitScheduleTables.Verdicts(result).Select(store.Plain), command);
        var longest = kept.Fit.Curves.MaxBy(curve => curve.Rates.Steps)!.Rates;
        writer.WriteNumber("steps", longest.Steps);
        writer.WriteNumber("peak", kept.Fit.Curves.Max(curve => curve.Rates.Peak));
        writer.WriteNumber("warmUp", longest.WarmUp);
        WriteNodes(writer, "measured", DrawnSchedule.Following(longest));
        if (result.Proposal is { } proposal)
        {
            writer.WriteStartObject("proposal");
            writer.WriteString("sentence", FitScheduleTables.Headline(result));
            writer.Texts("comparisons", FitScheduleTables.Comparisons(result).Select(store.Plain).Select(DataAnswers.Sentence));
            writer.Finite("loss", proposal.Loss);
            writer.Finite("lower", proposal.Lower);
            writer.Finite("upper", proposal.Upper);
            WriteNodes(writer, "nodes", DrawnSchedule.Following(proposal.Schedule));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string law, LossForecast forecast, DrawnSchedule drawn, Figure figure, string command)
    {
        var (loss, lower, upper) = (forecast.Losses[^1], forecast.Lower[^1], forecast.Upper[^1]);
        writer.WriteStartObject();
        writer.WritePropertyName("figure");
        FigureJson.Write(writer, figure);
        WriteNodes(writer, "nodes", drawn);
        writer.Finite("loss", loss);
        writer.Finite("lower", lower);
        writer.Finite("upper", upper);
        writer.WriteString("sentence", double.IsNaN(lower)
            ? $"Forecast loss by {law} {DisplayNumber.Of(loss)} after {DisplayNumber.Count(forecast.Curve.Rates.Steps)} steps."
            : $"Forecast loss by {law} {DisplayNumber.Of(loss)} ({DisplayNumber.Of(lower)} to {DisplayNumber.Of(upper)}) after {DisplayNumber.Count(forecast.Curve.Rates.Steps)} steps.");
        writer.WriteString("command", command);
        writer.WriteEndObject();
    }

    private static void WriteNodes(Utf8JsonWriter writer, string name, DrawnSchedule schedule)
    {
        writer.WriteStartObject(name);
        writer.List("steps", schedule.Nodes, node => writer.WriteNumberValue(node.Step));
        writer.List("rates", schedule.Nodes, node => writer.WriteNumberValue(node.Rate));
        writer.WriteEndObject();
    }
}
