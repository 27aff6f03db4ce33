using System.Globalization;

namespace Eigenflow.Data;

/// <summary>Rows of a .npy file. In Fortran order a block is gathered column by column, one seek each.</summary>
internal sealed class NpyRows : RowSource
{
    private readonly FileStream stream;
    private readonly NpyHeader header;
    private byte[] buffer = [];
    private int next;

    public NpyRows(string path)
    {
        Path = path;
        stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            header = NpyReader.Open(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public override string Path { get; }

    public override int Columns => header.Columns;

    public override long? KnownRows => header.Rows;

    public override void Restart() => next = 0;

    public override int Read(Span<double> rows)
    {
        var count = Math.Min(rows.Length / header.Columns, header.Rows - next);
        if (count == 0)
            return 0;
        try
        {
            if (header.IsFortran)
            {
                for (var column = 0; column < header.Columns; column++)
                    Decode(((long)column * header.Rows) + next, count, rows, column, header.Columns);
            }
            else
            {
                Decode((long)next * header.Columns, count * header.Columns, rows, 0, 1);
            }
        }
        catch (IOException exception)
        {
            throw new InputFileException(Path, $"it cannot be read ({exception.Message.TrimEnd('.')})", "a file that stays readable", inner: exception);
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

    private void Decode(long first, int count, Span<double> target, int start, int stride)
    {
        const int chunk = 1 << 15;
        var width = header.Width;
        if (buffer.Length < chunk * width)
            buffer = new byte[chunk * width];
        stream.Position = header.Start + (first * width);
        for (var done = 0; done < count; done += chunk)
        {
            var part = Math.Min(chunk, count - done);
            var bytes = buffer.AsSpan(0, part * width);
            stream.ReadExactly(bytes);
            for (var k = 0; k < part; k++)
            {
                var value = header.Decode(bytes.Slice(k * width, width));
                if (!double.IsFinite(value))
                {
                    var index = first + done + k;
                    var (row, column) = header.IsFortran ? (index % header.Rows, index / header.Rows) : (index / header.Columns, index % header.Columns);
                    throw new InputFileException(Path, FormattableString.Invariant($"number {index + 1} (row {row + 1}, column {column + 1}) is {value}"), "finite numbers only");
                }

                target[start + ((done + k) * stride)] = value;
            }
        }
    }
}
