namespace Eigenflow.Scaling;

/// <summary>Points (ln x, ln y), ascending in ln x and about evenly spaced, with the regressions that fits need.</summary>
internal sealed class LogPoints
{
    // Points whose largest and smallest spacing in ln x differ by more than this are averaged in even bins.
    private const double LargestUnevenness = 3;
    private const int Bins = 200;
    private const int Candidates = 25;
    private const int FewestPoints = 6;

    // Where the data is so noisy that even this change of the exponent is not significant, nothing can be said of a power law.
    private const double LargestExcess = 10;
    private const double LargestMisfit = 0.02;
    private const double LargestRatio = 3;

    private readonly double[] u;
    private readonly double[] v;
    private readonly double[] counts;

    private LogPoints(double[] u, double[] v, double[]? counts = null) => (this.u, this.v, this.counts) = (u, v, counts ?? [.. Enumerable.Repeat(1.0, u.Length)]);

    public int Count => u.Length;

    /// <summary>ln x, ascending.</summary>
    public ReadOnlySpan<double> U => u;

    /// <summary>ln y.</summary>
    public ReadOnlySpan<double> V => v;

    /// <summary>Rows that were averaged into each point.</summary>
    public ReadOnlySpan<double> Counts => counts;

    public double First => u[0];

    public double Last => u[^1];

    public double Span => u[^1] - u[0];

    public double Decades => Count < 2 ? 0 : Span / Math.Log(10);

    public static LogPoints Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var pairs = new List<(double U, double V)>();
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0 && y[i] > 0 && double.IsFinite(x[i]) && double.IsFinite(y[i]))
                pairs.Add((Math.Log(x[i]), Math.Log(y[i])));
        }

        pairs.Sort((a, b) => a.U.CompareTo(b.U));
        return new LogPoints([.. pairs.Select(pair => pair.U)], [.. pairs.Select(pair => pair.V)]).Evened();
    }

    public LogPoints Within(double start, double end)
    {
        // A point on the edge belongs to the window whatever rounding did to it.
        var slack = 1e-9 * Math.Max(1, Count == 0 ? 0 : Math.Max(Math.Abs(First), Math.Abs(Last)));
        var first = Array.FindIndex(u, value => value >= start - slack);
        var last = Array.FindLastIndex(u, value => value <= end + slack);
        return first < 0 || last < first ? new LogPoints([], []) : new LogPoints(u[first..(last + 1)], v[first..(last + 1)], counts[first..(last + 1)]);
    }

    public double Lowest => v.Min();

    public double Highest => v.Max();

    /// <summary>The same points with other ordinates.</summary>
    public LogPoints Select(Func<double, double> change) => new(u, [.. v.Select(change)], counts);

    /// <summary>Standard deviation of independent noise with these second differences of ln y: robust against anything smooth, too small where neighbours are correlated.</summary>
    public double NeighbourNoise()
    {
        var sum = 0.0;
        for (var i = 1; i < Count - 1; i++)
        {
            // The departure from the chord between its neighbours, whose variance is 1 + a² + b² times that of one point.
            var part = (u[i] - u[i - 1]) / (u[i + 1] - u[i - 1]);
            var off = v[i] - ((1 - part) * v[i - 1]) - (part * v[i + 1]);
            sum += off * off / (1 + (part * part) + ((1 - part) * (1 - part)));
        }

        return Math.Sqrt(sum / Math.Max(1, Count - 2));
    }

    /// <summary>
    /// Among windows between 25 candidate ends that span at least so many decades, the longest over which the local exponent changes by no more than the largest drift,
    /// or by no more than two of its standard errors (and then by no more than ten times that drift), and on which the points scatter about their line (<see cref="IsStraight"/>); null if there is none.
    /// </summary>
    public LogPoints? LongestPowerLaw(double largestDrift, double decades)
    {
        LogPoints? best = null;
        var longest = 0.0;
        for (var left = 0; left < Candidates; left++)
        {
            for (var right = left + 1; right <= Candidates; right++)
            {
                var start = First + (Span * left / Candidates);
                var end = First + (Span * right / Candidates);
                if ((end - start) / Math.Log(10) < decades - 1e-9 || end - start <= longest)
                    continue;
                var window = Within(start, end);
                if (window.Count < FewestPoints)
                    continue;
                var (drift, error) = window.Drift();
                if ((drift <= largestDrift || (drift <= 2 * error && drift <= LargestExcess * largestDrift)) && window.IsStraight())
                    (best, longest) = (window, end - start);
            }
        }

        return best;
    }

    /// <summary>Whether the points scatter about their line by no more than 2 %, or three times the noise between neighbours (noise whose neighbours correlate by 0.8 has 2.6): waves and steps along a smooth curve are no scatter.</summary>
    public bool IsStraight() => Line().Residual <= Math.Max(LargestMisfit, LargestRatio * NeighbourNoise());

    /// <summary>Slope, intercept, standard error of the slope inflated for correlated residuals, and root mean square residual.</summary>
    public (double Slope, double Intercept, double Error, double Residual) Line()
    {
        var meanU = u.Average();
        var meanV = v.Average();
        double squares = 0, products = 0;
        for (var i = 0; i < u.Length; i++)
        {
            squares += (u[i] - meanU) * (u[i] - meanU);
            products += (u[i] - meanU) * (v[i] - meanV);
        }

        var slope = products / squares;
        var intercept = meanV - (slope * meanU);
        double sum = 0, lagged = 0, previous = 0;
        for (var i = 0; i < u.Length; i++)
        {
            var residual = v[i] - intercept - (slope * u[i]);
            sum += residual * residual;
            lagged += i > 0 ? residual * previous : 0;
            previous = residual;
        }

        var correlation = sum > 0 ? Math.Clamp(lagged / sum, 0, 0.99) : 0;
        var variance = sum / Math.Max(1, u.Length - 2) / squares * (1 + correlation) / (1 - correlation);
        return (slope, intercept, Math.Sqrt(variance), Math.Sqrt(sum / u.Length));
    }

    /// <summary>Change of the local exponent across the points, |2 c₂| · span for ln y = c₀ + c₁ ln x + c₂ ln² x, and its standard error.</summary>
    public (double Drift, double Error) Drift()
    {
        // On the reduced variable z in [−1, 1] the quadratic is orthogonalised against the line, so that c₂ and its error stand alone.
        var middle = (First + Last) / 2;
        var half = Span / 2;
        var z = u.Select(value => (value - middle) / half).ToArray();
        double mean = z.Average(), meanSquare = z.Average(value => value * value);
        var denominator = z.Sum(value => (value - mean) * (value - mean));
        var slope = z.Sum(value => (value - mean) * (value * value)) / denominator;
        double squares = 0, products = 0;
        for (var i = 0; i < z.Length; i++)
        {
            var q = (z[i] * z[i]) - meanSquare - (slope * (z[i] - mean));
            squares += q * q;
            products += q * v[i];
        }

        var c = products / squares;
        var (line, intercept, _, _) = Line();
        var residual = 0.0;
        for (var i = 0; i < z.Length; i++)
        {
            var q = (z[i] * z[i]) - meanSquare - (slope * (z[i] - mean));
            var rest = v[i] - intercept - (line * u[i]) - (c * q);
            residual += rest * rest;
        }

        // d ln y/d ln x = (…+ 2 c z)/half: between z = −1 and 1 it changes by 4 c/half.
        var scale = 4 / half;
        return (Math.Abs(c) * scale, Math.Sqrt(residual / Math.Max(1, z.Length - 3) / squares) * scale);
    }

    private LogPoints Evened()
    {
        if (Count < 3)
            return this;
        double smallest = double.PositiveInfinity, largest = 0;
        for (var i = 1; i < u.Length; i++)
        {
            smallest = Math.Min(smallest, u[i] - u[i - 1]);
            largest = Math.Max(largest, u[i] - u[i - 1]);
        }

        if (largest <= LargestUnevenness * smallest || !(Span > 0))
            return this;
        var bins = Math.Clamp(Count / 2, 4, Bins);
        var sums = new (double U, double V, int Count)[bins];
        for (var i = 0; i < u.Length; i++)
        {
            var bin = Math.Min(bins - 1, (int)((u[i] - First) / Span * bins));
            sums[bin] = (sums[bin].U + u[i], sums[bin].V + v[i], sums[bin].Count + 1);
        }

        var filled = sums.Where(bin => bin.Count > 0).ToArray();
        return new LogPoints([.. filled.Select(bin => bin.U / bin.Count)], [.. filled.Select(bin => bin.V / bin.Count)], [.. filled.Select(bin => (double)bin.Count)]);
    }
}
