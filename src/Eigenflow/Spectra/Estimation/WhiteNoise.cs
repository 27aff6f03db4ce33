namespace Eigenflow.Spectra.Estimation;

/// <summary>Whether independent numbers of one variance would have given eigenvalues like these: their quantiles are those of Marchenko and Pastur (1967) for the same n, d and trace.</summary>
internal static class WhiteNoise
{
    private const int Steps = 4000;

    // The largest twentieth, and the smallest three tenths where n is near d, fluctuate most and are left out.
    private const double FirstPart = 0.05;
    private const double LastPart = 0.7;

    // Twelve samples each of ten shapes from 50 × 20 to 5000 × 500 depart by 2.1 to 4.1 times the scale at most.
    private const double LargestDeparture = 4.5;

    /// <summary>Root mean square of ln(eigenvalue/quantile) over the eigenvalues from the first twentieth to seven tenths.</summary>
    /// <param name="eigenvalues">The min(n, d) eigenvalues that are not zero by rank, descending.</param>
    /// <param name="samples">n.</param>
    /// <param name="features">d.</param>
    /// <param name="trace">Trace of the covariance.</param>
    public static double Departure(ReadOnlySpan<double> eigenvalues, long samples, int features, double trace)
    {
        var count = eigenvalues.Length;
        var quantiles = Quantiles(count, (double)features / samples, trace / features);
        double sum = 0, used = 0;
        for (var i = 0; i < count; i++)
        {
            var place = (i + 0.5) / count;
            if (place < FirstPart || place > LastPart || !(eigenvalues[i] > 0))
                continue;
            var off = Math.Log(eigenvalues[i] / quantiles[i]);
            sum += off * off;
            used++;
        }

        return used > 0 ? Math.Sqrt(sum / used) : double.PositiveInfinity;
    }

    /// <summary>The largest departure that white noise has: the scale of its eigenvalues' scatter is √c/min(n, d), c the smaller of n/d and d/n (they repel each other, and spread by √c), with a factor that simulations give.</summary>
    public static double Allowed(long samples, int features)
    {
        double smaller = Math.Min(samples, features), larger = Math.Max(samples, features);
        return LargestDeparture * Math.Sqrt(smaller / larger) / smaller;
    }

    /// <summary>Quantiles (i − ½)/count from above of the eigenvalues that are not zero, for variance one times <paramref name="variance"/>.</summary>
    public static double[] Quantiles(int count, double ratio, double variance)
    {
        var root = Math.Sqrt(ratio);
        double low = (1 - root) * (1 - root), high = (1 + root) * (1 + root);

        // x = middle + half cos φ: the density is smooth in φ.
        double middle = (low + high) / 2, half = (high - low) / 2;
        var cumulative = new double[Steps + 1];
        for (var k = 0; k < Steps; k++)
        {
            var angle = (k + 0.5) * Math.PI / Steps;
            var x = middle + (half * Math.Cos(angle));
            var sine = half * Math.Sin(angle);
            cumulative[k + 1] = cumulative[k] + (sine * sine / x);
        }

        var quantiles = new double[count];
        var step = 0;
        for (var i = 0; i < count; i++)
        {
            var wanted = (i + 0.5) / count * cumulative[Steps];
            while (step < Steps - 1 && cumulative[step + 1] < wanted)
                step++;
            var part = (wanted - cumulative[step]) / (cumulative[step + 1] - cumulative[step]);
            quantiles[i] = variance * (middle + (half * Math.Cos((step + part) * Math.PI / Steps)));
        }

        return quantiles;
    }
}
