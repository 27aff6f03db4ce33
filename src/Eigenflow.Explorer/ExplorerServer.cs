using Eigenflow.Explorer.Claims;
using Eigenflow.Explorer.Exports;
using Eigenflow.Explorer.Fits;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Maps;
using Eigenflow.Explorer.Runs;
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
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.AddSingleton(options).AddSingleton<FolderGate>().AddSingleton<WorkQueue>().AddSingleton<SolutionCache>().AddSingleton<Thumbnails>();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<FigureShelf>().AddSingleton<BackgroundLane>().AddSingleton<ClaimShelf>();
        var server = builder.Build();

        // From the outside to the inside: whatever a door answers has the headers, and is a sentence.
        server.UseMiddleware<SecurityHeaders>().UseMiddleware<ErrorAnswers>().UseMiddleware<RequestGate>().UseMiddleware<TokenGate>();
        PageEndpoints.Map(server);
        Map(server.MapGroup("/api"));
        return server;
    }

    // One line per room of the explorer.
    private static void Map(RouteGroupBuilder api)
    {
        SystemEndpoints.Map(api);
        DrawEndpoints.Map(api);
        ExportEndpoints.Map(api);
        MapEndpoints.Map(api);
        ThumbnailEndpoints.Map(api);
        RunEndpoints.Map(api);
        PredictEndpoints.Map(api);
        ClaimEndpoints.Map(api);
        FitEndpoints.Map(api);
    }
}
