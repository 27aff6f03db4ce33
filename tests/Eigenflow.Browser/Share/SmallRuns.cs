using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Eigenflow.Cli;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Share;

/// <summary>Every method of a system at a small size, as a page asks for it.</summary>
internal static partial class SmallRuns
{
    private static readonly (string Name, string Value)[] Small =
        [("dimension", "5"), ("features", "8"), ("model-size", "4"), ("replicas", "3"), ("batch", "2"), ("steps", "40"), ("points", "6"), ("test-samples", "20"), ("trees", "4"), ("rounds", "4"), ("chains", "24"), ("samples", "20"), ("width", "3"), ("hidden", "6"), ("draws", "40")];

    private static readonly (string Name, string Value)[] Other = [("seed", "3"), ("noise", "0.1"), ("exponent", "1.7")];

    /// <summary>The body of a request: all methods, or those of a list, with what of the small values each accepts.</summary>
    public static Request Of(ISystem system, params string[] methods) => new(
    [
        .. (methods.Length > 0 ? methods : [.. system.Methods.Select(method => method.Name)]).Select(method =>
        {
            var setting = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in Small.Concat(Other).Append(("until", "1")))
            {
                if (system.Parameter(name) is not { } parameter || !system.IsRead(system.Method(method), name))
                    continue;
                setting[name] = value;
                try
                {
                    _ = system.Complete(method, new(setting.Select(pair => KeyValuePair.Create(pair.Key, system.Parameter(pair.Key)!.Parse(pair.Value)))));
                }
                catch (EigenflowException)
                {
                    setting.Remove(name);
                }
            }

            return new Run(method, setting);
        }),
    ]);

    /// <summary>What the server answers.</summary>
    public static async Task<(HttpResponseMessage Response, string Text)> Export(this BrowserSession session, string system, string kind, Request request)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.Token);
        var response = await client.PostAsJsonAsync(new Uri($"{session.Address}/api/systems/{system}/export/{kind}"), request, TestContext.Current.CancellationToken);
        return (response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What a command prints.</summary>
    public static async Task<(int Code, string Output, string Error)> Command(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var screen = Screen.Of(output, error);
        var code = await EigenflowCommand.RunAsync(arguments, screen);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The words of a line as a shell reads it.</summary>
    public static string[] Words(string line) => [.. Word().Matches(line).Select(match => match.Value).Select(word => word[0] == '\'' ? word[1..^1].Replace("'\\''", "'", StringComparison.Ordinal) : word)];

    /// <summary>JSON of runs without the time that they took.</summary>
    public static string Timeless(string json) => Seconds().Replace(json, "").TrimEnd();

    [GeneratedRegex(@"'(?:[^']|'\\'')*'|\S+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(",\"wall-seconds\":[0-9.E+-]+", RegexOptions.None, 1000)]
    private static partial Regex Seconds();

    internal sealed record Run(string Method, Dictionary<string, string> Setting);

    internal sealed record Request(Run[] Runs, object? Views = null, object? Picture = null, object[]? Kept = null, object? Map = null);
}
