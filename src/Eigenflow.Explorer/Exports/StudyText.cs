using System.Globalization;
using System.Text;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Exports;

/// <summary>A study file whose runs are those that are shown.</summary>
internal static class StudyText
{
    // The ordinate of its figure, by what systems call what falls.
    private static readonly string[] Ordinates = ["loss", "excess", "error", "risk", "mse"];

    /// <summary>The study file.</summary>
    /// <param name="system">The system.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="solutions">Solutions of them, for the figure.</param>
    /// <exception cref="ExplorerException">No study has these runs.</exception>
    public static string Of(ISystem system, IReadOnlyList<RunWords> runs, IEnumerable<Solution> solutions)
    {
        if (RunGrid.Over(system, runs) is not { } grid || grid.Runs(system) is not { } made || !runs.All(run => made.Contains(run.Run)))
            throw new ExplorerException("These runs are no study: a parameter is set for some of them and has no value in others, or a list would mean something else; set it for all of them, or take one run at a time.");
        var text = new StringBuilder();
        Line(text, "# eigenflow sweep FILE computes the runs, eigenflow report DIR shows them.");
        if (made.Count > runs.Count)
            Line(text, $"# The lists make {made.Count} runs, of which {runs.Count} were shown.");
        Line(text, $"title = {TomlText.Quoted(system.Title)}");
        Line(text, $"system = {TomlText.Quoted(system.Id)}");
        Line(text, $"method = [{string.Join(", ", grid.Methods.Select(TomlText.Quoted))}]");
        if (grid.Values.Count > 0)
            Line(text, "\n[parameters]");
        foreach (var (name, values) in grid.Values)
            Line(text, $"{name} = {(values is [var one] ? Value(one) : $"[{string.Join(", ", values.Select(Value))}]")}");
        if (solutions.FirstOrDefault(solution => solution.Rows > 1) is { } first && Ordinate(first) is { } ordinate)
        {
            Line(text, "\n[[figure]]\nid = \"curves\"");
            Line(text, $"x = {TomlText.Quoted(first.Axis.Name)}\ny = {TomlText.Quoted(ordinate.Name)}");
            string[] group = [.. grid.Methods.Count > 1 ? ["method"] : (string[])[], .. grid.Values.Where(pair => pair.Value.Count > 1).Select(pair => pair.Key)];
            if (group.Length > 0)
                Line(text, $"group = [{string.Join(", ", group.Select(TomlText.Quoted))}]");
            if (IsLinear(first.Axis.Values))
                Line(text, "x-scale = \"linear\"");
            if (IsLinear(ordinate.Values))
                Line(text, "y-scale = \"linear\"");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static Observable? Ordinate(Solution solution) => solution.Observables.Skip(1).ToArray() is var columns && Ordinate(columns.Select(column => column.Name)) is { } name ? Array.Find(columns, column => string.Equals(column.Name, name, StringComparison.Ordinal)) : null;

    /// <summary>Which of some observables falls, by what systems call it; the first where none of the words stands in a name.</summary>
    public static string? Ordinate(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return Ordinates.Select(word => Array.Find(all, name => string.Equals(name, word, StringComparison.Ordinal))).Concat(Ordinates.Select(word => Array.Find(all, name => name.Contains(word, StringComparison.Ordinal)))).FirstOrDefault(name => name is not null) ?? all.FirstOrDefault();
    }

    // A logarithmic axis leaves out what is not positive: where that is more than a first zero, or the values are within a decade, it is linear.
    private static bool IsLinear(double[] values)
    {
        double[] positive = [.. values.Where(value => value > 0 && double.IsFinite(value))];
        return positive.Length < values.Count(double.IsFinite) - 1 || positive.Length < 2 || positive.Max() < 10 * positive.Min();
    }

    /// <summary>A value as it stands in a study file.</summary>
    internal static string Value(object value) => value switch
    {
        double number => Number(number),
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double[] list => "[" + string.Join(", ", list.Select(Number)) + "]",
        _ => TomlText.Quoted(Setting.Format(value)),
    };

    private static string Number(double number) => Setting.Format(number);
}
