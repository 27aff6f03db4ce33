using Eigenflow.Explorer.Contracts;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>The settings of the cells of a map, and what they share.</summary>
internal static class MapSetting
{
    /// <summary>The run of a cell.</summary>
    /// <param name="map">The map.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="more">What it has beside; null for nothing.</param>
    public static RunRequest Of(ParameterMap map, int cell, (string Parameter, string Value)? more = null)
    {
        var setting = Fixed(map, more);
        setting[map.X.Parameter.Name] = map.Request.X.Values[cell % map.Grid.Columns];
        setting[map.Y.Parameter.Name] = map.Request.Y.Values[cell / map.Grid.Columns];
        return map.Request.Run with { Setting = setting };
    }

    /// <summary>What all cells share, as it is typed, in the order of the parameter table.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Shared(ParameterMap map)
    {
        var all = Fixed(map, map.Probes.Listed);
        return [.. map.System.Parameters.Where(parameter => parameter.Name != map.X.Parameter.Name && parameter.Name != map.Y.Parameter.Name && all.ContainsKey(parameter.Name)).Select(parameter => KeyValuePair.Create(parameter.Name, all[parameter.Name]))];
    }

    /// <summary>The same for people: what the caption of a curve names and all cells have alike, and what was typed beside it.</summary>
    public static string InWords(ParameterMap map)
    {
        // What follows from the two parameters differs from cell to cell.
        CompletedSetting[] runs = [.. map.Grid.Marks.Select(cell => Completed(map, cell)).OfType<CompletedSetting>()];
        var named = map.Words.Named.Where(one => one.Parameter != map.X.Parameter.Name && one.Parameter != map.Y.Parameter.Name && Array.TrueForAll(runs, run => Setting.Format(run.Values[one.Parameter]) == one.Value)).ToArray();
        var typed = Shared(map).Where(pair => pair.Key != map.Probes.Listed?.Parameter && !Array.Exists(named, one => one.Parameter == pair.Key)).Select(pair => $"{pair.Key} = {pair.Value}");
        return string.Join(", ", [.. named.Select(one => one.Text), .. typed]);
    }

    /// <summary>A default that stands for different things in different cells would draw a cliff that is one of the method: then all cells have what some of them would have.</summary>
    public static ((string Parameter, string Value)? Added, string Reason) Uniform(ParameterMap map)
    {
        // What is read from files is no draw, and may not allow it.
        var typed = Typed(map);
        if (map.System.Substitute is not { } substitute || typed.ContainsKey(substitute.Parameter) || typed.Values.Any(text => text?.Contains("file:", StringComparison.Ordinal) ?? false))
            return (null, "");
        var (with, without, reason) = (false, false, "");
        for (var cell = 0; cell < map.Cells && !(with && without); cell++)
        {
            // What is refused is told when it is solved.
            if (Completed(map, cell) is not { } run)
                continue;
            if (map.System.Substitution(run) is { } words)
                (with, reason) = (true, words);
            else
                without |= map.System.AllowsSubstitution(run);
        }

        return with && without ? (substitute, reason) : (null, "");
    }

    /// <summary>What was typed.</summary>
    public static IReadOnlyDictionary<string, string> Typed(ParameterMap map) => map.Request.Run.Setting ?? new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The canonical run of a cell as it is asked for; null where it is refused.</summary>
    public static CompletedSetting? Completed(ParameterMap map, int cell)
    {
        try
        {
            return Of(map, cell).Complete(map.System);
        }
        catch (EigenflowException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Fixed(ParameterMap map, (string Parameter, string Value)? more)
    {
        var setting = new Dictionary<string, string>(Typed(map), StringComparer.Ordinal);
        if (map.Added is { } added)
            setting[added.Parameter] = added.Value;
        if (more is var (parameter, value))
            setting[parameter] = value;
        return setting;
    }
}
