using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Exports;

/// <summary>The command lines that give the same numbers.</summary>
internal static class CommandText
{
    /// <summary>One line where the runs are a grid, else one line per run.</summary>
    /// <param name="system">The system.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="areExtended">Whether the command would extend some of them to a common end: then each has a line of its own.</param>
    public static string Of(ISystem system, IReadOnlyList<RunWords> runs, bool areExtended)
    {
        if (!areExtended && RunWords.Grid(system, runs) is { } grid)
            return Line(system, grid.Methods, grid.Texts, [.. grid.Values.Select(pair => pair.Key)]);
        return string.Concat(runs.Select(run => Line(system, [run.Run.Method!], run.Given.ToDictionary(pair => pair.Key, pair => Setting.Format(pair.Value), StringComparer.Ordinal), [.. run.Given.Select(pair => pair.Key)])));
    }

    private static string Line(ISystem system, IReadOnlyList<string> methods, IReadOnlyDictionary<string, string> texts, IReadOnlyList<string> order)
    {
        IEnumerable<string> method = methods is [var one] && string.Equals(one, system.Methods[0].Name, StringComparison.Ordinal) ? [] : ["--method " + ShellWord.Quoted(string.Join(',', methods))];
        return string.Join(' ', ["eigenflow run " + system.Id, .. method, .. order.Select(name => $"--{name} {ShellWord.Quoted(texts[name])}")]) + "\n";
    }
}
