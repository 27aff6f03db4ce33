using System.Text;
using Eigenflow.Explorer.Exports;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>The words that compute the cells of a map again: a study file, the commands over it, and a program.</summary>
internal static class MapText
{
    private const string Derived = "map-value";

    /// <summary>A study whose runs are the cells.</summary>
    /// <exception cref="ExplorerException">A cell is refused, which no study may hold.</exception>
    public static string Study(ParameterMap map)
    {
        MapCell[] refused = [.. Enumerable.Range(0, map.Cells).Select(cell => map[cell]).OfType<MapCell>().Where(cell => cell.Refusal.Length > 0)];
        if (refused.Length > 0)
            throw new ExplorerException($"This map is no study: the engine refuses {DisplayNumber.Count(refused.Length)} of its settings, and a study holds allowed ones alone. CSV, JSON and C# have the others. The first refusal: {refused[0].Refusal}");
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');
        var (column, derived) = Column(map);
        Line("# eigenflow sweep FILE computes the cells of the map, eigenflow collect DIR puts them in a table.");
        Line(column.Length > 0 ? $"# The value of the map is the column {column}." : $"# No column of that table has the value of this map ({map.Quantity.Text}): its files from the page do.");
        Line($"title = {TomlText.Quoted($"{map.System.Title}: {map.Quantity.Quantity.Words}")}");
        Line($"system = {TomlText.Quoted(map.System.Id)}");
        Line($"method = [{TomlText.Quoted(map.Method)}]");
        Line("\n[parameters]");
        foreach (var (name, typed) in MapSetting.Shared(map))
            Line($"{name} = {StudyText.Value(map.System.Parameter(name)!.Parse(typed))}");
        foreach (var axis in ((Parameter Parameter, double[] Numbers)[])[map.X, map.Y])
            Line($"{axis.Parameter.Name} = [{string.Join(", ", axis.Numbers.Select(number => StudyText.Value(axis.Parameter.Check(number))))}]");
        if (derived.Length > 0)
            Line($"\n[derived]\n{derived}");
        if (column.Length > 0)
        {
            Line("\n[[figure]]\nid = \"map\"");
            Line($"x = {TomlText.Quoted(map.X.Parameter.Name)}\ny = {TomlText.Quoted(column)}\ngroup = [{TomlText.Quoted(map.Y.Parameter.Name)}]");
            if (!(SliderRange.Of(map.X.Parameter)!.IsLogarithmic && map.X.Numbers[0] > 0))
                Line("x-scale = \"linear\"");
            if (Values(map).Any(value => value <= 0))
                Line("y-scale = \"linear\"");
        }

        return text.ToString();
    }

    /// <summary>The commands that write the study, sweep it and collect its table.</summary>
    /// <exception cref="ExplorerException">A cell is refused, which no study may hold.</exception>
    public static string Command(ParameterMap map)
    {
        var name = map.System.Id + "-map";
        return $"cat > {name}.toml <<'END'\n{Study(map)}END\neigenflow sweep {name}.toml --out {name}\neigenflow collect {name}\n";
    }

    /// <summary>A program that prints the cells as the CSV has them: the two parameters and the value.</summary>
    public static string Program(ParameterMap map)
    {
        var (quantity, place) = (map.Quantity, map.Place);
        var first = Enumerable.Range(0, map.Cells).Select(cell => map[cell]).FirstOrDefault(cell => cell?.Along is not null);
        var name = SnippetText.Literal(quantity.Quantity.Name);
        var along = SnippetText.Literal(first?.Along?.Name ?? map.System.Observables[0].Name);
        var elsewhere = Elsewhere(map);
        var value = quantity.Kind switch
        {
            "event" when elsewhere is not null => $"solution.Events.GetValueOrDefault({name}) is {{ }} moment ? At(solution[{SnippetText.Literal(elsewhere.Counted)}], solution[{along}], moment) : double.NaN",
            "event" => $"solution.Events.GetValueOrDefault({name}) ?? double.NaN",
            "number" => $"solution.SummaryOf({name}) ?? double.NaN",
            "last" => $"solution.Status.Outcome == SolveOutcome.Completed && solution.Has({name}) ? solution[{name}][{(first?.RunsBackwards == true ? "0" : "^1")}] : double.NaN",
            _ => $"solution.Status.Outcome == SolveOutcome.Completed && solution.Has({name}) ? At(solution[{along}], solution[{name}], {SnippetText.Literal(double.IsFinite(place) ? place : 0.0)}) : double.NaN",
        };
        var shared = MapSetting.Shared(map).Select(pair => $"new({SnippetText.Literal(pair.Key)}, {SnippetText.Literal(map.System.Parameter(pair.Key)!.Parse(pair.Value))})");
        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Globalization;
            using Eigenflow;
            using Eigenflow.Settings;
            using Eigenflow.Solutions;
            using Eigenflow.Systems;

            // {{map.System.Title}}: {{quantity.Text}} over {{map.X.Parameter.Name}} and {{map.Y.Parameter.Name}}; what is not set has its default (eigenflow describe {{map.System.Id}}).
            var system = SystemCatalog.Find({{SnippetText.Literal(map.System.Id)}});
            var shared = {{(MapSetting.Shared(map).Count == 0 ? "Setting.Empty" : $"new Setting([{string.Join(", ", shared)}])")}};
            object[] across = [{{Numbers(map.X)}}];
            object[] up = [{{Numbers(map.Y)}}];
            foreach (var y in up)
            {
                foreach (var x in across)
                {
                    var value = double.NaN;
                    try
                    {
                        var solution = system.Solve(system.Complete({{SnippetText.Literal(map.Method)}}, shared.With({{SnippetText.Literal(map.X.Parameter.Name)}}, x).With({{SnippetText.Literal(map.Y.Parameter.Name)}}, y)));
                        value = {{value}};
                    }
                    catch (EigenflowException refusal)
                    {
                        Console.Error.WriteLine(refusal.Message); // a setting that is not allowed
                    }

                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{x},{y},{value:R}"));
                }
            }

            """.ReplaceLineEndings("\n") + (quantity.Kind is "common" || elsewhere is not null ? At.ReplaceLineEndings("\n") : "");
    }

    private const string At = """

        // Straight in the logarithms between rows, where they exist.
        static double At(double[] x, double[] y, double place)
        {
            (x, y) = ((double[])x.Clone(), (double[])y.Clone());
            Array.Sort(x, y);
            var k = Array.FindIndex(x, value => value >= place);
            if (k < 0 || (k == 0 && x[0] > place))
                return double.NaN;
            if (x[k] == place)
                return y[k];
            var isPositive = x[k - 1] > 0 && y[k - 1] > 0 && y[k] > 0;
            var part = isPositive ? Math.Log(place / x[k - 1]) / Math.Log(x[k] / x[k - 1]) : (place - x[k - 1]) / (x[k] - x[k - 1]);
            return isPositive ? y[k - 1] * Math.Pow(y[k] / y[k - 1], part) : y[k - 1] + (part * (y[k] - y[k - 1]));
        }

        """;

    // The column of the collected table that has the value, and what makes it where it is derived; empty where there is none.
    private static (string Column, string Derived) Column(ParameterMap map)
    {
        var (quantity, place) = (map.Quantity, map.Place);
        MapCell[] all = [.. Enumerable.Range(0, map.Cells).Select(cell => map[cell]).OfType<MapCell>()];
        MapCell[] there = [.. all.Where(cell => double.IsFinite(cell.End))];
        var isForwards = Array.TrueForAll(there, cell => !cell.RunsBackwards);
        if (quantity.Kind is "event")
            return Elsewhere(map) is { } elsewhere ? (Derived, $"{Derived} = {{ value = {TomlText.Quoted(elsewhere.Along!.Name)}, at = {TomlText.Quoted("event-" + quantity.Quantity.Name)}, against = {TomlText.Quoted(elsewhere.Counted)} }}") : ("event-" + quantity.Quantity.Name, "");
        if (quantity.Kind is "last" && isForwards)
            return ("last-" + quantity.Quantity.Name, "");
        if (quantity.Kind is not ("last" or "common") || there.Length == 0)
            return ("", "");
        var name = TomlText.Quoted(there[0].Along!.Name);
        string Value(string at) => $"{Derived} = {{ value = {TomlText.Quoted(quantity.Quantity.Name)}, at = {at}{(there[0].IsAlongAxis ? "" : $", against = {name}")} }}";
        if (quantity.Kind is "common")
            return isForwards || Array.TrueForAll(there, cell => !cell.IsBetweenRows(place)) ? (Derived, Value(StudyText.Value(place))) : ("", "");

        // Against the rows a curve ends where its abscissa is largest; between such rows a study does not look.
        return Array.TrueForAll(there, cell => cell.End == there[0].End) ? (Derived, Value(StudyText.Value(there[0].End))) : (Derived, $"{Derived}-end = {{ maximum = {name} }}\n{Value(TomlText.Quoted(Derived + "-end"))}");
    }

    // A cell whose events are told along something else than time; null where they are times.
    private static MapCell? Elsewhere(ParameterMap map) =>
        map.Quantity is { Kind: "event", Quantity.Counted: null } ? Enumerable.Range(0, map.Cells).Select(cell => map[cell]).FirstOrDefault(cell => cell is { Along: not null, HasEventsElsewhere: true }) : null;

    private static string Numbers((Parameter Parameter, double[] Numbers) axis) => string.Join(", ", axis.Numbers.Select(number => SnippetText.Literal(axis.Parameter.Check(number))));

    private static IEnumerable<double> Values(ParameterMap map)
    {
        var (quantity, place) = (map.Quantity, map.Place);
        return Enumerable.Range(0, map.Cells).Select(cell => map[cell]?.Value(quantity, place) ?? double.NaN);
    }
}
