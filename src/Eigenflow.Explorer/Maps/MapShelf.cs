using System.Text.Json;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>The maps that were asked for last, as far as they have come, so that what is exported is what is shown.</summary>
internal sealed class MapShelf
{
    private const int Most = 6;
    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, ParameterMap Map)> maps = new();

    /// <summary>The map of a request, or null. What names files is not kept: they may change.</summary>
    public ParameterMap? Find(ISystem system, MapRequest request)
    {
        var key = Key(system, request);
        lock (gate)
            return maps.Where(one => string.Equals(one.Key, key, StringComparison.Ordinal)).Select(one => one.Map).FirstOrDefault();
    }

    /// <summary>Keeps a map in place of an earlier one of the same request.</summary>
    public void Keep(ISystem system, MapRequest request, ParameterMap map)
    {
        var key = Key(system, request);
        if (key.Contains("file:", StringComparison.Ordinal))
            return;
        lock (gate)
        {
            for (var node = maps.First; node is not null; node = node.Next)
            {
                if (!string.Equals(node.Value.Key, key, StringComparison.Ordinal))
                    continue;
                maps.Remove(node);
                break;
            }

            maps.AddFirst((key, map));
            if (maps.Count > Most)
                maps.RemoveLast();
        }
    }

    private static string Key(ISystem system, MapRequest request) => JsonSerializer.Serialize(new { system.Id, request.Run.Method, Setting = request.Run.Setting?.OrderBy(pair => pair.Key, StringComparer.Ordinal), request.X, request.Y, request.Quantity });
}
