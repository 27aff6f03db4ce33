using System.Net.Http.Headers;
using System.Net.Http.Json;
using Eigenflow.Dynamics;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Hosting;

/// <summary>Asks the server for the first curves of every system, one after the other, before a person does: code is compiled when it is first used, and the first move of a slider must not wait for that.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Warms a server that listens.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="token">Its secret.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task Run(string address, string token, CancellationToken cancellation)
    {
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = Longest };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            foreach (var system in SystemCatalog.All)
            {
                if (system.Methods.FirstOrDefault(method => method.Role is MethodRole.Theory) is { } method)
                    await Draw(client, system.Id, method.Name, cancellation);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The server ends, or is busy with better things.
        }
    }

    private static async Task Draw(HttpClient client, string system, string method, CancellationToken cancellation)
    {
        var run = new { runs = new[] { new RunRequest(method, new Dictionary<string, string>(StringComparer.Ordinal)) } };
        using var answer = await client.PostAsJsonAsync($"/api/systems/{system}/draw", run, cancellation);
        await answer.Content.CopyToAsync(Stream.Null, cancellation);
    }
}
