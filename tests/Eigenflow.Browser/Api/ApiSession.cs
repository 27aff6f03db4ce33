using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Eigenflow.Browser;
using Eigenflow.Explorer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(ApiSession))]

namespace Eigenflow.Browser;

/// <summary>One explorer for all tests of the interface, with a folder of files, some of which lead outside.</summary>
public sealed class ApiSession : IAsyncLifetime
{
    /// <summary>The secret.</summary>
    public const string Token = "fedcba9876543210fedcba9876543210";

    private readonly string place = Directory.CreateTempSubdirectory("eigenflow-api-").FullName;
    private WebApplication? server;

    /// <summary>The folder whose files are read.</summary>
    public string Folder => Path.Combine(place, "inside");

    /// <summary>Where the server is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Asks with the secret.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        MakeFiles();
        server = ExplorerServer.Create(new ExplorerOptions { Token = Token, Folder = Folder, HeadTime = TimeSpan.FromSeconds(1) });
        await server.StartAsync(TestContext.Current.CancellationToken);
        Address = AddressOf(server);
        Client = ClientOf(server, Token);
    }

    /// <summary>Where a server listens.</summary>
    public static Uri AddressOf(WebApplication server) => new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>A client with a secret, that follows nothing and keeps no cookies.</summary>
    public static HttpClient ClientOf(WebApplication server, string token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = AddressOf(server) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A body of JSON.</summary>
    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A drawing of one run.</summary>
    public static StringContent Draw(string method, params (string Name, string Value)[] setting) =>
        Json(JsonSerializer.Serialize(new { runs = new[] { new { method, setting = setting.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal) } } }));

    /// <summary>The sentence of a refusal.</summary>
    public static async Task<string> Error(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty("error").GetString()!;
    }

    /// <summary>Sends bytes as they are, and gives what comes back until the server closes the connection or is silent.</summary>
    public async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        var answer = new MemoryStream();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // The connection was reset: that is an answer as well.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(place, recursive: true);
    }

    private void MakeFiles()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "below"));
        var outside = Directory.CreateDirectory(Path.Combine(place, "inside-too")).FullName;
        foreach (var file in (string[])[Path.Combine(Folder, "modes.csv"), Path.Combine(Folder, "below", "modes.csv"), Path.Combine(outside, "modes.csv")])
            File.WriteAllText(file, "1\n0.5\n0.25\n0.125\n0.0625\n");
        File.CreateSymbolicLink(Path.Combine(Folder, "link-inside.csv"), Path.Combine("below", "modes.csv"));
        File.CreateSymbolicLink(Path.Combine(Folder, "link-outside.csv"), Path.Combine(outside, "modes.csv"));
        File.CreateSymbolicLink(Path.Combine(Folder, "link-chain.csv"), "link-outside.csv");
        File.CreateSymbolicLink(Path.Combine(Folder, "link-circle.csv"), "link-circle.csv");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "folder-outside"), outside);
    }
}
