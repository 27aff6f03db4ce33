using Eigenflow.Scaling.Noise;

namespace Eigenflow.Scaling;

/// <summary>
/// Averages the points of a long curve in even bins of ln x, counted from its first x, so that no decade outweighs another.
/// Rows of training logs are correlated from row to row and not from bin to bin: the correlation ρ of neighbouring rows (about a smooth curve) gives the noise of the mean of m rows,
/// relative variance [m (1 + ρ)/(1 − ρ) − 2ρ (1 − ρ^m)/(1 − ρ)²]/m², and the correlation of neighbouring bins.
/// </summary>
internal static class LogBins
{
    /// <summary>More points than this are averaged.</summary>
    public const int LongCurve = 200;

    /// <summary>More points than this are averaged where a line through unevenly spaced ones is wanted.</summary>
    public const int LongUnevenCurve = 40;

    /// <summary>Most bins.</summary>
    public const int MostBins = 200;

    private const double HighestCorrelation = 0.995;
    private const int HighestDegree = 7;
    private const int RowsPerDegree = 8;

    public static LogPoints Of(LogPoints rows, int bins)
    {
        // A row on the edge of two bins belongs to the upper one whatever rounding did to it.
        const double Slack = 1e-9;
        var (u, v, starts) = (new List<double>(), new List<double>(), new List<int>());
        for (int start = 0, end; start < rows.Count; start = end)
        {
            var bin = BinOf(start);
            double sumU = 0, sumV = 0;
            for (end = start; end < rows.Count && BinOf(end) == bin; end++)
            {
                sumU += rows.U[end];
                sumV += rows.V[end];
            }

            starts.Add(start);
            u.Add(sumU / (end - start));
            v.Add(sumV / (end - start));
        }

        starts.Add(rows.Count);
        int[] sizes = [.. Enumerable.Range(0, u.Count).Select(bin => starts[bin + 1] - starts[bin])];
        var rho = RowCorrelation(rows, [.. u], [.. v]);
        double[] scales = [.. sizes.Select(size => Math.Sqrt(Variance(size, rho)))], links = new double[sizes.Length];
        for (var bin = 1; bin < sizes.Length; bin++)
            links[bin] = Math.Min(HighestCorrelation, Covariance(sizes[bin - 1], sizes[bin], rho) / (scales[bin - 1] * scales[bin]));
        return LogPoints.Binned(
            rows, [.. u], [.. v], [.. starts.SkipLast(1).Select(row => rows.FirstXs[row])], [.. starts.Skip(1).Select(row => rows.FirstXs[row - 1])], scales, links);

        int BinOf(int row) => Math.Min(bins - 1, (int)(((rows.U[row] - rows.First) / rows.Span * bins) + Slack));
    }

    /// <summary>Variance of the mean of so many rows, in units of that of one.</summary>
    internal static double Variance(int rows, double rho) =>
        ((rows * (1 + rho) / (1 - rho)) - (2 * rho * (1 - Math.Pow(rho, rows)) / ((1 - rho) * (1 - rho)))) / ((double)rows * rows);

    /// <summary>Covariance of the means of neighbouring stretches of rows.</summary>
    internal static double Covariance(int before, int after, double rho) =>
        rho * (1 - Math.Pow(rho, before)) * (1 - Math.Pow(rho, after)) / ((1 - rho) * (1 - rho) * before * after);

    // About a polynomial through the bins: no law is assumed, and what the polynomial misses makes rows look more correlated, not less.
    private static double RowCorrelation(LogPoints rows, double[] u, double[] v)
    {
        var degree = Math.Clamp(u.Length / RowsPerDegree, 1, HighestDegree);
        var fit = new SmoothCurve(u, v, degree);
        double squares = 0, products = 0, previous = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var rest = rows.V[row] - fit.At(rows.U[row]);
            squares += rest * rest;
            products += row > 0 ? rest * previous : 0;
            previous = rest;
        }

        return squares > 0 ? Math.Clamp(products / squares, 0, HighestCorrelation) : 0;
    }
}
