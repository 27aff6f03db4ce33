using Eigenflow.Numerics;

namespace Eigenflow.Scaling;

/// <summary>
/// Points (ln x, ln y), ascending in ln x, with the regressions that fits need. Rows of equal x are averaged, with their number as weight; only long curves are averaged in even bins of ln x (<see cref="LogBins"/>).
/// Every point knows the x of its first and last row, so that windows are stated in x that were measured.
/// <para>Coordinates are counted from the first point, ln(x/x₁) and ln(y/y₁), and for fits of laws rounded to <see cref="Grid"/>: a change of units, which rounds x and y anew, leaves the very same numbers,
/// so that no decision of a fit can depend on it.</para>
/// </summary>
internal sealed class LogPoints
{
    /// <summary>2⁻⁴⁰, about 10⁻¹²: far above what a change of units leaves (10⁻¹⁵), far below what is called rounding of a curve (10⁻⁸).</summary>
    public const double Grid = 1.0 / (1L << 40);

    private readonly double[] u;
    private readonly double[] v;
    private readonly double[] weights;
    private readonly double[] firstX;
    private readonly double[] lastX;
    private readonly double[] scales;
    private readonly double[] links;

    private LogPoints(double[] u, double[] v, double[] weights, double[] firstX, double[] lastX, double[] scales, double[] links, double originU, double originV) =>
        (this.u, this.v, this.weights, this.firstX, this.lastX, this.scales, this.links, OriginU, OriginV) = (u, v, weights, firstX, lastX, scales, links, originU, originV);

    public int Count => u.Length;

    /// <summary>ln x less <see cref="OriginU"/>, ascending.</summary>
    public ReadOnlySpan<double> U => u;

    /// <summary>ln y less <see cref="OriginV"/>.</summary>
    public ReadOnlySpan<double> V => v;

    /// <summary>ln x where U is zero.</summary>
    public double OriginU { get; }

    /// <summary>ln y where V is zero.</summary>
    public double OriginV { get; }

    /// <summary>Weights of the squares: rows of equal x that a point stands for; one for bins, so that no decade outweighs another.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Standard deviation of the noise of each point, relative to that of one row, as far as the number and correlation of its rows determine it.</summary>
    public ReadOnlySpan<double> Scales => scales;

    /// <summary>Correlation with the point before that rows of correlated noise give their bins.</summary>
    public ReadOnlySpan<double> Links => links;

    public double First => u[0];

    public double Last => u[^1];

    public double Span => u[^1] - u[0];

    /// <summary>x of the first row of the first point.</summary>
    public double FirstX => firstX[0];

    /// <summary>x of the last row of the last point.</summary>
    public double LastX => lastX[^1];

    /// <summary>Decades between the first and the last row.</summary>
    public double Decades => Count < 2 ? 0 : Math.Log10(LastX / FirstX);

    /// <summary>Largest less smallest ln y.</summary>
    public double Spread => Count == 0 ? 0 : v.Max() - v.Min();

    public double Lowest => v.Min();

    public double Highest => v.Max();

    /// <summary>Points for laws of a whole curve: rows as they are, and bins where there are more than 200 different x.</summary>
    public static LogPoints Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var points = Merged(x, y, Grid);
        return points.Count > LogBins.LongCurve ? LogBins.Of(points, Math.Min(LogBins.MostBins, points.Count / 2)) : points;
    }

    /// <summary>Points for a line through the logarithms: curves of more than 40 unevenly spaced points are averaged in even bins, so that no decade outweighs another.</summary>
    public static LogPoints Even(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var points = Merged(x, y, 0);
        return points.Count > LogBins.LongUnevenCurve && points.IsUneven() ? LogBins.Of(points, Math.Clamp(points.Count / 2, LogBins.LongUnevenCurve / 2, LogBins.MostBins)) : points;
    }

    /// <summary>Points that are averages of others, with their noise.</summary>
    internal static LogPoints Binned(LogPoints rows, double[] u, double[] v, double[] firstX, double[] lastX, double[] scales, double[] links) =>
        new(u, v, [.. Enumerable.Repeat(1.0, u.Length)], firstX, lastX, scales, links, rows.OriginU, rows.OriginV);

    /// <summary>The points whose U lies between two values.</summary>
    public LogPoints Within(double start, double end)
    {
        // A point on the edge belongs to the window whatever rounding did to it.
        var slack = 1e-9 * Math.Max(1, Count == 0 ? 0 : Math.Max(Math.Abs(First), Math.Abs(Last)));
        var first = Array.FindIndex(u, value => value >= start - slack);
        var last = Array.FindLastIndex(u, value => value <= end + slack);
        return first < 0 || last < first ? Slice(0, 0) : Slice(first, last + 1);
    }

    /// <summary>Consecutive points.</summary>
    public LogPoints Slice(int start, int end) => new(u[start..end], v[start..end], weights[start..end], firstX[start..end], lastX[start..end], scales[start..end], links[start..end], OriginU, OriginV);

    /// <summary>The points about their means.</summary>
    public LogPoints Centred()
    {
        var (meanU, meanV) = Means();
        return About(meanU, meanV);
    }

    /// <summary>The points with their coordinates counted from a place (in the coordinates so far).</summary>
    public LogPoints About(double placeU, double placeV) =>
        new([.. u.Select(value => value - placeU)], [.. v.Select(value => value - placeV)], weights, firstX, lastX, scales, links, OriginU + placeU, OriginV + placeV);

    /// <summary>Whether ln y changes in one direction from each point to the next.</summary>
    public bool IsMonotone()
    {
        var direction = Math.Sign(v[^1] - v[0]);
        for (var i = 1; i < v.Length; i++)
        {
            if (Math.Sign(v[i] - v[i - 1]) != direction)
                return false;
        }

        return direction != 0;
    }

    /// <summary>Slope, intercept, standard error of the slope inflated for correlated residuals, and root mean square residual.</summary>
    public (double Slope, double Intercept, double Error, double Residual) Line()
    {
        var line = LeastSquaresLine.Fit(u, v, weights);
        var slope = line.Slope;
        double sum = 0, lagged = 0, previous = 0;
        for (var i = 0; i < u.Length; i++)
        {
            var residual = Math.Sqrt(weights[i]) * (v[i] - line.MeanY - (slope * (u[i] - line.MeanX)));
            sum += residual * residual;
            lagged += i > 0 ? residual * previous : 0;
            previous = residual;
        }

        var correlation = sum > 0 ? Math.Clamp(lagged / sum, 0, 0.99) : 0;
        var variance = sum / Math.Max(1, u.Length - 2) / line.SquaresX * (1 + correlation) / (1 - correlation);
        return (slope, line.Intercept, Math.Sqrt(variance), Math.Sqrt(sum / line.Total));
    }

    /// <summary>Change of the local exponent across the points, |2 c₂| · span for ln y = c₀ + c₁ ln x + c₂ ln² x, and its standard error.</summary>
    public (double Drift, double Error) Drift()
    {
        // On the reduced variable z in [−1, 1] the quadratic is orthogonalised against the line, so that c₂ and its error stand alone.
        var middle = (First + Last) / 2;
        var half = Span / 2;
        var z = u.Select(value => (value - middle) / half).ToArray();
        double mean = z.Average(), meanSquare = z.Average(value => value * value), meanV = v.Average();
        var denominator = z.Sum(value => (value - mean) * (value - mean));
        var slope = z.Sum(value => (value - mean) * (value * value)) / denominator;
        double squares = 0, products = 0, line = 0;
        for (var i = 0; i < z.Length; i++)
        {
            var q = (z[i] * z[i]) - meanSquare - (slope * (z[i] - mean));
            squares += q * q;
            products += q * (v[i] - meanV);
            line += (z[i] - mean) * (v[i] - meanV);
        }

        var c = products / squares;
        line /= denominator;
        var residual = 0.0;
        for (var i = 0; i < z.Length; i++)
        {
            var q = (z[i] * z[i]) - meanSquare - (slope * (z[i] - mean));
            var rest = v[i] - meanV - (line * (z[i] - mean)) - (c * q);
            residual += rest * rest;
        }

        // d ln y/d ln x = (…+ 2 c z)/half: between z = −1 and 1 it changes by 4 c/half.
        var scale = 4 / half;
        return (Math.Abs(c) * scale, Math.Sqrt(residual / Math.Max(1, z.Length - 3) / squares) * scale);
    }

    internal ReadOnlySpan<double> FirstXs => firstX;

    // Rows of one x are one point; rows are ordered by both coordinates, so that the order of the file has no influence.
    private static LogPoints Merged(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double grid)
    {
        const double Same = 1e-12;
        var rows = new List<(double X, double V)>(x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0 && y[i] > 0 && double.IsFinite(x[i]) && double.IsFinite(y[i]))
                rows.Add((x[i], y[i]));
        }

        rows.Sort();
        var (firstX, firstY) = rows.Count == 0 ? (1, 1) : rows[0];
        for (var i = 0; i < rows.Count; i++)
            rows[i] = (rows[i].X, LogRatio(rows[i].V, firstY, grid));
        var (u, v, counts, own) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (int start = 0, end; start < rows.Count; start = end)
        {
            var sum = 0.0;
            for (end = start; end < rows.Count && rows[end].X <= rows[start].X * (1 + Same); end++)
                sum += rows[end].V;
            own.Add(rows[start].X);
            u.Add(LogRatio(rows[start].X, firstX, grid));
            v.Add(sum / (end - start));
            counts.Add(end - start);
        }

        double[] at = [.. own];
        return new LogPoints([.. u], [.. v], [.. counts], at, at, [.. counts.Select(count => 1 / Math.Sqrt(count))], new double[at.Length], Math.Log(firstX), Math.Log(firstY));
    }

    // The ratio first: a difference of logarithms keeps the rounding of both.
    private static double LogRatio(double value, double first, double grid)
    {
        var ratio = value / first;
        var log = double.IsNormal(ratio) ? Math.Log(ratio) : Math.Log(value) - Math.Log(first);
        return grid > 0 ? Math.Round(log / grid) * grid : log;
    }

    private (double U, double V) Means()
    {
        double sumU = 0, sumV = 0, total = 0;
        for (var i = 0; i < u.Length; i++)
        {
            sumU += weights[i] * u[i];
            sumV += weights[i] * v[i];
            total += weights[i];
        }

        return (sumU / total, sumV / total);
    }

    private bool IsUneven()
    {
        const double Largest = 3;
        double smallest = double.PositiveInfinity, largest = 0;
        for (var i = 1; i < u.Length; i++)
        {
            smallest = Math.Min(smallest, u[i] - u[i - 1]);
            largest = Math.Max(largest, u[i] - u[i - 1]);
        }

        return largest > Largest * smallest;
    }
}
