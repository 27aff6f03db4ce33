using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Passes rows on and keeps an evenly spaced sample of those of the first pass, at most about a million numbers.</summary>
internal sealed class RowSample(RowSource rows, long total) : RowSource
{
    private const int MostNumbers = 1 << 20;

    private readonly List<double[]> kept = [];
    private readonly long stride = Math.Max(1, (long)Math.Ceiling((double)total * rows.Columns / MostNumbers));
    private long next;

    public override string Path => rows.Path;

    public override int Columns => rows.Columns;

    public override IReadOnlyList<string> Names => rows.Names;

    public override long? KnownRows => rows.KnownRows;

    /// <summary>Number of rows that were kept.</summary>
    public int Rows => kept.Count;

    /// <summary>A row that was kept.</summary>
    public ReadOnlySpan<double> Row(int index) => kept[index];

    public override void Restart()
    {
        rows.Restart();
        next = 0;
    }

    public override int Read(Span<double> target)
    {
        var read = rows.Read(target);
        for (var row = (stride - (next % stride)) % stride; row < read; row += stride)
        {
            if (kept.Count == (next + row) / stride)
                kept.Add(target.Slice((int)row * Columns, Columns).ToArray());
        }

        next += read;
        return read;
    }

    /// <summary>Squared lengths of the rows that were kept, about their mean or about zero.</summary>
    public double[] SquaredLengths(bool isCentred)
    {
        var mean = new double[Columns];
        if (isCentred)
        {
            // About the first row, so that a large mean costs no digits.
            foreach (var row in kept)
            {
                for (var k = 0; k < mean.Length; k++)
                    mean[k] += (row[k] - kept[0][k]) / kept.Count;
            }

            for (var k = 0; k < mean.Length; k++)
                mean[k] += kept[0][k];
        }

        return [.. kept.Select(row =>
        {
            var sum = 0.0;
            for (var k = 0; k < mean.Length; k++)
                sum += (row[k] - mean[k]) * (row[k] - mean[k]);
            return sum;
        })];
    }
}
