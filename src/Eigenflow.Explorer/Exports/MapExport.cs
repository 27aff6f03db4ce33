using System.Text;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Maps;
using Eigenflow.Explorer.Systems;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Exports;

/// <summary>A map as a file: the one that is shown, as far as it has come; one that is not there is computed.</summary>
internal static class MapExport
{
    /// <summary>The bytes of a file.</summary>
    /// <exception cref="EigenflowException">The map is not allowed, or has no file of this kind.</exception>
    public static byte[] Of(ISystem system, string kind, MapRequest request, ExportRequest export, SolutionCache cache, MapShelf maps, CancellationToken cancellation)
    {
        if (kind is "runs.csv")
            throw new ExplorerException("A map keeps one number of each of its runs: take its cells as CSV or JSON, or the study file, which computes every run whole.");
        var map = maps.Find(system, request);
        if (map is null)
        {
            map = new ParameterMap(system, request);
            map.Fill(cache, cancellation);
            maps.Keep(system, request, map);
        }

        if (map.Refusal is { } refusal)
            throw refusal;
        return kind switch
        {
            "csv" => Encoding.UTF8.GetBytes(MapTable.Csv(map)),
            "json" => MapTable.Json(map),
            "command" => Encoding.UTF8.GetBytes(MapText.Command(map)),
            "csharp" => Encoding.UTF8.GetBytes(MapText.Program(map)),
            "study" => Encoding.UTF8.GetBytes(MapText.Study(map)),
            _ => ExportEndpoints.Picture(kind, MapFigure.Of(map), export),
        };
    }
}
