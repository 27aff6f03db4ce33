namespace Eigenflow.Spectra.Estimation;

/// <summary>Eigenvalues of the sample covariance of white noise: the law of Marchenko and Pastur (1967), and the place and width of its upper edge (Johnstone 2001).</summary>
internal static class MarchenkoPastur
{
    private const int Steps = 4000;

    /// <summary>The 99.9 % quantile of the Tracy–Widom law of real data: white noise has a larger first eigenvalue once in a thousand samples.</summary>
    private const double EdgeQuantile = 3.2724;

    /// <summary>Quantiles (i − ½)/count from above of the eigenvalues that are not zero, for variance one.</summary>
    /// <param name="count">Number of quantiles, min(n, d).</param>
    /// <param name="ratio">d/n.</param>
    public static double[] Quantiles(int count, double ratio)
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
            quantiles[i] = middle + (half * Math.Cos((step + part) * Math.PI / Steps));
        }

        return quantiles;
    }

    /// <summary>The value that the largest eigenvalue of white noise of variance one exceeds once in a thousand samples.</summary>
    /// <param name="samples">Degrees of freedom n ≥ 1.</param>
    /// <param name="features">d ≥ 1.</param>
    public static double Edge(double samples, double features)
    {
        double rows = Math.Sqrt(samples - 0.5), columns = Math.Sqrt(features - 0.5);
        var centre = (rows + columns) * (rows + columns);
        var width = (rows + columns) * Math.Cbrt((1 / rows) + (1 / columns));
        return (centre + (EdgeQuantile * width)) / samples;
    }
}
