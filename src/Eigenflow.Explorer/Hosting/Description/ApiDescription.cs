using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Hosting;

/// <summary>The OpenAPI document: made of the endpoints themselves, so that it cannot lag behind them.</summary>
internal static class ApiDescription
{
    private const string Version = "3.1.0";

    private static readonly Dictionary<int, string> Refusals = new()
    {
        [400] = "The body cannot be read.",
        [401] = "No token, or a wrong one.",
        [403] = "From another site, or a file outside the folder.",
        [404] = "There is no such thing.",
        [413] = "The body is too large.",
        [415] = "The body is of another kind.",
        [422] = "A value that is not allowed, in the engine's words, with the parameter that it concerns; or the work took too long.",
        [503] = "The explorer is busy, or memory is short; Retry-After tells when to try again.",
    };

    /// <summary>Describes the endpoints.</summary>
    /// <param name="endpoints">All endpoints of the server.</param>
    /// <param name="json">How JSON is read and written.</param>
    public static JsonObject Of(IEnumerable<Endpoint> endpoints, JsonSerializerOptions json)
    {
        // What has no default is always there.
        var schemas = new SchemaTable(new JsonSerializerOptions(json) { RespectRequiredConstructorParameters = true, MaxDepth = 0 });
        var paths = new JsonObject();
        foreach (var endpoint in Described(endpoints).OrderBy(PathOf, StringComparer.Ordinal))
        {
            var path = PathOf(endpoint);
            if (paths[path] is not JsonObject methods)
                paths[path] = methods = [];
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
                methods[method.ToLowerInvariant()] = Operation(endpoint, schemas);
        }

        var refusal = schemas.Of(typeof(Shapes.RefusalShape));
        return new JsonObject
        {
            ["openapi"] = Version,
            ["info"] = new JsonObject
            {
                ["title"] = "Eigenflow explorer",
                ["version"] = ProductVersion.Text,
                ["summary"] = "The systems, their theory, simulations and results over HTTP: what the page uses, and what scripts may use.",
            },
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The token that the terminal printed." } },
                ["responses"] = new JsonObject(Refusals.Select(pair => KeyValuePair.Create(Code(pair.Key), (JsonNode?)Answer(pair.Value, AnswerShape.Json, refusal.DeepClone())))),
                ["schemas"] = schemas.All(),
            },
        };
    }

    /// <summary>The endpoints that stand in the document.</summary>
    public static IEnumerable<RouteEndpoint> Described(IEnumerable<Endpoint> endpoints) => endpoints.OfType<RouteEndpoint>().Where(endpoint =>
        endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null && PathOf(endpoint).StartsWith("/api/", StringComparison.Ordinal));

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static string Code(int status) => "refused" + status.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Operation(RouteEndpoint endpoint, SchemaTable schemas)
    {
        var metadata = endpoint.Metadata;
        var answer = metadata.GetMetadata<AnswerShape>();
        var answers = new JsonObject();
        if (answer is null)
            answers["200"] = new JsonObject { ["description"] = "Done." };
        else
            answers["200"] = Answer(answer.Words, answer.Kind, answer.Type is { } type ? schemas.Of(type) : new JsonObject { ["type"] = "string" });
        foreach (var status in Refusals.Keys)
            answers[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject { ["$ref"] = "#/components/responses/" + Code(status) };
        var operation = new JsonObject
        {
            ["operationId"] = metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName,
            ["summary"] = metadata.GetRequiredMetadata<IEndpointSummaryMetadata>().Summary,
            ["parameters"] = new JsonArray([.. Parameters(endpoint, schemas)]),
            ["responses"] = answers,
        };
        if (Body(endpoint, schemas) is { } body)
            operation["requestBody"] = body;

        // Without a word of its own it is an empty object: what has no kind could come from any page.
        else if (metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Contains(HttpMethods.Post, StringComparer.OrdinalIgnoreCase))
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [AnswerShape.Json] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } } };
        return operation;
    }

    private static JsonObject Answer(string words, string kind, JsonNode schema) =>
        new() { ["description"] = words, ["content"] = new JsonObject { [kind] = new JsonObject { ["schema"] = schema } } };

    private static JsonObject? Body(RouteEndpoint endpoint, SchemaTable schemas)
    {
        var type = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var rule = endpoint.Metadata.GetMetadata<BodyRule>();
        if (type is null && rule is null)
            return null;
        var content = new JsonObject();
        foreach (var kind in (rule ?? BodyRule.Json).Kinds)
            content[kind] = new JsonObject { ["schema"] = type is null ? new JsonObject { ["type"] = "string", ["format"] = "binary" } : schemas.Of(type) };
        return new JsonObject { ["required"] = true, ["content"] = content };
    }

    private static IEnumerable<JsonNode> Parameters(RouteEndpoint endpoint, SchemaTable schemas)
    {
        var places = endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            var isPlace = places.Contains(parameter.Name!);
            if (!isPlace && type != typeof(string) && !type.IsPrimitive)
                continue;
            var isOptional = !isPlace && (parameter.HasDefaultValue || type != parameter.ParameterType || new NullabilityInfoContext().Create(parameter).WriteState is NullabilityState.Nullable);
            yield return new JsonObject { ["name"] = parameter.Name, ["in"] = isPlace ? "path" : "query", ["required"] = !isOptional, ["schema"] = schemas.Of(type) };
        }
    }
}
