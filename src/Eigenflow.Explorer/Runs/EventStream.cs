using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Eigenflow.Explorer.Runs;

/// <summary>An answer of server-sent events: each has a name and one JSON value.</summary>
internal sealed class EventStream
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly HttpContext context;

    public EventStream(HttpContext context)
    {
        this.context = context;
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Sends an event.</summary>
    public async Task Send(string name, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: "));
        await using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        buffer.Write("\n\n"u8);
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    /// <summary>Sends an error in place of a result.</summary>
    public Task Fail(Exception exception)
    {
        var trouble = Trouble.Of(exception);
        var sentence = trouble.Cause switch
        {
            EigenflowException => trouble.Message,
            OutOfMemoryException => "The memory of this machine does not suffice; lower dimension, replicas or points.",
            var other => $"A defect of eigenflow: {other.GetType().Name}: {trouble.Message}",
        };
        return Send("error", writer => RefusalJson.Write(writer, sentence, trouble.Cause));
    }
}
