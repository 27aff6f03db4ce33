using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Answers that are written without an object in between.</summary>
internal static class JsonAnswer
{
    private const int MostKept = 16, LargestKept = 4 << 20;

    // The page is no HTML inside which the text would stand: letters stay letters.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ConcurrentBag<(ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)> Kept = [];

    /// <summary>Writes one JSON value. It is whole before its first byte is sent, so that an error on the way is an answer of its own.</summary>
    public static async Task Write(HttpContext context, Action<Utf8JsonWriter> write)
    {
        if (!Kept.TryTake(out var pair))
        {
            var fresh = new ArrayBufferWriter<byte>(1 << 14);
            pair = (fresh, new Utf8JsonWriter(fresh, Options));
        }

        var (buffer, writer) = pair;
        write(writer);
        writer.Flush();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);

        // After an error it is not used again: what it holds is half a value.
        if (Kept.Count >= MostKept || buffer.Capacity > LargestKept)
            return;
        buffer.ResetWrittenCount();
        writer.Reset();
        Kept.Add(pair);
    }
}
