using System.Net.Sockets;
using Eigenflow.Explorer.Claims;
using Eigenflow.Explorer.DataFiles;
using Eigenflow.Explorer.Exports;
using Eigenflow.Explorer.Fits;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Maps;
using Eigenflow.Explorer.Runs;
using Eigenflow.Explorer.Studies;
using Eigenflow.Explorer.Systems;
using Eigenflow.FrontEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eigenflow.Explorer;

/// <summary>The server of the explorer: the page, and the systems behind it.</summary>
public static class ExplorerServer
{
    /// <summary>Makes the server; it listens once it is started.</summary>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="ExplorerException">This build has no page.</exception>
    public static WebApplication Create(ExplorerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!PageFiles.Exist)
            throw new ExplorerException(PageFiles.Missing);

        // Not the default builder: no settings of the environment, no log of every request.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "eigenflow", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        ServerLimits.Set(builder, options);
        builder.Services.AddSingleton(options).AddSingleton<FolderGate>().AddSingleton<WorkBudget>().AddSingleton<WorkQueue>().AddSingleton<SolutionCache>();
        builder.Services.AddSingleton<Thumbnails>().AddSingleton<FigureShelf>().AddSingleton<MapShelf>().AddSingleton<BackgroundLane>().AddSingleton<ClaimShelf>();
        builder.Services.AddSingleton<DataStore>().AddSingleton<ScheduleFits>();
        builder.Services.AddSingleton<StudyShelf>().AddSingleton<StudyFolders>().AddSingleton<StudyEvents>();
        var server = builder.Build();

        // From the outside to the inside: whatever a door answers has the headers, and is a sentence.
        server.UseMiddleware<SecurityHeaders>().UseMiddleware<ErrorAnswers>().UseMiddleware<RequestGate>().UseMiddleware<TokenGate>();
        PageEndpoints.Map(server);
        Map(server.MapGroup("/api"));
        return server;
    }

    /// <summary>Makes the server and lets it listen.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="ExplorerException">This build has no page, or the address cannot be listened at.</exception>
    public static async Task<RunningExplorer> Start(ExplorerOptions options, CancellationToken cancellation)
    {
        var server = Create(options);
        try
        {
            await server.StartAsync(cancellation);
            return new RunningExplorer(server, options);
        }
        catch (Exception exception)
        {
            await server.DisposeAsync();
            if (exception is not (IOException or SocketException))
                throw;
            var cause = exception.GetBaseException() as SocketException;
            throw new ExplorerException(cause?.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => FormattableString.Invariant($"The port {options.Port} is taken: choose another with --port N, or leave it out for a free one."),
                SocketError.AccessDenied => FormattableString.Invariant($"The port {options.Port} may not be used: choose one above 1023 with --port N, or leave it out for a free one."),
                SocketError.AddressNotAvailable => $"This machine has no address {options.Address}: give one of its own, or 0.0.0.0 for all, with --listen.",
                _ => $"The address {options.Address} cannot be listened at: {(cause ?? exception).Message}",
            });
        }
    }

    // One line per room of the explorer.
    private static void Map(RouteGroupBuilder api)
    {
        DescriptionEndpoints.Map(api);
        StatusEndpoints.Map(api);
        SystemEndpoints.Map(api);
        DrawEndpoints.Map(api);
        MapEndpoints.Map(api);
        ExportEndpoints.Map(api);
        ThumbnailEndpoints.Map(api);
        RunEndpoints.Map(api);
        PredictEndpoints.Map(api);
        ClaimEndpoints.Map(api);
        FitEndpoints.Map(api);
        DataEndpoints.Map(api);
        StudyEndpoints.Map(api);
    }
}
