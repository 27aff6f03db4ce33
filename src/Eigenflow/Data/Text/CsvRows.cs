namespace Eigenflow.Data;

/// <summary>Rows of a table of finite numbers in text, laid out as <see cref="TextLayout"/> finds.</summary>
internal sealed class CsvRows : RowSource
{
    private readonly TextLayout layout;
    private readonly int[] kept;
    private TextRow row;

    public CsvRows(string path, IReadOnlyList<string> without)
    {
        Path = path;
        layout = TextLayout.Read(path);
        var places = Places(path, without, layout.Names, layout.Fields);
        kept = [.. Enumerable.Range(0, layout.Fields).Where(field => !layout.IsLeftOut(field) && !places.Contains(field))];
        if (kept.Length == 0)
            throw new InputFileException(path, "all its columns are left out", "at least one column that is kept");
        Names = layout.Names.Length == 0 ? [] : [.. kept.Select(field => layout.Names[field])];
        var values = new double[kept.Length];
        row = new TextRow(path, layout);
        try
        {
            // The first row is looked at, so that a text that is no table is refused here.
            if (Read(values) == 0)
                throw TextLayout.NoNumbers(path);
        }
        catch
        {
            row.Dispose();
            throw;
        }

        Restart();
    }

    public override string Path { get; }

    public override int Columns => kept.Length;

    public override IReadOnlyList<string> Names { get; }

    public override IReadOnlyList<string> Notes => layout.Notes;

    public override long? KnownRows => null;

    public override void Restart()
    {
        row.Dispose();
        row = new TextRow(Path, layout);
    }

    public override int Read(Span<double> rows)
    {
        var count = rows.Length / kept.Length;
        for (var done = 0; done < count; done++)
        {
            if (!row.Next(out var line))
                return done;
            var target = rows.Slice(done * kept.Length, kept.Length);
            for (var k = 0; k < target.Length; k++)
            {
                if (!NumberText.TryParse(row.Fields.Span(line, kept[k]), layout.IsDecimalComma, out target[k]) || !double.IsFinite(target[k]))
                    throw NoNumber(row.Fields.Text(line, kept[k]), kept[k]);
            }
        }

        return count;
    }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
            row.Dispose();
        base.Dispose(isDisposing);
    }

    private InputFileException NoNumber(string text, int field)
    {
        var (what, remedy) = NumberText.Describe(text, layout.IsDecimalComma);
        return new InputFileException(Path, $"{layout.Describe(field)}: {(text.Length == 0 ? "a field is empty" : $"'{NumberText.Shorten(text)}' is not a finite number; {what}")}", $"finite numbers in every column: {remedy}", row.Line);
    }
}
