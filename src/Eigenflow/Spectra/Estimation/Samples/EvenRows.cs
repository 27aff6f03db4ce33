using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Rows of equal length: about the median of every column, entries beyond ten robust standard deviations of all entries cut, each row divided by its length.
/// White noise stays white noise whatever its tails are and however its rows differ in size, and then has the eigenvalues of Marchenko and Pastur (spatial signs: Tyler 1987, Dürre, Vogel and Fried 2015).
/// </summary>
internal sealed class EvenRows(RowSource rows, double[] centre, double largest) : RowSource
{
    private const double LargestDeviation = 10;

    public override string Path => rows.Path;

    public override int Columns => rows.Columns;

    public override IReadOnlyList<string> Names => rows.Names;

    public override long? KnownRows => rows.KnownRows;

    /// <summary>Rows about the medians of a sample of them, or about zero.</summary>
    public static EvenRows Of(RowSource rows, RowSample sample, bool isCentred)
    {
        int d = rows.Columns, n = sample.Rows;
        var centre = new double[d];
        if (isCentred)
        {
            var column = new double[n];
            for (var k = 0; k < d; k++)
            {
                for (var row = 0; row < n; row++)
                    column[row] = sample.Row(row)[k];
                Array.Sort(column);
                centre[k] = column[n / 2];
            }
        }

        var sizes = new double[n * d];
        for (var row = 0; row < n; row++)
        {
            for (var k = 0; k < d; k++)
                sizes[(row * d) + k] = Math.Abs(sample.Row(row)[k] - centre[k]);
        }

        // 1.4826 times the median is the standard deviation of Gaussian numbers. Where most entries are equal there is no such scale.
        Array.Sort(sizes);
        var middle = sizes[sizes.Length / 2];
        return new EvenRows(rows, centre, middle > 0 ? LargestDeviation * 1.4826 * middle : double.PositiveInfinity);
    }

    public override void Restart() => rows.Restart();

    public override int Read(Span<double> target)
    {
        var read = rows.Read(target);
        for (var row = 0; row < read; row++)
        {
            var values = target.Slice(row * Columns, Columns);
            var squares = 0.0;
            for (var k = 0; k < values.Length; k++)
            {
                values[k] = Math.Clamp(values[k] - centre[k], -largest, largest);
                squares += values[k] * values[k];
            }

            if (squares == 0)
                continue;
            var scale = 1 / Math.Sqrt(squares);
            for (var k = 0; k < values.Length; k++)
                values[k] *= scale;
        }

        return read;
    }
}
