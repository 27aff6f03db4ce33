using Eigenflow.Data;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Expands the parameters of a study file: the cross product of all lists, in which the lists of one <c>[[zip]]</c> advance together.</summary>
internal static class StudyGrid
{
    /// <summary>Every combination of values.</summary>
    public static IReadOnlyList<Setting> Expand(string path, ISystem system, TomlTable? parameters, IReadOnlyList<TomlTable> zips)
    {
        // One axis per list, and one per group of zipped lists.
        var axes = new List<(int Line, IReadOnlyList<KeyValuePair<string, object>[]> Points)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, line, value) in parameters?.Entries ?? [])
        {
            var values = Values(path, system, name, line, value, seen);
            axes.Add((line, [.. values.Select(item => new KeyValuePair<string, object>[] { new(name, item) })]));
        }

        foreach (var zip in zips)
        {
            var columns = zip.Entries.Select(entry => (entry.Key, entry.Line, Values: Values(path, system, entry.Key, entry.Line, entry.Value, seen))).ToList();
            if (columns.Count == 0)
                continue;
            var odd = columns.Find(column => column.Values.Count != columns[0].Values.Count);
            if (odd.Key is not null)
            {
                throw new StudyFileException(
                    path, odd.Line, $"{odd.Key} has {odd.Values.Count} distinct values and {columns[0].Key} has {columns[0].Values.Count}: the lists of one [[zip]] advance together and need one length.");
            }

            axes.Add((zip.Line, [.. Enumerable.Range(0, columns[0].Values.Count).Select(k => columns.ConvertAll(column => new KeyValuePair<string, object>(column.Key, column.Values[k])).ToArray())]));
        }

        IReadOnlyList<KeyValuePair<string, object>[]> grid = [[]];
        foreach (var (line, points) in axes)
        {
            if ((long)grid.Count * points.Count > RunPlan.LargestCount)
                throw new StudyFileException(path, line, $"the lists make more than {RunPlan.LargestCount} runs: shorten them, or write several studies.");
            grid = [.. grid.SelectMany(before => points.Select(point => (KeyValuePair<string, object>[])[.. before, .. point]))];
        }

        return [.. grid.Select(pairs => new Setting(pairs))];
    }

    /// <summary>SHA-256 of the files that a setting names.</summary>
    public static IReadOnlyDictionary<string, string> InputHashes(Setting setting, Dictionary<string, string> known)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in setting.Pairs)
        {
            if (RunInputs.FileOf(value) is not { } file)
                continue;
            if (!known.TryGetValue(file, out var hash))
            {
                hash = RunInputs.HashOf(file, name);
                known.Add(file, hash);
            }

            hashes.Add(name, hash);
        }

        return hashes;
    }

    private static IReadOnlyList<object> Values(string path, ISystem system, string name, int line, TomlNode node, Dictionary<string, int> seen)
    {
        var parameter = system.Parameters.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
        if (parameter is null)
        {
            var names = system.Parameters.Select(candidate => candidate.Name).ToArray();
            var meant = TomlSection.Meant(name, names);
            throw new StudyFileException(path, line, $"{name} is no parameter of {system.Id}{(meant.Length > 1 ? meant : FormattableString.Invariant($"; see eigenflow describe {system.Id}."))}");
        }

        if (!seen.TryAdd(name, line))
            throw new StudyFileException(path, line, FormattableString.Invariant($"{name} is given on line {seen[name]} already."));
        try
        {
            // A list is many values; of a parameter that is itself a list it is one, unless it holds lists.
            var items = node is TomlList list && (parameter.Kind != ParameterKind.NumberList || list.Items.Any(item => item is TomlList)) ? list.Items : [node];
            if (items.Count == 0)
                throw new StudyFileException(path, line, $"the list of {name} is empty: give at least one value.");
            if (items.Count > RunPlan.LargestCount)
                throw new StudyFileException(path, line, $"the list of {name} has more than {RunPlan.LargestCount} values.");
            return [.. items.SelectMany(item => Parse(path, parameter, item)).DistinctBy(Setting.Format, StringComparer.Ordinal)];
        }
        catch (ParameterException exception)
        {
            throw new StudyFileException(path, line, exception.Message, exception);
        }
    }

    private static IEnumerable<object> Parse(string path, Parameter parameter, TomlNode node) => node switch
    {
        TomlScalar { Value: string text } when text.Contains("space(", StringComparison.Ordinal) => ValueList.Parse(parameter, text),
        TomlScalar { Value: bool } => throw new StudyFileException(path, node.Line, $"{parameter.Name} is {node.Kind}: it must be {parameter.Allowed}."),
        TomlScalar scalar => [parameter.Parse(Setting.Format(scalar.Value))],
        TomlList list when parameter.Kind == ParameterKind.NumberList && list.Items.Count > 0 && list.Items.All(item => item is TomlScalar { Value: long or double }) =>
            [parameter.Parse(string.Join(',', list.Items.Select(item => Setting.Format(((TomlScalar)item).Value))))],
        _ => throw new StudyFileException(path, node.Line, $"a value of {parameter.Name} is {node.Kind}: it must be {parameter.Allowed}."),
    };
}
