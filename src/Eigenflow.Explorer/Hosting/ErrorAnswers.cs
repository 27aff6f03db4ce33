using Eigenflow.Explorer.Contracts;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.Hosting;

/// <summary>Turns errors into answers: what a user can mend is told in the engine's own words, with the parameter it concerns.</summary>
internal sealed class ErrorAnswers(RequestDelegate next)
{
    private const int ClientClosed = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var cause = Trouble.Of(exception).Cause;
            if (cause is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
            {
                context.Response.StatusCode = ClientClosed;
                return;
            }

            var (status, message) = cause switch
            {
                ExplorerException own => (own.Status, own.Message),
                EigenflowException => (StatusCodes.Status422UnprocessableEntity, cause.Message),
                BadHttpRequestException bad => (bad.StatusCode, bad.Message),
                OutOfMemoryException => (StatusCodes.Status507InsufficientStorage, "The memory of this machine does not suffice; lower dimension, replicas or points."),
                IOException or UnauthorizedAccessException => (StatusCodes.Status422UnprocessableEntity, cause.Message),
                _ => (StatusCodes.Status500InternalServerError, $"A defect of eigenflow: {cause.GetType().Name}: {cause.Message}"),
            };
            context.Response.Clear();
            context.Response.StatusCode = status;
            if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            {
                await DoorPage.Write(context, message);
                return;
            }

            await JsonAnswer.Write(context, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("error", message.ReplaceLineEndings(" "));
                if (cause is ParameterException parameter)
                    writer.WriteString("parameter", parameter.Parameter);
                writer.WriteEndObject();
            });
        }
    }
}
