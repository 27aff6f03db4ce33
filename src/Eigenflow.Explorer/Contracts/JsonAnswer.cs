using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Answers that are written straight into the response.</summary>
internal static class JsonAnswer
{
    // The page is no HTML inside which the text would stand: letters stay letters.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one JSON value.</summary>
    public static async Task Write(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, Options))
            write(writer);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
