namespace Eigenflow.Data;

/// <summary>Reads the rows of a text by its layout: the heading is skipped, every row has the same number of fields, and columns that were found empty stay so.</summary>
internal sealed class TextRow : IDisposable
{
    private readonly string path;
    private readonly TextLayout layout;
    private readonly FieldList fields;
    private readonly LineReader reader;
    private bool isBegun;

    public TextRow(string path, TextLayout layout)
    {
        (this.path, this.layout, fields) = (path, layout, new FieldList(layout.Separator));
        reader = new LineReader(path);
    }

    /// <summary>1-based number of the line.</summary>
    public long Line => reader.Number;

    /// <summary>The fields of the row.</summary>
    public FieldList Fields => fields;

    /// <summary>Reads the next row; false at the end.</summary>
    public bool Next(out ReadOnlySpan<char> line)
    {
        if (!reader.Next(out line))
            return false;
        if (!isBegun)
        {
            isBegun = true;
            if ((TextSample.Announcement(line) is not null && !reader.Next(out line)) || (layout.HasHeading && !reader.Next(out line)))
                return false;
        }

        if (fields.Split(line) is { } problem)
            throw new InputFileException(path, problem, "rows with the same number of fields", Line);
        if (fields.Count != layout.Fields)
        {
            var above = layout.MisfitNames is null && layout.Names.Length > 0 ? $"the heading has {layout.Fields}" : $"the rows above have {layout.Fields}";
            throw new InputFileException(path, $"the row has {fields.Count} fields, {above}", "the same number of fields in every row", Line);
        }

        foreach (var field in layout.Empty)
        {
            if (!fields.Span(line, field).IsEmpty)
                throw new InputFileException(path, $"{layout.Describe(field)} is empty in the rows above and holds '{NumberText.Shorten(fields.Text(line, field))}' here", "a name for the column, and a value in every row", Line);
        }

        return true;
    }

    public void Dispose() => reader.Dispose();
}
