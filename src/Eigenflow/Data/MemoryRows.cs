namespace Eigenflow.Data;

/// <summary>The rows of a matrix in memory.</summary>
internal sealed class MemoryRows(DataMatrix data, string name) : RowSource
{
    private int next;

    public override string Path => name;

    public override int Columns => data.Columns;

    public override IReadOnlyList<string> Names => data.Names;

    public override IReadOnlyList<string> Notes => data.Notes;

    public override long? KnownRows => data.Rows;

    public override void Restart() => next = 0;

    public override int Read(Span<double> rows)
    {
        var count = Math.Min(rows.Length / data.Columns, data.Rows - next);
        data.Values.AsSpan(next * data.Columns, count * data.Columns).CopyTo(rows);
        next += count;
        return count;
    }
}
