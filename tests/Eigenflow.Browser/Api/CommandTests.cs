using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Eigenflow.Cli;

namespace Eigenflow.Browser.Api;

/// <summary>The command <c>eigenflow explore</c>: what it refuses, what it prints, and that it ends at once when it is told to.</summary>
public sealed class CommandTests(ApiSession session)
{
    [Theory]
    [InlineData("--listen 0.0.0.0", "token", "at least 16 characters")]
    [InlineData("--listen 0.0.0.0 --token short", "token", "16 to 200")]
    [InlineData("--listen 0.0.0.0 --token aaaaaaaaaaaaaaaaaaaa;b", "token", "16 to 200")]
    [InlineData("--listen example.org", "listen", "a name goes behind the address")]
    [InlineData("--listen 127.0.0.1,bad_name!", "listen", "no name of a machine")]
    [InlineData("--port 70000", "port", "65535")]
    [InlineData("--port x", "port", "65535")]
    [InlineData("--memory 1K", "memory", "8G")]
    [InlineData("--memory much", "memory", "8G")]
    [InlineData("--folder /no/such/folder", "folder", "a folder that exists")]
    [InlineData("--folder /etc/passwd", "folder", "it is a file")]
    [InlineData("--format csv", "format", "json")]
    [InlineData("phase-retrievl", "system", "phase-retrieval")]
    public async Task WrongOptionsAreOneSentence(string arguments, string name, string word)
    {
        var (code, error) = await Run(arguments.Split(' '));
        code.ShouldBe(2, error);
        error.ShouldContain(name);
        error.ShouldContain(word);
        error.TrimEnd().Split('\n').Length.ShouldBe(1, error);
        error.ShouldNotContain("short");
    }

    // What is refused is not offered.
    [Fact]
    public async Task TheHelpNamesTheFormatsThatThereAre()
    {
        var (code, output, _) = await Share.SmallRuns.Command("explore", "--help");
        code.ShouldBe(0);
        var help = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        help.ShouldContain("How results are printed: table or json");
        help.ShouldNotContain("csv");
    }

    [Fact]
    public async Task ATakenPortAndAForeignAddressAreOneSentence()
    {
        var (code, error) = await Run(["--no-browser", "--port", FormattableString.Invariant($"{session.Address.Port}")]);
        code.ShouldBe(2);
        error.ShouldContain($"The port {session.Address.Port} is taken");
        (code, error) = await Run(["--no-browser", "--listen", "203.0.113.7", "--token", ApiSession.Token]);
        code.ShouldBe(2);
        error.ShouldContain("This machine has no address 203.0.113.7");
    }

    [Fact]
    public async Task ItPrintsItsAddressAndEndsWithStreamsOpen()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll"), "explore", "phase-retrieval", "--no-browser", "--format", "json", "--folder", session.Folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var printed = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!).RootElement;
            var (address, token) = (printed.GetProperty("address").GetString()!, printed.GetProperty("token").GetString()!);
            token.Length.ShouldBe(32);
            printed.GetProperty("open").GetString().ShouldBe($"{address}/?token={token}#/systems/phase-retrieval");
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/systems/phase-retrieval/runs") { Content = ApiSession.Json("""{"method":"sgd","setting":{"dimension":"1000","steps":"1e9"}}""") };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("event: progress");
            var clock = Stopwatch.StartNew();
            using var kill = Process.Start("kill", ["-TERM", FormattableString.Invariant($"{process.Id}")]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"ended within {clock.ElapsedMilliseconds} ms"));
            process.ExitCode.ShouldBe(0, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

            // Two seconds, and more on a machine that is busy with other tests.
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    // Of what is written in all networks where it listens beyond this machine.
    [Fact]
    public async Task BeyondThisMachineItsNamesAreAnsweredAndOthersAreNot()
    {
        await using var server = await Eigenflow.Explorer.ExplorerServer.Start(new Eigenflow.Explorer.ExplorerOptions { Token = ApiSession.Token, Address = IPAddress.Any, Names = ["server.example"] }, TestContext.Current.CancellationToken);
        server.IsLocal.ShouldBeFalse();
        var port = new Uri(server.Address).Port;
        server.Address.ShouldBe($"http://server.example:{port}");
        foreach (var (host, status) in new[] { ($"server.example:{port}", 200), ($"SERVER.example:{port}", 200), ($"localhost:{port}", 200), ($"evil.example:{port}", 421), ($"192.0.2.1:{port}", 421) })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /api/status HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {ApiSession.Token}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith($"HTTP/1.1 {status} ");
        }
    }

    private static async Task<(int Code, string Error)> Run(IReadOnlyList<string> arguments)
    {
        using var error = new StringWriter();
        var code = await EigenflowCommand.RunAsync(["explore", .. arguments], Screen.Of(TextWriter.Null, error));
        return (code, error.ToString());
    }
}
