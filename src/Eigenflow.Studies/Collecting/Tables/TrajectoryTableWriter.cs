using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Parquet;
using Parquet.Schema;

namespace Eigenflow.Studies;

/// <summary>
/// All trajectories of a study in one Parquet file: the run, its method, the parameters that differ between runs, and all observables; one row per saved time.
/// </summary>
public static class TrajectoryTableWriter
{
    private const int RowsPerGroup = 1 << 18;

    /// <summary>Writes <c>trajectories.parquet</c>.</summary>
    /// <param name="results">The runs, read with their columns.</param>
    /// <returns>Path of the file.</returns>
    /// <exception cref="EigenflowException">The folder cannot be written.</exception>
    public static string Write(StudyResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var path = Path.Combine(results.Folder, "trajectories.parquet");
        results.RequireSomeFor(path);
        var runs = results.Runs.Where(run => run.Record is not null && run.Columns.Count > 0).ToArray();
        var columns = Columns(results.Study, runs);
        var schema = new ParquetSchema(columns.Select(column => column.Text is not null ? new DataField(column.Name, typeof(string), isNullable: false) : new DataField(column.Name, typeof(double), isNullable: true)));
        AtomicFile.Write(path, stream =>
        {
            var writer = ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.None }).GetAwaiter().GetResult();
            for (var first = 0; first < runs.Length;)
            {
                var (last, rows) = (first, 0);
                while (last < runs.Length && (rows == 0 || rows + Length(runs[last]) <= RowsPerGroup))
                    rows += Length(runs[last++]);
                Group(writer, schema, columns, runs[first..last]);
                first = last;
            }

            writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });
        return path;
    }

    private static List<Column> Columns(Study study, CollectedRun[] runs)
    {
        var columns = new List<Column> { new("run", Text: run => run.Run.Id), new("method", Text: run => run.Run.Method) };
        foreach (var parameter in study.System.Parameters)
        {
            if (runs.Select(run => Setting.Format(run.Run.Setting[parameter.Name])).Distinct(StringComparer.Ordinal).Skip(1).Any())
            {
                columns.Add(parameter.Kind is ParameterKind.Number or ParameterKind.Integer
                    ? new Column(parameter.Name, Values: run => Enumerable.Repeat(run.Run.Setting[parameter.Name] is { } value ? (double?)Convert.ToDouble(value, CultureInfo.InvariantCulture) : null, Length(run)))
                    : new Column(parameter.Name, Text: run => Setting.Format(run.Run.Setting[parameter.Name])));
            }
        }

        columns.AddRange(runs.SelectMany(run => run.Columns.Keys).Distinct(StringComparer.Ordinal).Select(name => new Column(
            name, Values: run => run.Columns.TryGetValue(name, out var column) ? column.Select(value => (double?)value) : Enumerable.Repeat((double?)null, Length(run)))));
        return columns;
    }

    private static void Group(ParquetWriter writer, ParquetSchema schema, List<Column> columns, CollectedRun[] runs)
    {
        using var group = writer.CreateRowGroup();
        for (var k = 0; k < columns.Count; k++)
        {
            var field = schema.DataFields[k];
            var task = columns[k].Text is { } text
                ? group.WriteAsync(field, [.. runs.SelectMany(run => Enumerable.Repeat(text(run), Length(run)))])
                : group.WriteAsync<double>(field, runs.SelectMany(columns[k].Values!).ToArray());
            task.GetAwaiter().GetResult();
        }

        group.CompleteValidate();
    }

    private static int Length(CollectedRun run) => run.Columns.Values.First().Length;

    // A column holds one text per run, or one number per row.
    private sealed record Column(string Name, Func<CollectedRun, string>? Text = null, Func<CollectedRun, IEnumerable<double?>>? Values = null);
}
