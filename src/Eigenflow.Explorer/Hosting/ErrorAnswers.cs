using System.Globalization;
using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Eigenflow.Explorer.Hosting;

/// <summary>Turns errors into answers: what a user can mend is told in the engine's own words, with the parameter it concerns. Ends what is under way when the server ends.</summary>
internal sealed class ErrorAnswers(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    private const int ClientClosed = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        using var end = lifetime.ApplicationStopping.UnsafeRegister(static state => ((HttpContext)state!).Abort(), context);
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
                await Write(context, new ExplorerException(Sentence(context)) { Status = context.Response.StatusCode });
        }
        catch (Exception exception)
        {
            var cause = Trouble.Of(exception).Cause;
            if (context.RequestAborted.IsCancellationRequested)
            {
                if (!context.Response.HasStarted)
                    context.Response.StatusCode = ClientClosed;
                return;
            }

            // Half an answer must not look like a whole one.
            if (context.Response.HasStarted)
                context.Abort();
            else
                await Write(context, cause);
        }
    }

    private static async Task Write(HttpContext context, Exception cause)
    {
        var (status, message) = cause switch
        {
            ExplorerException own => (own.Status, own.Message),
            EigenflowException => (StatusCodes.Status422UnprocessableEntity, cause.Message),
            BadHttpRequestException bad => (bad.StatusCode, Sentence(bad)),
            OutOfMemoryException => (StatusCodes.Status507InsufficientStorage, "The memory of this machine does not suffice; lower dimension, replicas or points."),
            IOException or UnauthorizedAccessException => (StatusCodes.Status422UnprocessableEntity, cause.Message),
            _ => (StatusCodes.Status500InternalServerError, $"A defect of eigenflow: {cause.GetType().Name}: {cause.Message}"),
        };
        context.Response.Clear();
        context.Response.StatusCode = status;
        if (cause is ExplorerException { RetryAfter: { } later })
            context.Response.Headers.RetryAfter = Math.Ceiling(later.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await DoorPage.Write(context, message);
            return;
        }

        await JsonAnswer.Write(context, writer => RefusalJson.Write(writer, message.ReplaceLineEndings(" "), cause));
    }

    // Of answers that the framework gives without words.
    private static string Sentence(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is no {context.Request.Path}: /api/openapi.json describes what there is.",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not answer {context.Request.Method}: /api/openapi.json describes what there is.",
        StatusCodes.Status413PayloadTooLarge => (context.GetEndpoint()?.Metadata.GetMetadata<BodyRule>() ?? BodyRule.Json).TooLarge().Message,
        StatusCodes.Status415UnsupportedMediaType => "The kind of this body is not read here; send application/json.",
        var status => string.Create(CultureInfo.InvariantCulture, $"The request was refused (status {status})."),
    };

    private static string Sentence(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException { Message: var words } when words.Contains("could not be mapped", StringComparison.Ordinal) && bad.InnerException is JsonException unknown => $"The body has a key that is not known here, at {Place(unknown)}: /api/openapi.json describes what is read.",
        JsonException { Message: var words } when (words.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) || words.Contains(" on type '", StringComparison.Ordinal)) && bad.InnerException is JsonException other =>
            $"The body does not fit at {Place(other)}: /api/openapi.json describes what is read. The values of a setting are texts, such as \"2.5\".",
        JsonException { Message: var words } when words.StartsWith("Duplicate propert", StringComparison.Ordinal) && bad.InnerException is JsonException twice => $"The body has a key twice, at {Place(twice)}.",
        JsonException syntax => $"The body is no JSON that is read here, at {Place(syntax)}: {FirstSentence(syntax.Message)}",
        _ when bad.Message.StartsWith("Implicit body", StringComparison.Ordinal) => "This needs a body: /api/openapi.json describes it.",
        _ => bad.Message,
    };

    private static string Place(JsonException exception) =>
        string.IsNullOrEmpty(exception.Path) ? string.Create(CultureInfo.InvariantCulture, $"byte {exception.BytePositionInLine ?? 0}") : PrintableText.Line(exception.Path.Length > 200 ? exception.Path[..200] + "…" : exception.Path);

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return PrintableText.Line(end < 0 ? message : message[..end]);
    }
}
