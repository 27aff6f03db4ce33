using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Expands what a user asked for into runs: the cross product of all lists, once per method.</summary>
public static class RunPlan
{
    /// <summary>Largest number of runs of one plan.</summary>
    public const int LargestCount = 100_000;

    /// <summary>Expands a request. A parameter goes to the methods that read it; one that no method of the request reads is refused.</summary>
    /// <param name="system">The system.</param>
    /// <param name="methods">Names of methods, at least one.</param>
    /// <param name="texts">What the user typed per parameter name; see <see cref="ValueList"/>.</param>
    /// <returns>Distinct runs; the last parameter varies fastest and methods vary slowest.</returns>
    /// <exception cref="EigenflowException">A name, value or combination that is not allowed.</exception>
    public static IReadOnlyList<CompletedSetting> Expand(ISystem system, IReadOnlyList<string> methods, IReadOnlyDictionary<string, string> texts)
    {
        return Expand(system, methods, Settings(system, texts));
    }

    /// <summary>Completes every setting of a grid for every method.</summary>
    /// <param name="system">The system.</param>
    /// <param name="methods">Names of methods, at least one.</param>
    /// <param name="grid">What the user set.</param>
    /// <exception cref="EigenflowException">A name, value or combination that is not allowed.</exception>
    public static IReadOnlyList<CompletedSetting> Expand(ISystem system, IReadOnlyList<string> methods, IReadOnlyList<Setting> grid)
    {
        var runs = new List<CompletedSetting>();
        var seen = new HashSet<CompletedSetting>();
        var readers = methods.Distinct(StringComparer.Ordinal).Select(system.Method).ToArray();
        foreach (var method in readers)
        {
            foreach (var setting in grid)
            {
                // What another method of the request reads is left out here; the rest must be read by this one.
                var given = setting.Pairs.Where(pair => system.IsRead(method, pair.Key) || !Array.Exists(readers, other => system.IsRead(other, pair.Key)));
                var complete = system.Complete(method.Name, new Setting(given));
                if (seen.Add(complete))
                    runs.Add(complete);
            }
        }

        RequireAlike(system, runs);
        return runs;
    }

    /// <summary>Refuses a list in which a default stands for different things: what differs between its members would not be what the user varied.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">Completed settings.</param>
    /// <exception cref="ParameterException">Some have a substitution (<see cref="ISystem.Substitution"/>) and others have none.</exception>
    public static void RequireAlike(ISystem system, IReadOnlyList<CompletedSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (settings.FirstOrDefault(setting => system.Substitution(setting) is not null) is not { } substituted || !settings.Any(setting => system.AllowsSubstitution(setting) && system.Substitution(setting) is null))
            return;
        throw new ParameterException("modes", "auto", "given where a list would mix drawn and averaged weights", $"{system.Substitution(substituted)}, and for other runs of the list it does not; give modes = averaged or compressed for all");
    }

    /// <summary>The cross product of the values of all parameters.</summary>
    /// <param name="system">The system.</param>
    /// <param name="texts">What the user typed per parameter name.</param>
    /// <exception cref="EigenflowException">A name or value that is not allowed.</exception>
    public static IReadOnlyList<Setting> Settings(ISystem system, IReadOnlyDictionary<string, string> texts)
    {
        IReadOnlyList<Setting> grid = [Setting.Empty];
        foreach (var parameter in system.Parameters.Where(parameter => texts.ContainsKey(parameter.Name)))
        {
            var values = parameter.ParseList(texts[parameter.Name]);
            if ((long)grid.Count * values.Count > LargestCount)
                throw new ParameterException(parameter.Name, texts[parameter.Name], $"a list that makes at most {LargestCount} runs with the other lists", "shorten the lists");
            grid = [.. grid.SelectMany(setting => values.Select(value => setting.With(parameter.Name, value)))];
        }

        return grid;
    }
}
