using Parquet;

namespace Eigenflow.Data;

/// <summary>Rows of a Parquet file whose columns are all numbers, or lists of as many numbers in every row; row labels of data frames are left out. One row group is in memory at a time.</summary>
internal sealed class ParquetRows : RowSource
{
    private const string Expected = "a Parquet file whose columns are all numbers, without missing values";
    private readonly FileStream stream;
    private readonly ParquetReader reader;
    private readonly ParquetColumn[] columns;
    private readonly string[] names;
    private double[][] group = [];
    private int groupIndex;
    private int next;
    private long before;

    public ParquetRows(string path, IReadOnlyList<string> without)
    {
        Path = path;
        stream = InputFile.Open(path, Expected);
        try
        {
            (reader, var all) = ParquetColumn.Open(path, stream);
            var places = Places(path, without, [.. all.Select(column => column.Name)], all.Count);
            all = [.. all.Where((_, place) => !places.Contains(place))];
            columns = [.. all.Where(column => !column.IsIndex)];
            if (columns.Length == 0)
                columns = [.. all];
            Notes = [.. all.Except(columns).Select(column => $"column '{column.Name}' is an index and was left out")];
            if (Array.Find(columns, column => column.Kind is ParquetKind.Texts or ParquetKind.Other) is { } other)
                throw new InputFileException(path, $"column '{other.Name}' holds no numbers but {other.Description}", $"{Expected}: leave the column out");
            names = [.. columns.SelectMany(column => column.Names)];
            long rows = 0;
            for (var index = 0; index < reader.RowGroupCount; index++)
            {
                using var part = reader.OpenRowGroupReader(index);
                rows = checked(rows + ParquetColumn.RowsOf(path, part));
            }

            KnownRows = rows;
            if (rows == 0 || names.Length == 0)
                throw new InputFileException(path, "it holds no numbers", Expected);
        }
        catch (Exception exception)
        {
            stream.Dispose();
            if (exception is EigenflowException or OutOfMemoryException)
                throw;

            // The reader of the format throws many kinds of errors on damaged bytes.
            throw InputFile.Unreadable(path, Expected, exception);
        }
    }

    public override string Path { get; }

    public override int Columns => names.Length;

    public override IReadOnlyList<string> Names => names;

    public override IReadOnlyList<string> Notes { get; }

    public override long? KnownRows { get; }

    public override void Restart() => (group, groupIndex, next, before) = ([], 0, 0, 0);

    public override int Read(Span<double> rows)
    {
        var wanted = rows.Length / names.Length;
        var done = 0;
        while (done < wanted)
        {
            if (group.Length == 0 || next == group[0].Length)
            {
                before += group.Length == 0 ? 0 : group[0].Length;
                if (groupIndex == reader.RowGroupCount)
                    break;
                Load(groupIndex++);
                next = 0;
                continue;
            }

            for (var k = 0; k < names.Length; k++)
            {
                var value = group[k][next];
                if (!double.IsFinite(value))
                    throw new InputFileException(Path, $"column '{names[k]}' holds no finite number in row {before + next + 1}", Expected);
                rows[(done * names.Length) + k] = value;
            }

            next++;
            done++;
        }

        return done;
    }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
            stream.Dispose();
        base.Dispose(isDisposing);
    }

    private void Load(int index)
    {
        try
        {
            using var part = reader.OpenRowGroupReader(index);
            group = [.. columns.SelectMany(column => column.Numbers(part, before))];
        }
        catch (Exception exception) when (exception is not (EigenflowException or OutOfMemoryException))
        {
            throw new InputFileException(Path, $"row group {index + 1} cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", Expected, inner: exception);
        }
    }
}
