namespace Eigenflow.Data;

/// <summary>Rows of a table of numbers in text (see <see cref="CsvReader"/> for the rules).</summary>
internal sealed class CsvRows : RowSource
{
    private readonly List<double> values = [];
    private CsvReader reader;

    public CsvRows(string path)
    {
        Path = path;
        reader = new CsvReader(path);
        if (!reader.Next(values))
            throw reader.Empty();
        Columns = values.Count;
        Names = reader.Names.Length == Columns ? reader.Names : [];
        Restart();
    }

    public override string Path { get; }

    public override int Columns { get; }

    public override IReadOnlyList<string> Names { get; }

    public override long? KnownRows => null;

    public override void Restart()
    {
        reader.Dispose();
        reader = new CsvReader(Path);
    }

    public override int Read(Span<double> rows)
    {
        var count = rows.Length / Columns;
        for (var row = 0; row < count; row++)
        {
            values.Clear();
            if (!reader.Next(values))
                return row;
            for (var k = 0; k < Columns; k++)
                rows[(row * Columns) + k] = values[k];
        }

        return count;
    }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
            reader.Dispose();
        base.Dispose(isDisposing);
    }
}
