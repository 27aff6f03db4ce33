using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Eigenflow.Explorer;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Eigenflow.Browser.Api;

/// <summary>The OpenAPI document has every endpoint with what it reads and answers, and the answers are what it says.</summary>
public sealed class DescriptionTests(ApiSession session)
{
    // Nothing missing, nothing more.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    [Fact]
    public async Task EveryEndpointIsInTheDocument()
    {
        var document = await Document();
        document["openapi"]!.GetValue<string>().ShouldBe("3.1.0");
        await using var server = ExplorerServer.Create(new ExplorerOptions { Token = ApiSession.Token });
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.Concat(((IEndpointRouteBuilder)server).DataSources.SelectMany(source => source.Endpoints)).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)).Distinct().ToArray();
        endpoints.Length.ShouldBeGreaterThan(8);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
                var operation = document["paths"]![path]?[method.ToLowerInvariant()];
                operation.ShouldNotBeNull($"{method} {path}");
                names.Add(operation["operationId"]!.GetValue<string>()).ShouldBeTrue(path);
                operation["summary"]!.GetValue<string>().Length.ShouldBeGreaterThan(5);
                foreach (var parameter in endpoint.RoutePattern.Parameters)
                    operation["parameters"]!.AsArray().ShouldContain(one => one!["name"]!.GetValue<string>() == parameter.Name && one["in"]!.GetValue<string>() == "path");
                (operation["requestBody"] is not null).ShouldBe(method is "POST", path);

                // Without a described answer a client has nothing to read; what is deleted has none.
                (endpoint.Metadata.GetMetadata<AnswerShape>() is not null || method is "DELETE").ShouldBeTrue($"{method} {path} does not say what it answers: .Answers(typeof(...)).");
            }
        }

        document["paths"]!.AsObject().Count.ShouldBe(endpoints.Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct().Count());
    }

    [Fact]
    public async Task EveryReferenceLeadsToASchema()
    {
        var document = await Document();
        var text = document.ToJsonString();
        var references = System.Text.RegularExpressions.Regex.Matches(text, "\"[$]ref\":\"([^\"]*)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups[1].Value).Distinct().ToArray();
        references.Length.ShouldBeGreaterThan(20);
        foreach (var reference in references)
        {
            JsonNode? node = document;
            foreach (var part in reference.TrimStart('#', '/').Split('/'))
                node = node?[part];
            node.ShouldNotBeNull(reference);
            node.AsObject().Count.ShouldBeGreaterThan(0, reference);
        }

        text.ShouldNotContain("Shape\"", Case.Sensitive);
    }

    [Fact]
    public async Task AnswersAreWhatTheDocumentSays()
    {
        await Reads<StatusShape>("/api/status");
        await Reads<SystemEntryShape[]>("/api/systems");
        foreach (var system in SystemCatalog.All)
        {
            await Reads<SystemShape>($"/api/systems/{system.Id}");
            await Reads<ClaimTaskShape[]>($"/api/systems/{system.Id}/claims");
        }

        await Reads<DrawShape>("/api/systems/phase-retrieval/draw", """{"runs":[{"method":"flow","setting":{}},{"method":"flow","setting":{"exponent":"1.5"}}],"marks":true}""");
        await Reads<PredictionShape[]>("/api/systems/phase-retrieval/predict", """{"method":"flow","setting":{}}""");
        await Reads<FitsShape>("/api/systems/phase-retrieval/fit", """{"runs":[{"method":"flow","setting":{}}],"panel":0,"window":[1,100]}""");
        await Reads<RefusalShape>("/api/systems/phase-retrieval/draw", """{"runs":[{"method":"flow","setting":{"exponent":"x"}}]}""");
        await ReadsEvents<RunEventsShape>("/api/systems/phase-retrieval/runs", """{"method":"sgd","setting":{"steps":"1000","dimension":"50"}}""");
        await ReadsEvents<MapEventsShape>("/api/systems/phase-retrieval/map", """{"run":{"method":"flow","setting":{}},"x":{"parameter":"exponent","values":["1.5","2"]},"y":{"parameter":"dimension","values":["100","1000"]},"quantity":"last:loss"}""");
    }

    [Fact]
    public async Task AnswersAboutDataAreWhatTheDocumentSays()
    {
        var spectrum = await Add("modes.csv", string.Join('\n', Enumerable.Range(1, 200).Select(k => Math.Pow(k, -1.5).ToString("R", System.Globalization.CultureInfo.InvariantCulture))) + "\n");
        await Reads<DataFileShape>($"/api/data/{spectrum}");
        await Reads<SpectrumShape>($"/api/data/{spectrum}/spectrum", "{}");
        await Reads<SpectrumSystemShape[]>("/api/data/systems");
        await Reads<LearningCurveShape>($"/api/data/{spectrum}/learning-curve", """{"system":"phase-retrieval"}""");
        var curve = await Add("curve.csv", "x,y\n" + string.Join('\n', Enumerable.Range(1, 40).Select(k => FormattableString.Invariant($"{k * 100},{0.5 + Math.Pow(k, -0.7) + (0.001 * (k % 3)):R}"))) + "\n");
        await Reads<DataFitShape>($"/api/data/{curve}/fit", "{}");
        using var gone = await session.Client.DeleteAsync($"/api/data/{curve}", TestContext.Current.CancellationToken);
        gone.IsSuccessStatusCode.ShouldBeTrue();
        await Reads<RefusalShape>($"/api/data/{curve}");
        await Reads<StudyListShape>("/api/studies");

        async Task<string> Add(string name, string text)
        {
            using var body = new StringContent(text);
            body.Headers.ContentType = new("application/octet-stream");
            using var answer = await session.Client.PostAsync($"/api/data?name={name}", body, TestContext.Current.CancellationToken);
            var json = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Check<DataFileShape>(json);
            return JsonNode.Parse(json)!["id"]!.GetValue<string>();
        }
    }

    private static void Check<T>(string json)
    {
        try
        {
            ((object?)JsonSerializer.Deserialize<T>(json, Strict)).ShouldNotBeNull();
        }
        catch (JsonException exception)
        {
            throw new ShouldAssertException($"{typeof(T).Name}: {exception.Message}\n{json[..Math.Min(json.Length, 2000)]}", exception);
        }
    }

    private async Task<JsonNode> Document() => JsonNode.Parse(await session.Client.GetStringAsync("/api/openapi.json", TestContext.Current.CancellationToken))!;

    private async Task Reads<T>(string path, string? body = null)
    {
        using var answer = body is null ? await session.Client.GetAsync(path, TestContext.Current.CancellationToken) : await session.Client.PostAsync(path, ApiSession.Json(body), TestContext.Current.CancellationToken);
        Check<T>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    // An event is a member of the shape by its name.
    private async Task ReadsEvents<T>(string path, string body)
    {
        using var answer = await session.Client.PostAsync(path, ApiSession.Json(body), TestContext.Current.CancellationToken);
        var events = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.ShouldContain(one => one.StartsWith("event: done\n", StringComparison.Ordinal));
        foreach (var one in events)
        {
            var lines = one.Split('\n');
            Check<T>($"{{\"{lines[0]["event: ".Length..]}\":{lines[1]["data: ".Length..]}}}");
        }
    }
}
