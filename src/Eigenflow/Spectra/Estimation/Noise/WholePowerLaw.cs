namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Whether samples of a power law over all d modes look like the measured spectrum: then components above a white bulk are not the only reading of it.
/// Gaussian samples of the same n and d are simulated; the exponent is the best for the first of them, and the misfit Σ (ln ℓ_i − mean)²/variance over the leading nine tenths is compared with that of each simulation among the others.
/// Work about 20 simulations, n d min(n, d) each.
/// </summary>
internal static class WholePowerLaw
{
    private const int Simulations = 6;
    private const int Steps = 14;
    private const double LargestExponent = 4;
    private const double Part = 0.9;
    private const double LargestRatio = 1.5;
    private const double MostNumbers = 1 << 24;
    private const ulong Seed = 2;

    /// <summary>The exponent of such a power law; null where none describes the spectrum, or it is too large to simulate.</summary>
    /// <param name="eigenvalues">The min(n, d) eigenvalues, descending and positive.</param>
    /// <param name="samples">Degrees of freedom n.</param>
    /// <param name="features">d.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static double? Exponent(double[] eigenvalues, long samples, int features, CancellationToken cancellation)
    {
        var count = Math.Min(eigenvalues.Length, (int)Math.Min(samples, features));
        if (count > TailCorrection.LargestSize || (double)Math.Min(samples, features) * features > MostNumbers)
            return null;
        var used = Math.Max(2, (int)(Part * count));
        double[] measured = [.. eigenvalues.Take(used).Select(value => Math.Log(value))];
        var first = new SampleSimulation(samples, features, Seed, 0);
        double low = 0, high = LargestExponent;
        for (var step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double left = low + ((high - low) / 3), right = high - ((high - low) / 3);
            if (Misfit(left) < Misfit(right))
                high = right;
            else
                low = left;
        }

        var exponent = (low + high) / 2;
        var samplesOfLaw = new double[Simulations][];
        Parallel.For(0, Simulations, index => samplesOfLaw[index] = Centred(new SampleSimulation(samples, features, Seed, index + 1).Logarithms(Law(exponent, features), used)));
        double own = Distance(Centred(measured), samplesOfLaw), largest = 0;
        for (var index = 0; index < Simulations; index++)
            largest = Math.Max(largest, Distance(samplesOfLaw[index], [.. samplesOfLaw.Where((_, other) => other != index)]));
        return own <= LargestRatio * largest ? exponent : null;

        double Misfit(double trial)
        {
            var simulated = Centred(first.Logarithms(Law(trial, features), used));
            return simulated.Zip(Centred(measured), (a, b) => (a - b) * (a - b)).Sum();
        }
    }

    // Mean square of the differences from the samples' mean, in units of their variance.
    private static double Distance(double[] values, double[][] samples)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var mean = samples.Average(sample => sample[i]);
            var variance = samples.Sum(sample => (sample[i] - mean) * (sample[i] - mean)) / (samples.Length - 1) * (1 + (1.0 / samples.Length));
            sum += (values[i] - mean) * (values[i] - mean) / Math.Max(variance, 1e-12);
        }

        return sum / values.Length;
    }

    // Any amplitude is allowed.
    private static double[] Centred(double[] logarithms)
    {
        var mean = logarithms.Average();
        return [.. logarithms.Select(value => value - mean)];
    }

    private static double[] Law(double exponent, int features) => [.. Enumerable.Range(1, features).Select(mode => Math.Pow(mode, -exponent))];
}
