namespace Eigenflow.Data;

/// <summary>Some columns of other rows.</summary>
internal sealed class SelectedRows(RowSource inner, int[] kept, IReadOnlyList<string> notes) : RowSource
{
    private double[] buffer = [];

    public override string Path => inner.Path;

    public override int Columns => kept.Length;

    public override IReadOnlyList<string> Names => inner.Names.Count == 0 ? [] : [.. kept.Select(column => inner.Names[column])];

    public override IReadOnlyList<string> Notes { get; } = [.. inner.Notes, .. notes];

    public override long? KnownRows => inner.KnownRows;

    public override void Restart() => inner.Restart();

    public override int Read(Span<double> rows)
    {
        var wanted = rows.Length / kept.Length;
        var most = Math.Max(1, (1 << 18) / inner.Columns);
        var done = 0;
        while (done < wanted)
        {
            var part = Math.Min(most, wanted - done);
            if (buffer.Length < part * inner.Columns)
                buffer = new double[part * inner.Columns];
            var read = inner.Read(buffer.AsSpan(0, part * inner.Columns));
            for (var row = 0; row < read; row++)
            {
                var source = buffer.AsSpan(row * inner.Columns, inner.Columns);
                var target = rows.Slice((done + row) * kept.Length, kept.Length);
                for (var k = 0; k < kept.Length; k++)
                    target[k] = source[kept[k]];
            }

            done += read;
            if (read < part)
                break;
        }

        return done;
    }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
            inner.Dispose();
        base.Dispose(isDisposing);
    }
}
