using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Explorer.Systems;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Spectra.Estimation;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>The spectrum of a file, as <c>eigenflow spectrum</c> gives it, and the learning curves that it implies.</summary>
internal static class SpectrumEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/data/{id}/spectrum", async (HttpContext context, string id, SpectrumText text, string? format, WorkQueue queue, DataStore store) =>
        {
            var file = store.Find(id);
            if (text.Label?.StartsWith("file:", StringComparison.Ordinal) == true)
                throw new ParameterException("label", text.Label, "a column of the file", "a file of labels is read by the command line");
            var estimate = await DataAnswers.Work(context, queue, store, cancellation => text.Read(text.ReadOptions())(file.Path, null, cancellation));
            switch (format)
            {
                case null:
                    var stem = Path.GetFileNameWithoutExtension(file.Name);
                    var saved = store.Add(file, stem + "-spectrum.csv", path => estimate.Save(path, file.Name));
                    var corrected = estimate.Corrected is null ? null : store.Add(file, stem + "-spectrum-corrected.csv", path => estimate.SaveCorrected(path, file.Name));
                    await JsonAnswer.Write(context, writer => Write(writer, estimate, file, text, saved, corrected, store));
                    break;
                case "json":
                    await DataAnswers.Text(context, "application/json", SpectrumReport.Json(estimate, file.Name).ToJsonString() + "\n");
                    break;
                case "csv":
                    await DataAnswers.Text(context, "text/csv", SpectrumReport.Csv(estimate));
                    break;
                case "figure":
                    await DataAnswers.Text(context, "text/csv", FigureCsv.Render(estimate.ToFigure(file.Name)));
                    break;
                default:
                    throw DataAnswers.UnknownFormat(format, "json, csv or figure");
            }
        }).WithName("spectrumOfData").WithSummary("Eigenvalues, verdict, exponent and window of a file, as 'eigenflow spectrum' gives them; keeps the spectrum for the systems.").Answers(typeof(SpectrumShape));
        api.MapGet("/data/{id}/file", (HttpContext context, string id, DataStore store) =>
        {
            var file = store.Find(id);
            return Results.File(file.Path, "text/csv; charset=utf-8", file.Name);
        }).WithName("dataFile").WithSummary("A file itself, such as the spectrum that was kept.").AnswersFile("text/csv", "The file.");
        api.MapGet("/data/systems", context => JsonAnswer.Write(context, WriteSystems)).WithName("spectrumSystems").WithSummary("The systems that take a spectrum of a file, each with the method of its learning curve.").Answers(typeof(SpectrumSystemShape[]));
        api.MapPost("/data/{id}/learning-curve", async (HttpContext context, string id, CurveCall call, WorkQueue queue, DataStore store, SolutionCache cache) =>
        {
            var file = store.Find(id);
            var system = SystemCatalog.Find(call.System ?? "");
            var method = CurveOf(system) ?? throw new ExplorerException($"{system.Id} takes no spectrum of a file.");
            var (figure, setting) = await DataAnswers.Work(context, queue, store, cancellation => Solve(system, method, file, cache, cancellation));
            await JsonAnswer.Write(context, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("system", system.Id);
                writer.WriteString("title", system.Title);
                writer.WriteString("method", method);
                writer.WritePropertyName("figure");
                FigureJson.Write(writer, figure);
                writer.Texts("warnings", system.Notes(setting).Select(store.Plain));
                writer.WriteString("command", $"eigenflow run {system.Id} --method {method} --spectrum {ShellWord.Quoted("file:" + file.Name)}");
                writer.WriteEndObject();
            });
        }).WithName("learningCurve").WithSummary("The learning curve that a spectrum implies in one system, with its default setting.").Answers(typeof(LearningCurveShape));
    }

    // The method whose curve goes with the predictions, else the first of the theory that reads a spectrum; null where none does.
    private static string? CurveOf(ISystem system) => system.Parameter("spectrum") is not { } parameter || !parameter.Forms.Any(form => form.Word == TextForm.File.Word)
        ? null
        : system.LearningCurves.Concat(system.Methods.Where(method => method.Role is Dynamics.MethodRole.Theory).Select(method => method.Name)).FirstOrDefault(name => system.IsRead(system.Method(name), "spectrum"));

    private static (Figure Figure, CompletedSetting Setting) Solve(ISystem system, string method, DataFile file, SolutionCache cache, CancellationToken cancellation)
    {
        var setting = system.Complete(method, new Setting([KeyValuePair.Create("spectrum", system.Parameter("spectrum")!.Parse("file:" + file.Path))]));
        var figure = system.Draw([cache.Solve(system, setting, cancellation)]);

        // One panel has room: the first of a quantity that falls or grows by decades.
        var panel = figure.Panels.FirstOrDefault(one => one.Y.IsLogarithmic) ?? figure.Panels[0];
        return (figure with { Panels = [panel], Columns = null }, setting);
    }

    private static void WriteSystems(Utf8JsonWriter writer)
    {
        writer.Objects(SystemCatalog.All.Select(system => (System: system, Method: CurveOf(system))).Where(pair => pair.Method is not null), pair =>
        {
            writer.WriteString("id", pair.System.Id);
            writer.WriteString("title", pair.System.Title);
            writer.WriteString("method", pair.Method);
        });
    }

    private static void Write(Utf8JsonWriter writer, SpectrumEstimate estimate, DataFile file, SpectrumText text, DataFile saved, DataFile? corrected, DataStore store)
    {
        writer.WriteStartObject();
        DataAnswers.Write(writer, estimate.ToFigure(file.Name), SpectrumReport.Tables(estimate), estimate.Warnings.Select(store.Plain), text.Command(file.Name));
        writer.WriteString("verdict", estimate.Verdict);
        writer.WriteString("kind", SpectrumReport.KindName(estimate.Kind));
        if (estimate.Exponent is { } exponent)
        {
            writer.WriteNumber("exponent", exponent);
            writer.Finite("uncertainty", estimate.ExponentUncertainty);
        }

        if (estimate.Fit is { } fit)
        {
            writer.List("window", (double[])[fit.First, fit.Last], writer.WriteNumberValue);
        }

        WriteFile(writer, "saved", saved);
        if (corrected is not null)
            WriteFile(writer, "corrected", corrected);
        writer.WriteString("next", SpectrumReport.NextCommand(estimate, saved.Name));
        writer.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter writer, string name, DataFile file)
    {
        writer.WriteStartObject(name);
        writer.WriteString("id", file.Id);
        writer.WriteString("name", file.Name);
        writer.WriteString("reference", "file:" + file.Reference);
        writer.WriteEndObject();
    }
}
