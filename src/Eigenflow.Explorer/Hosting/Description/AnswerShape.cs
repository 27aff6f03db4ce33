using Microsoft.AspNetCore.Builder;

namespace Eigenflow.Explorer.Hosting;

/// <summary>What an endpoint answers, for the document of the interface. The answers are written without an object in between: the types say what stands in them, and tests hold both together.</summary>
/// <param name="Type">The shape of the JSON, or of the data of every event; null where it is no JSON.</param>
/// <param name="Kind">The kind of the body.</param>
/// <param name="Words">What it is.</param>
internal sealed record AnswerShape(Type? Type, string Kind, string Words)
{
    /// <summary>Kind of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Kind of server-sent events.</summary>
    public const string Events = "text/event-stream";
}

/// <summary>Says what endpoints answer.</summary>
internal static class AnswerShapes
{
    /// <summary>It answers JSON of a shape.</summary>
    public static TBuilder Answers<TBuilder>(this TBuilder endpoint, Type shape, string words = "The answer.")
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerShape(shape, AnswerShape.Json, words));

    /// <summary>It answers a text or bytes of a kind.</summary>
    public static TBuilder AnswersFile<TBuilder>(this TBuilder endpoint, string kind, string words)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerShape(null, kind, words));

    /// <summary>It answers events: each has a name, and data that are one of the members of a shape, by that name.</summary>
    public static TBuilder AnswersEvents<TBuilder>(this TBuilder endpoint, Type shape, string words)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerShape(shape, AnswerShape.Events, words));
}
