using MathNet.Numerics.Distributions;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// A white bulk with k components above it: the smallest k ≤ min(n, d)/2 for which the eigenvalues beyond the k-th have the quantiles of Marchenko and Pastur for n − k samples of d − k features, and none of them
/// lies above the edge that white noise exceeds once in a thousand samples. The variance is that of the bulk alone, so that components do not raise the edge that they are measured by.
/// <para>Departure: root mean square difference of the square roots of eigenvalues and quantiles, over the larger of 1 and √(d/n). Eigenvalues repel each other: the departure of white noise is √c/(min(n, d) − k)
/// times 0.8 to 2.3, c the smaller of n/d and d/n (fifteen shapes from 30 × 30 to 100 × 2000, Gaussian numbers).</para>
/// Work O(k · min(n, d)).
/// </summary>
internal sealed record WhiteBulk
{
    private const double LargestDeparture = 2.6;

    // The smallest number of components that brings a smooth decline below the largest departure leaves it near there; 97 % of true bulks lie below this.
    private const double PlainDeparture = 1.9;

    private const double ClearGap = 1.5;

    // A bulk of fewer eigenvalues has no shape.
    private const int FewestOfBulk = 10;

    // Fewer rows than this (or columns, where rows are few) do not tell a few eigenvalues from equal ones.
    private const int FewestOfSamples = 30;
    private const double Significance = 0.01;

    /// <summary>Number of components above the bulk.</summary>
    public required int Components { get; init; }

    /// <summary>Variance of the noise.</summary>
    public required double Variance { get; init; }

    /// <summary>The eigenvalue that white noise of this variance and size exceeds once in a thousand samples.</summary>
    public required double Edge { get; init; }

    /// <summary>Departure of the bulk from Marchenko and Pastur, as a multiple of the scale √c/(min(n, d) − k).</summary>
    public required double Departure { get; init; }

    /// <summary>The smallest component over the largest eigenvalue of the bulk; infinite without components.</summary>
    public required double Gap { get; init; }

    /// <summary>Whether the components lie clearly apart from the bulk.</summary>
    public bool IsApart => Gap > ClearGap;

    /// <summary>Whether the bulk is as white as white noise usually is or lies apart, so that no smooth decline explains it as well.</summary>
    public bool IsPlain => Departure < PlainDeparture || IsApart;

    /// <summary>The largest departure that is called white.</summary>
    public static double Allowed => LargestDeparture;

    /// <summary>Finds it; null where no number of components leaves a white bulk.</summary>
    /// <param name="eigenvalues">At least the min(n, d) eigenvalues that are not zero by rank, descending.</param>
    /// <param name="samples">Degrees of freedom n: one less than the rows where the mean was subtracted.</param>
    /// <param name="features">d.</param>
    public static WhiteBulk? Find(ReadOnlySpan<double> eigenvalues, long samples, int features)
    {
        var count = (int)Math.Min(samples, features);
        if (count < 2 || eigenvalues.Length < count || (count < FewestOfBulk && !AreEqual(eigenvalues[..count], Math.Max(samples, features))))
            return null;
        var most = Math.Min(count / 2, count - FewestOfBulk);
        for (var k = 0; k <= Math.Max(0, most); k++)
        {
            var bulk = Of(eigenvalues[k..count], k, samples, features, k == 0 ? double.PositiveInfinity : eigenvalues[k - 1] / eigenvalues[k]);
            if (bulk.Departure < LargestDeparture && eigenvalues[k] <= bulk.Edge)
                return bulk;
        }

        return null;
    }

    /// <summary>Number of leading eigenvalues above the edge of white noise that has the rest of the trace, where not all eigenvalues are known.</summary>
    /// <param name="eigenvalues">The leading eigenvalues, descending.</param>
    /// <param name="samples">Degrees of freedom n.</param>
    /// <param name="features">d.</param>
    /// <param name="trace">Trace of the covariance.</param>
    public static int CountAbove(ReadOnlySpan<double> eigenvalues, long samples, int features, double trace)
    {
        var rest = trace;
        for (var k = 0; k < eigenvalues.Length; k++)
        {
            if (samples - k < 2 || features - k < 2 || eigenvalues[k] <= Math.Max(0, rest) / (features - k) * MarchenkoPastur.Edge(samples - k, features - k))
                return k;
            rest -= eigenvalues[k];
        }

        return eigenvalues.Length;
    }

    // Few eigenvalues pass every comparison of shapes: the likelihood ratio of sphericity with Bartlett's correction (Anderson 2003, section 10.7), which is that of columns where rows are few.
    private static bool AreEqual(ReadOnlySpan<double> eigenvalues, double samples)
    {
        if (samples < FewestOfSamples || !(eigenvalues[^1] > 0))
            return false;
        double count = eigenvalues.Length, sum = 0, logarithms = 0;
        foreach (var value in eigenvalues)
        {
            sum += value / eigenvalues[0];
            logarithms += Math.Log(value / eigenvalues[0]);
        }

        var ratio = (samples - (((2 * count * count) + count + 2) / (6 * count))) * ((count * Math.Log(sum / count)) - logarithms);
        return ratio <= ChiSquared.InvCDF((count * (count + 1) / 2) - 1, 1 - Significance);
    }

    private static WhiteBulk Of(ReadOnlySpan<double> rest, int components, long samples, int features, double gap)
    {
        double rows = samples - components, columns = features - components;
        var quantiles = MarchenkoPastur.Quantiles(rest.Length, columns / rows);

        // Components use up rows: what is left is the sample covariance of n − k rows, but was divided by n.
        var scale = samples / rows;
        double products = 0, squares = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            products += Math.Sqrt(rest[i] * scale * quantiles[i]);
            squares += quantiles[i];
        }

        var deviation = products / squares;
        var sum = 0.0;
        for (var i = 0; i < rest.Length; i++)
        {
            var off = deviation > 0 ? (Math.Sqrt(rest[i] * scale) / deviation) - Math.Sqrt(quantiles[i]) : double.PositiveInfinity;
            sum += off * off;
        }

        var departure = Math.Sqrt(sum / rest.Length / Math.Max(1, columns / rows));
        return new WhiteBulk
        {
            Components = components,
            Gap = gap,
            Variance = deviation * deviation,
            Edge = deviation * deviation / scale * MarchenkoPastur.Edge(rows, columns),
            Departure = departure * rest.Length / Math.Sqrt(Math.Min(rows, columns) / Math.Max(rows, columns)),
        };
    }
}
