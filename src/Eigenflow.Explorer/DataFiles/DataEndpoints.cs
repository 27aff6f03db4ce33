using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>Files that a page hands over: what they hold, and what they can be used as.</summary>
internal static class DataEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/data", async (HttpContext context, string? name, WorkQueue queue, DataStore store) =>
        {
            var file = await store.Add(name, context.Request.Body, context.RequestAborted);
            try
            {
                await Answer(context, queue, store, file);
            }
            catch
            {
                // What cannot be read is not kept.
                store.Remove(file.Id);
                throw;
            }
        }).WithBody(DataStore.LargestFile, "application/octet-stream").WithName("addData").WithSummary("Keeps a file (its bytes as application/octet-stream, its name as ?name=) until this launch ends, and says what it holds.").Answers(typeof(DataFileShape));
        api.MapGet("/data/{id}", (HttpContext context, string id, WorkQueue queue, DataStore store) => Answer(context, queue, store, store.Find(id)))
            .WithName("data").WithSummary("What a file that was handed over holds, and what it can be used as.").Answers(typeof(DataFileShape));
        api.MapDelete("/data/{id}", (string id, DataStore store) => store.Remove(id)).WithName("removeData").WithSummary("Forgets a file that was handed over.");
        CurveFitEndpoints.Map(api);
        ScheduleEndpoints.Map(api);
        SpectrumEndpoints.Map(api);
    }

    private static async Task Answer(HttpContext context, WorkQueue queue, DataStore store, DataFile file)
    {
        var survey = await DataAnswers.Work(context, queue, store, _ => DataFileSurvey.Of(file.Path));
        await JsonAnswer.Write(context, writer => Write(writer, file, survey));
    }

    private static void Write(Utf8JsonWriter writer, DataFile file, DataFileSurvey survey)
    {
        writer.WriteStartObject();
        writer.WriteString("id", file.Id);
        writer.WriteString("name", file.Name);
        writer.WriteNumber("bytes", file.Length);
        writer.WriteString("reference", "file:" + file.Reference);
        writer.WriteNumber("rows", survey.Rows);
        writer.Objects("columns", survey.Columns, column =>
        {
            writer.WriteString("name", column.Name);
            writer.WriteBoolean("isNumeric", column.IsNumeric);
        });
        writer.Rows("preview", survey.Preview);
        writer.Texts("uses", survey.Uses.Select(Word));
        if (survey.Use is { } use)
            writer.WriteString("use", Word(use));
        var (step, loss, rate) = survey.CurveColumns;
        foreach (var (name, column) in ((string, string?)[])[("step", step), ("loss", loss), ("rate", rate)])
        {
            if (column is not null)
                writer.WriteString(name, column);
        }

        writer.Texts("notes", survey.Notes);
        writer.WriteEndObject();
    }

    private static string Word(DataUse use) => use switch
    {
        DataUse.LossCurve => "loss-curve",
        DataUse.Table => "table",
        DataUse.Samples => "samples",
        DataUse.Eigenvalues => "eigenvalues",
        _ => "covariance",
    };
}
