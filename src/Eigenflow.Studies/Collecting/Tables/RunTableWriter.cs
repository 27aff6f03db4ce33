using System.Globalization;
using System.Text;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Parquet.Schema;

namespace Eigenflow.Studies;

/// <summary>The collected table of a study: one row per run in the order of the plan, as Parquet and as CSV with the same columns.</summary>
public static class RunTableWriter
{
    /// <summary>Writes <c>runs.parquet</c> and <c>runs.csv</c>.</summary>
    /// <param name="results">The runs.</param>
    /// <returns>Paths of the two files.</returns>
    /// <exception cref="EigenflowException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var columns = Columns(results);
        string[] paths = [Path.Combine(results.Folder, "runs.parquet"), Path.Combine(results.Folder, "runs.csv")];
        foreach (var path in paths)
            results.RequireSomeFor(path);
        AtomicFile.WriteBytes(paths[0], Parquet(results, columns));
        AtomicFile.WriteText(paths[1], Csv(results, columns));
        return paths;
    }

    /// <summary>The text of <c>runs.csv</c>.</summary>
    /// <param name="results">The runs.</param>
    public static string Csv(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Csv(results, Columns(results));
    }

    private static string Csv(StudyResults results, List<(string Name, Type Type, Func<CollectedRun, object?> Value)> columns) =>
        CsvText.Render(columns.Select(column => column.Name), results.Runs.Select(run => columns.Select(column => Text(column.Value(run)))));

    private static List<(string Name, Type Type, Func<CollectedRun, object?> Value)> Columns(StudyResults results)
    {
        var study = results.Study;
        var used = study.Runs.SelectMany(run => run.Setting.Names).ToHashSet(StringComparer.Ordinal);
        var columns = new List<(string Name, Type Type, Func<CollectedRun, object?> Value)>
        {
            ("run", typeof(string), run => run.Run.Id),
            ("method", typeof(string), run => run.Run.Method),
        };
        foreach (var parameter in study.System.Parameters.Where(parameter => used.Contains(parameter.Name)))
        {
            columns.Add(parameter.Kind switch
            {
                ParameterKind.Number => (parameter.Name, typeof(double), run => run.Run.Setting[parameter.Name] is { } value ? Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)) : null),
                ParameterKind.Integer => (parameter.Name, typeof(long), run => run.Run.Setting[parameter.Name] as long?),
                _ => (parameter.Name, typeof(string), run => Setting.Format(run.Run.Setting[parameter.Name])),
            });
        }

        columns.Add(("status", typeof(string), run => run.Status));
        columns.Add(("message", typeof(string), run => run.Record?.Message ?? run.Error));
        foreach (var name in study.System.Events.Select(quantity => quantity.Name))
            columns.Add((KeptColumns.Event + name, typeof(double), run => run.Record?.Events.GetValueOrDefault(name) is { } time ? Number(time) : null));
        foreach (var name in results.Runs.SelectMany(run => run.Last.Keys).Distinct(StringComparer.Ordinal))
            columns.Add((KeptColumns.Last + name, typeof(double), run => run.Last.TryGetValue(name, out var value) ? Number(value) : null));
        foreach (var name in study.Derived.SelectMany(quantity => quantity.Columns))
            columns.Add((name, typeof(double), run => Number(run.Record is null ? double.NaN : run.Scalar(name))));
        foreach (var name in KeptColumns.SolverCounts)
            columns.Add((KeptColumns.Solver + name, typeof(long), run => run.Record?.Counts.TryGetValue(name, out var count) == true ? count : null));
        columns.Add(("solver-modes", typeof(string), run => run.Record?.Modes ?? ""));
        return columns;
    }

    private static byte[] Parquet(StudyResults results, List<(string Name, Type Type, Func<CollectedRun, object?> Value)> columns)
    {
        var schema = new ParquetSchema(columns.Select(column => column.Type == typeof(string)
            ? new DataField(column.Name, typeof(string), isNullable: false)
            : new DataField(column.Name, column.Type, isNullable: true)));
        KeyValuePair<string, string>[] metadata =
        [
            new("eigenflow.format", RunFile.Format), new("eigenflow.numerics", NumericsVersion.Text), new("eigenflow.system", results.Study.System.Id),
            new("eigenflow.study", Encoding.UTF8.GetString(results.Study.Source)),
        ];
        return ParquetText.Write(schema, metadata, results.Runs.Count == 0
            ? null
            : group =>
            {
                for (var k = 0; k < columns.Count; k++)
                {
                    var field = schema.DataFields[k];
                    var values = results.Runs.Select(columns[k].Value).ToArray();
                    var task = columns[k].Type == typeof(string)
                        ? group.WriteAsync(field, [.. values.Select(value => (string)(value ?? ""))])
                        : columns[k].Type == typeof(long)
                            ? group.WriteAsync<long>(field, values.Select(value => (long?)value).ToArray())
                            : group.WriteAsync<double>(field, values.Select(value => (double?)value).ToArray());
                    task.GetAwaiter().GetResult();
                }
            });
    }

    private static double? Number(double value) => double.IsNaN(value) ? null : value;

    private static string Text(object? value) => value switch
    {
        double number => WrittenNumber.RoundTrip(number),
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        _ => (string?)value ?? "",
    };
}
