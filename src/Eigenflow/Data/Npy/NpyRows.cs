namespace Eigenflow.Data;

/// <summary>Rows of a .npy file: the first axis counts samples, the others are laid out as columns. In Fortran order a block is gathered column by column, one seek each.</summary>
internal sealed class NpyRows : RowSource
{
    private const int Chunk = 1 << 18;
    private readonly Stream stream;
    private readonly NpyHeader header;
    private readonly bool keepsAll;
    private byte[] buffer = [];
    private int next;

    /// <summary>Reads from a stream that can seek, and closes it.</summary>
    public NpyRows(string path, Stream stream, bool keepsAll = false)
    {
        Path = path;
        this.keepsAll = keepsAll;
        this.stream = stream;
        try
        {
            header = NpyReader.Open(path, stream, stream.Length);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        if (header.Inner.Length > 1)
            Notes = [FormattableString.Invariant($"the array has {header.Inner.Length + 1} axes ({header.Rows} × {string.Join(" × ", header.Inner)}): the first counts the rows, the others became {header.Columns} columns")];
    }

    public override string Path { get; }

    public override int Columns => header.Columns;

    public override IReadOnlyList<string> Names => header.Type.Fields[0].Name.Length > 0 && header.Items == 1 ? [.. header.Type.Fields.Select(one => one.Name)] : [];

    public override IReadOnlyList<string> Notes { get; } = [];

    public override long? KnownRows => header.Rows;

    /// <summary>The rows of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keepsAll">Whether numbers that are not finite are passed on, and not refused.</param>
    public static NpyRows OfFile(string path, bool keepsAll = false) => new(path, InputFile.Open(path, "a .npy file"), keepsAll);

    public override void Restart() => next = 0;

    public override int Read(Span<double> rows)
    {
        var count = Math.Min(rows.Length / header.Columns, header.Rows - next);
        if (count == 0)
            return 0;
        try
        {
            if (header.IsFortran)
                ReadColumns(rows, count);
            else
                ReadRows(rows, count);
        }
        catch (IOException exception)
        {
            throw InputFile.Unreadable(Path, "a file that stays readable", exception);
        }

        next += count;
        return count;
    }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
            stream.Dispose();
        base.Dispose(isDisposing);
    }

    // Items follow each other row by row.
    private void ReadRows(Span<double> target, int count)
    {
        var size = header.Type.Size;
        stream.Position = header.Start + ((long)next * header.Items * size);
        var total = (long)count * header.Items;
        var most = Math.Max(1, Chunk / size);
        var fields = header.Type.Fields;
        for (long done = 0; done < total; done += most)
        {
            var part = (int)Math.Min(most, total - done);
            var bytes = Fill(part * size);
            for (var f = 0; f < fields.Count; f++)
            {
                var (offset, width, decode) = (fields[f].Offset, fields[f].Width, fields[f].Decode);
                var place = (int)((done * fields.Count) + f);
                for (var k = 0; k < part; k++, place += fields.Count, offset += size)
                {
                    var value = decode(bytes.Slice(offset, width));
                    target[place] = keepsAll || double.IsFinite(value) ? value : throw NotFinite(value, next + (place / header.Columns), place % header.Columns);
                }
            }
        }
    }

    private void ReadColumns(Span<double> target, int count)
    {
        var size = header.Type.Size;
        var fields = header.Type.Fields;
        var most = Math.Max(1, Chunk / size);
        for (var item = 0; item < header.Items; item++)
        {
            stream.Position = header.Start + (((header.FortranColumn(item) * header.Rows) + next) * size);
            for (var done = 0; done < count; done += most)
            {
                var part = Math.Min(most, count - done);
                var bytes = Fill(part * size);
                for (var k = 0; k < part; k++)
                {
                    for (var f = 0; f < fields.Count; f++)
                    {
                        var column = (item * fields.Count) + f;
                        var value = fields[f].Decode(bytes.Slice((k * size) + fields[f].Offset, fields[f].Width));
                        target[((done + k) * header.Columns) + column] = keepsAll || double.IsFinite(value) ? value : throw NotFinite(value, next + done + k, column);
                    }
                }
            }
        }
    }

    private ReadOnlySpan<byte> Fill(int count)
    {
        if (buffer.Length < count)
            buffer = new byte[count];
        var bytes = buffer.AsSpan(0, count);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private InputFileException NotFinite(double value, long row, int column) => new(
        Path,
        FormattableString.Invariant($"number {(row * header.Columns) + column + 1} (row {row + 1}, {IndexColumns.Describe(column, Names.Count > 0 ? Names[column] : null)}) is {value}"),
        "finite numbers only: leave out or fill its row");
}
