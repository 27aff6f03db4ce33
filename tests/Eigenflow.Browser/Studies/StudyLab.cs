using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Eigenflow.Cli;
using Eigenflow.Data;

namespace Eigenflow.Browser.Studies;

/// <summary>Sweeps in a folder of their own below that of the explorer, by the command itself, and questions to the explorer as a script asks them.</summary>
internal sealed class StudyLab : IDisposable
{
    public const string Flow =
        """
        title = "Exponents of a small flow"
        system = "phase-retrieval"
        method = "flow"
        record = ["t", "s", "loss", "mse"]

        [parameters]
        exponent = [1.5, 2, 3]
        dimension = [50, 100, 200, 400]
        seed = [1, 2]
        until = 1e5

        [derived]
        decay = { fit = "loss", from = 10, to = 1e4 }
        escape = { event = "escape" }
        escape-theory = { prediction = "escape-time" }

        [[figure]]
        id = "escape"
        title = "Escape against dimension"
        x = "dimension"
        y = "escape"
        line = "escape-theory"
        group = "exponent"
        y-scale = "linear"
        fit = true

        [[figure]]
        id = "decay"
        x = "dimension"
        y = "last-loss"
        facet = "exponent"
        average = "mean"
        band = "interval"
        fit = true
        """;

    public const string Failing =
        """
        system = "phase-retrieval"
        method = "sgd"

        [parameters]
        dimension = [50, 1000000000000]
        steps = [100, 200]
        replicas = 1
        """;

    private readonly HttpClient client;
    private readonly string name;

    public StudyLab(BrowserSession session, string name)
    {
        this.name = name;
        Root = Path.Combine(session.Folder, name);
        Directory.CreateDirectory(Root);
        client = new HttpClient { BaseAddress = new Uri(session.Address + "/api/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }

    public string Root { get; }

    public string Results => Path.Combine(Root, "results");

    /// <summary>The path of the results as the page names them.</summary>
    public string Place => name + "/results";

    public string Address => $"#/studies/{name}/results";

    public Task<int> Sweep(string study, params string[] more) => Program.Main(["sweep", Write(study), "--out", Results, "--quiet", .. more]);

    public Task<int> Run(params string[] arguments) => Program.Main([.. arguments, "--quiet"]);

    public string Write(string study)
    {
        var path = Path.Combine(Root, "study.txt");
        File.WriteAllText(path, study);
        return path;
    }

    /// <summary>Says of some runs that this process computes them, as a sweep does.</summary>
    public void Claim(int count)
    {
        var work = Directory.CreateDirectory(Path.Combine(Results, "work")).FullName;
        for (var k = 0; k < count; k++)
            File.WriteAllText(Path.Combine(work, FormattableString.Invariant($"claim-{k:x16}")), ProcessIdentity.Current.NewName());
    }

    public void Unclaim() => Directory.Delete(Path.Combine(Results, "work"), recursive: true);

    public async Task<JsonElement> Get(string path) => await Read(await client.GetAsync(new Uri(path, UriKind.Relative)));

    public Task<string> Text(string path) => client.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task<JsonElement> Draw(object figure) => await Read(await Ask(figure));

    /// <summary>Status and words of a refusal.</summary>
    public async Task<(int Status, string Error)> Refused(string path, object? figure = null)
    {
        using var answer = figure is null ? await client.GetAsync(new Uri(path, UriKind.Relative)) : await Ask(figure);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return ((int)answer.StatusCode, body.RootElement.GetProperty("error").GetString()!);
    }

    /// <summary>The first event that fits, of the stream of changes.</summary>
    public async Task<JsonElement> Event(string path, string kind, Func<JsonElement, bool> fits, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri($"studies/events?path={path}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        var last = "";
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                last = line["event: ".Length..];
            if (last == kind && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var body = JsonDocument.Parse(line["data: ".Length..]);
                if (fits(body.RootElement))
                    return body.RootElement.Clone();
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    public void Dispose() => client.Dispose();

    private Task<HttpResponseMessage> Ask(object figure) =>
        client.PostAsync(new Uri("studies/figure", UriKind.Relative), new StringContent(JsonSerializer.Serialize(new { path = Place, figure }), Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode}: {text}");
            using var body = JsonDocument.Parse(text);
            return body.RootElement.Clone();
        }
    }
}
