using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Eigenflow.Cli;

namespace Eigenflow.Browser;

/// <summary>The explorer as a script sees it, and the command line for the same files.</summary>
internal sealed class DataClient : IDisposable
{
    private readonly HttpClient client;

    public DataClient(BrowserSession session)
    {
        client = new HttpClient { BaseAddress = new Uri(session.Address + "/api/") };

        // What is refused before it is read does not break the connection.
        client.DefaultRequestHeaders.ExpectContinue = true;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
    }

    /// <summary>Hands a file over.</summary>
    public async Task<(int Status, JsonElement Body)> Upload(string name, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await client.PostAsync(new Uri($"data?name={Uri.EscapeDataString(name)}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await Json(answer));
    }

    public Task<(int Status, JsonElement Body)> Upload(string name, string text) => Upload(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Hands a file over that must be taken.</summary>
    public async Task<string> Add(string name, string text)
    {
        var (status, body) = await Upload(name, text);
        status.ShouldBe(200, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    public async Task<(int Status, JsonElement Body)> Post(string path, object body)
    {
        using var answer = await Send(path, body);
        return ((int)answer.StatusCode, await Json(answer));
    }

    /// <summary>An answer that is no JSON object, such as CSV; it must be one.</summary>
    public async Task<string> Text(string path, object? body)
    {
        using var answer = await Send(path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, text);
        return text;
    }

    public async Task<int> Delete(string path)
    {
        using var answer = await client.DeleteAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    public async Task<(int Status, JsonElement Body)> Get(string path)
    {
        using var answer = await Send(path, null);
        return ((int)answer.StatusCode, await Json(answer));
    }

    /// <summary>What the command line writes to its standard output.</summary>
    public static async Task<string> Command(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        using var screen = Screen.Of(output, error);
        (await EigenflowCommand.RunAsync(arguments, screen)).ShouldBe(0, error.ToString());
        return output.ToString();
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> Send(string path, object? body)
    {
        if (body is null)
            return await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
