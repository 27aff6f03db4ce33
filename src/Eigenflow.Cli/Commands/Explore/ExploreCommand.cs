using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Eigenflow.Explorer;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow explore</c>: a local page on which every system can be played with.</summary>
internal sealed class ExploreCommand
{
    private readonly Argument<string?> system = new("system") { Description = "Opens the page at this system (eigenflow systems lists them); with --export the system of the page.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> folder = new("--folder") { Description = "The only folder whose files the page reads, with those below: results of sweeps, data, spectra (default: none).", HelpName = "DIR" };
    private readonly Option<string?> port = new("--port") { Description = "Port to listen at (default: a free one).", HelpName = "N" };
    private readonly Option<string?> listen = new("--listen") { Description = "Address to listen at, and names by which it is asked for, such as 0.0.0.0,server.example (default: this machine alone); needs --token.", HelpName = "ADDRESS[,NAME]" };
    private readonly Option<string?> token = new("--token") { Description = $"Secret of the page, at least {ExploreOptions.ShortestToken} characters; {ExploreOptions.TokenVariable} in the environment does the same, and is not shown to other users (default: a new one).", HelpName = "TEXT" };
    private readonly Option<string?> memory = new("--memory") { Description = "Memory that it may take, such as 8G (default: half of this machine's).", HelpName = "SIZE" };
    private readonly Option<bool> noBrowser = new("--no-browser") { Description = "Opens no browser." };
    private readonly CommonOptions common = new CommonOptions().WithoutCsv();
    private readonly ExportMode export = new();

    public static Command Make(Screen screen)
    {
        var explore = new ExploreCommand();
        var command = new Command("explore", "Opens a local page on which every system can be played with: theory at the speed of a slider.");
        command.Arguments.Add(explore.system);
        foreach (var option in (Option[])[explore.folder, explore.port, explore.listen, explore.token, explore.memory, explore.noBrowser])
            command.Options.Add(option);
        explore.common.AddTo(command);
        explore.export.AddTo(command);
        command.SetAction((parse, cancellation) => explore.Run(parse, screen, cancellation));
        return command;
    }

    private async Task<int> Run(ParseResult parse, Screen screen, CancellationToken cancellation)
    {
        var first = parse.GetValue(system) is { } name ? SystemCatalog.Find(name) : null;
        if (export.IsAsked(parse))
            return await Task.Run(() => export.Run(parse, first, common.IsQuiet(parse), screen, cancellation), CancellationToken.None);
        var format = common.Format(parse);
        var asked = ExploreOptions.Read(
            parse.GetValue(listen), OptionNumbers.Whole(parse, port, OptionNumbers.Port), parse.GetValue(token), parse.GetValue(folder), parse.GetValue(memory));

        // The browser is opened with a word that is good once: what programs are started with can be seen by other users of the machine.
        var opensBrowser = !parse.GetValue(noBrowser) && format is OutputFormat.Table && PageBrowser.IsThere;
        var options = asked with { IsWarm = true, OpeningToken = opensBrowser ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : null };
        await using var server = await ExplorerServer.Start(options, cancellation);
        string Address(string secret) => $"{server.Address}/?token={secret}{(first is null ? "" : "#/systems/" + first.Id)}";
        if (format is OutputFormat.Json)
        {
            await screen.Data.WriteLineAsync(new JsonObject { ["address"] = server.Address, ["token"] = options.Token, ["open"] = Address(options.Token) }.ToJsonString());
            await screen.Data.FlushAsync(cancellation);
        }
        else
        {
            await screen.Error.WriteLineAsync($"eigenflow explore: {(opensBrowser ? "the browser opens; if it does not," : "")} open {Address(options.Token)} in a browser; Ctrl-C ends it.".Replace(":  ", ": ", StringComparison.Ordinal));
        }

        if (!server.IsLocal && !common.IsQuiet(parse))
            await screen.Error.WriteLineAsync("eigenflow explore: others on the network can read what is sent, the token included: it is plain HTTP; use it in networks that you trust, or forward the port over ssh instead.");
        if (options.OpeningToken is { } once)
            PageBrowser.Open(Address(once));
        await server.Run(cancellation);
        return 0;
    }
}
