using Eigenflow.Explorer.Contracts;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Exports;

/// <summary>What must be typed for a run: its method, and what differs from the defaults.</summary>
/// <param name="Run">The run.</param>
/// <param name="Given">The values that make it, in the order of the parameter table; leaving one out would make another run.</param>
internal sealed record RunWords(CompletedSetting Run, IReadOnlyList<KeyValuePair<string, object>> Given)
{
    /// <summary>The words of a run.</summary>
    /// <param name="system">The system.</param>
    /// <param name="run">The run.</param>
    /// <param name="typed">What was typed for it.</param>
    public static RunWords Of(ISystem system, CompletedSetting run, Setting typed)
    {
        var given = Makes(system, run, typed) ? typed : run.Values;
        foreach (var name in given.Names.ToArray())
        {
            var less = given.Without(name);
            if (Makes(system, run, less))
                given = less;
        }

        return new RunWords(run, [.. system.Parameters.Where(parameter => given[parameter.Name] is not null).Select(parameter => KeyValuePair.Create(parameter.Name, given[parameter.Name]!))]);
    }

    /// <summary>The values of a grid whose runs are these and no others, by the command's own rule; null where there is none.</summary>
    /// <param name="system">The system.</param>
    /// <param name="runs">The runs.</param>
    public static RunGrid? Grid(ISystem system, IReadOnlyList<RunWords> runs) => RunGrid.Over(system, runs) is { } grid && grid.Runs(system) is { } made && made.ToHashSet().SetEquals(runs.Select(run => run.Run)) ? grid : null;

    /// <summary>Whether the command would solve some of the runs to a later end than they have alone, so that curves that are compared end alike.</summary>
    /// <param name="system">The system.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="solution">The solution of a run, or null where it is not known.</param>
    public static bool AreExtended(ISystem system, IReadOnlyList<RunWords> runs, Func<CompletedSetting, Solution?> solution) =>
        runs.Where(words => RunExecutor.HasDefaultEnd(system, words.Run)).GroupBy(words => words.Run.Method, StringComparer.Ordinal)
            .Any(group => group.Count() > 1 && group.Select(words => solution(words.Run) is { Rows: > 1 } known ? known.Axis.Values[^1] : double.NaN).Distinct().Count() > 1);

    private static bool Makes(ISystem system, CompletedSetting run, Setting given)
    {
        try
        {
            return system.Complete(run.Method, given).Equals(run);
        }
        catch (EigenflowException)
        {
            return false;
        }
    }
}

/// <summary>Methods and lists of values whose cross product are runs.</summary>
/// <param name="Methods">Names of the methods.</param>
/// <param name="Values">The values per parameter, in the order of the table.</param>
internal sealed record RunGrid(IReadOnlyList<string> Methods, IReadOnlyList<KeyValuePair<string, IReadOnlyList<object>>> Values)
{
    /// <summary>The smallest grid that holds all of the runs; null where a parameter is given for some of them and absent in others.</summary>
    public static RunGrid? Over(ISystem system, IReadOnlyList<RunWords> runs)
    {
        var names = runs.SelectMany(run => run.Given.Select(pair => pair.Key)).ToHashSet(StringComparer.Ordinal);
        var values = new List<KeyValuePair<string, IReadOnlyList<object>>>();
        foreach (var name in system.Parameters.Select(parameter => parameter.Name).Where(names.Contains))
        {
            object?[] all = [.. runs.Where(run => system.IsRead(system.Method(run.Run.Method!), name)).Select(run => run.Given.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.Ordinal)).Value ?? run.Run.Values[name])];
            if (Array.Exists(all, value => value is null))
                return null;
            values.Add(KeyValuePair.Create<string, IReadOnlyList<object>>(name, [.. all.OfType<object>().DistinctBy(Setting.Format, StringComparer.Ordinal)]));
        }

        return new RunGrid([.. runs.Select(run => run.Run.Method!).Distinct(StringComparer.Ordinal)], values);
    }

    /// <summary>What is typed per parameter.</summary>
    public IReadOnlyDictionary<string, string> Texts => Values.ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value.Select(Setting.Format)), StringComparer.Ordinal);

    /// <summary>The runs that the command makes of it; null where it refuses it.</summary>
    public IReadOnlyList<CompletedSetting>? Runs(ISystem system)
    {
        try
        {
            return RunPlan.Expand(system, Methods, Texts);
        }
        catch (EigenflowException)
        {
            return null;
        }
    }
}
