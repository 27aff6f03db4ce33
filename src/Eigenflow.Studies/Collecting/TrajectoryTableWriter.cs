using Eigenflow.Data;
using Parquet;
using Parquet.Schema;

namespace Eigenflow.Studies;

/// <summary>All trajectories of a study in one Parquet file: the run and all observables, one row per saved time.</summary>
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
        var runs = results.Runs.Where(run => run.Record is not null && run.Columns.Count > 0).ToArray();
        var names = runs.SelectMany(run => run.Columns.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var schema = new ParquetSchema([new DataField("run", typeof(string), isNullable: false), .. names.Select(name => new DataField(name, typeof(double), isNullable: true))]);
        AtomicFile.Write(path, stream =>
        {
            var writer = ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.None }).GetAwaiter().GetResult();
            for (var first = 0; first < runs.Length;)
            {
                var (last, rows) = (first, 0);
                while (last < runs.Length && (rows == 0 || rows + Length(runs[last]) <= RowsPerGroup))
                    rows += Length(runs[last++]);
                Group(writer, schema, names, runs.AsSpan(first, last - first));
                first = last;
            }

            writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });
        return path;
    }

    private static void Group(ParquetWriter writer, ParquetSchema schema, string[] names, ReadOnlySpan<CollectedRun> runs)
    {
        using var group = writer.CreateRowGroup();
        var ids = new List<string>();
        foreach (var run in runs)
            ids.AddRange(Enumerable.Repeat(run.Run.Id, Length(run)));
        group.WriteAsync(schema.DataFields[0], ids).GetAwaiter().GetResult();
        for (var k = 0; k < names.Length; k++)
        {
            var values = new List<double?>(ids.Count);
            foreach (var run in runs)
            {
                if (run.Columns.TryGetValue(names[k], out var column))
                    values.AddRange(column.Select(value => (double?)value));
                else
                    values.AddRange(Enumerable.Repeat((double?)null, Length(run)));
            }

            group.WriteAsync<double>(schema.DataFields[k + 1], values.ToArray()).GetAwaiter().GetResult();
        }

        group.CompleteValidate();
    }

    private static int Length(CollectedRun run) => run.Columns.Values.First().Length;
}
