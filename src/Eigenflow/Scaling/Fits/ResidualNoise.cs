namespace Eigenflow.Scaling.Fits;

/// <summary>
/// What the residuals of a fit say about the noise, and new noise like it.
/// <para>Scale: σ ∝ m^g x^h, m the rows that were averaged into a point; g, then h, is used where the residuals follow it significantly (2.5 standard errors of a line through ln |r|), else zero.
/// Independent noise has g = −1/2, noise of slow correlation g = 0.</para>
/// <para>Correlation ρ of neighbouring residuals r/σ, corrected for its bias −(k + (k + 2)ρ)/n after k fitted parameters (Kendall 1954 for k = 1), between 0 and 0.95.</para>
/// <para>Resamples: circular blocks of the prewhitened residuals ε_i − ρ ε_(i−1), coloured again. Blocks are single residuals unless neighbours are still correlated (beyond 2/√n); then <see cref="BlockBootstrap.BlockLength"/>.
/// Sums over blocks of b fitted residuals lose the part b k/n of their variance to the fit, which is given back.</para>
/// Work O(n) per resample.
/// </summary>
internal sealed class ResidualNoise
{
    private const double HighestCorrelation = 0.95;
    private const double SignificantGrowth = 2.5;
    private const int FewestResiduals = 10;

    // Standard deviation of ln |z| for a standard normal z: π/√8.
    private const double SpreadOfLogarithm = 1.1107;

    private readonly double[] innovations;
    private readonly int block;
    private readonly double inflation;

    public ResidualNoise(LogPoints points, ReadOnlySpan<double> residuals, int parameters)
    {
        Scales = ScalesOf(points, residuals);
        var n = residuals.Length;
        var standard = new double[n];
        for (var i = 0; i < n; i++)
            standard[i] = residuals[i] / Scales[i];
        Correlation = CorrelationOf(standard, parameters);
        innovations = new double[n];
        innovations[0] = standard[0] * Math.Sqrt(1 - (Correlation * Correlation));
        for (var i = 1; i < n; i++)
            innovations[i] = standard[i] - (Correlation * standard[i - 1]);
        block = Math.Abs(RawCorrelation(innovations)) > 2 / Math.Sqrt(n) ? BlockBootstrap.BlockLength(innovations) : 1;
        inflation = Math.Sqrt(n / Math.Max(n / 2.0, n - (block * parameters)));
    }

    /// <summary>Relative scales of the noise at the points, of geometric mean one.</summary>
    public double[] Scales { get; }

    /// <summary>ρ.</summary>
    public double Correlation { get; }

    /// <summary>Length of the resampled blocks.</summary>
    public int Block => block;

    /// <summary>Fills a vector with new noise.</summary>
    public void Resample(ulong seed, int replica, Span<double> destination)
    {
        BlockBootstrap.Resample(innovations, block, seed, replica, destination);
        var previous = destination[0] / Math.Sqrt(1 - (Correlation * Correlation));
        destination[0] = previous * inflation * Scales[0];
        for (var i = 1; i < destination.Length; i++)
        {
            previous = (Correlation * previous) + destination[i];
            destination[i] = previous * inflation * Scales[i];
        }
    }

    /// <summary>ρ of residuals that are divided by the scales, bias-corrected.</summary>
    public static double CorrelationOf(ReadOnlySpan<double> standard, int parameters)
    {
        var raw = RawCorrelation(standard);
        var corrected = raw + ((parameters + ((parameters + 2) * raw)) / standard.Length);
        return Math.Clamp(corrected, 0, HighestCorrelation);
    }

    private static double RawCorrelation(ReadOnlySpan<double> values)
    {
        double squares = 0, products = 0;
        for (var i = 0; i < values.Length; i++)
        {
            squares += values[i] * values[i];
            products += i > 0 ? values[i] * values[i - 1] : 0;
        }

        return squares > 0 ? products / squares : 0;
    }

    private static double[] ScalesOf(LogPoints points, ReadOnlySpan<double> residuals)
    {
        var logs = new double[residuals.Length];
        for (var i = 0; i < logs.Length; i++)
            logs[i] = residuals[i] == 0 ? double.NaN : Math.Log(Math.Abs(residuals[i]));
        var scales = new double[logs.Length];
        Follow(logs, [.. points.Counts.ToArray().Select(count => Math.Log(count))], scales);
        Follow(logs, points.U.ToArray(), scales);
        for (var i = 0; i < scales.Length; i++)
            scales[i] = Math.Exp(scales[i]);
        return scales;
    }

    // Where a line through the logarithms has a significant slope it is taken from them and added to the scales.
    private static void Follow(double[] logs, double[] along, double[] scales)
    {
        double weight = 0, sumX = 0, sumY = 0;
        for (var i = 0; i < logs.Length; i++)
        {
            if (double.IsNaN(logs[i]))
                continue;
            weight++;
            sumX += along[i];
            sumY += logs[i];
        }

        if (weight < FewestResiduals)
            return;
        double meanX = sumX / weight, meanY = sumY / weight, squares = 0, products = 0;
        for (var i = 0; i < logs.Length; i++)
        {
            if (double.IsNaN(logs[i]))
                continue;
            squares += (along[i] - meanX) * (along[i] - meanX);
            products += (along[i] - meanX) * (logs[i] - meanY);
        }

        var slope = products / squares;
        if (!(Math.Abs(slope) > SignificantGrowth * SpreadOfLogarithm / Math.Sqrt(squares)))
            return;
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] -= slope * (along[i] - meanX);
            scales[i] += slope * (along[i] - meanX);
        }
    }
}
