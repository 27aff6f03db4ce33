using System.CommandLine;
using System.Security.Cryptography;
using Eigenflow.Explorer;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow explore</c>: a local page on which every system can be played with.</summary>
internal static class ExploreCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("explore", "Opens a local page on which every system can be played with: theory at the speed of a slider.");
        var port = new Option<string?>("--port") { Description = "Port to listen at (default: a free one).", HelpName = "N" };
        command.Options.Add(port);
        var export = new ExportMode().AddTo(command);
        command.SetAction(async (parse, cancellation) =>
        {
            if (export.IsAsked(parse))
                return await Task.Run(() => export.Run(parse, screen, cancellation), CancellationToken.None);
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            await using var server = ExplorerServer.Create(new ExplorerOptions { Token = token, Port = (int)(OptionNumbers.Whole(parse, port, OptionNumbers.Port) ?? 0) });
            await server.StartAsync(cancellation);
            var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            await screen.Error.WriteLineAsync($"eigenflow explore: open {address}/?token={token} in a browser; Ctrl-C ends it.");
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how it ends.
            }

            await server.StopAsync(CancellationToken.None);
            return 0;
        });
        return command;
    }
}
