using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Noise;

/// <summary>
/// A curve smoothed only as far as its own noise asks for: at every point straight lines are fitted to more and more neighbours, and the widest window is taken whose value still agrees with those of all narrower ones
/// (intersection of confidence intervals; A. Goldenshluger and A. Nemirovski, Math. Methods Statist. 6, 135 (1997)). Curves without noise stay as they are. Callers choose the coordinates.
/// </summary>
internal sealed class LocalSmoothing
{
    // Standard errors that windows may differ by.
    private const double Agreement = 2.5;
    private const int FewestForNoise = 5;

    // Median of the absolute value of a standard normal number.
    private const double NormalMedian = 0.67448975019608171;

    private static readonly int[] Reaches = [1, 2, 3, 5, 8, 12, 18, 27];

    /// <summary>Smooths.</summary>
    /// <param name="x">Abscissae, ascending.</param>
    /// <param name="y">Ordinates, as many, finite.</param>
    public LocalSmoothing(double[] x, double[] y)
    {
        Noise = NoiseOf(x, y);
        (Values, Errors) = (new double[x.Length], new double[x.Length]);
        for (var i = 0; i < x.Length; i++)
            (Values[i], Errors[i]) = Smoothed(x, y, i);
    }

    /// <summary>Standard deviation of the noise of one point: that of cubics through four neighbours, so that what curves smoothly counts for nothing.</summary>
    public double Noise { get; }

    /// <summary>The smoothed ordinates.</summary>
    public double[] Values { get; }

    /// <summary>Their standard errors.</summary>
    public double[] Errors { get; }

    /// <summary>The noise of one point.</summary>
    /// <param name="x">Abscissae, ascending.</param>
    /// <param name="y">Ordinates, as many, finite.</param>
    public static double NoiseOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length < FewestForNoise)
            return 0;
        var departures = new double[x.Length - FewestForNoise + 1];
        for (var i = 2; i < x.Length - 2; i++)
        {
            double sum = y[i], squares = 1;
            for (var a = i - 2; a <= i + 2; a++)
            {
                if (a == i)
                    continue;
                var weight = 1.0;
                for (var b = i - 2; b <= i + 2; b++)
                    weight *= b == i || b == a ? 1 : (x[i] - x[b]) / (x[a] - x[b]);
                sum -= weight * y[a];
                squares += weight * weight;
            }

            departures[i - 2] = Math.Abs(sum) / Math.Sqrt(squares);
        }

        return Quantile.Median(departures) / NormalMedian;
    }

    private (double Value, double Error) Smoothed(double[] x, double[] y, int at)
    {
        double best = y[at], error = Noise, low = best - (Agreement * Noise), high = best + (Agreement * Noise);
        foreach (var reach in Reaches)
        {
            int first = Math.Max(0, at - reach), last = Math.Min(x.Length - 1, at + reach), count = last - first + 1;
            if (count < 3)
                continue;
            double middle = 0, mean = 0, spread = 0, products = 0;
            for (var k = first; k <= last; k++)
            {
                middle += (x[k] - x[at]) / count;
                mean += (y[k] - y[at]) / count;
            }

            for (var k = first; k <= last; k++)
            {
                var off = x[k] - x[at] - middle;
                spread += off * off;
                products += off * (y[k] - y[at] - mean);
            }

            var value = y[at] + mean - (middle * products / spread);
            var own = Noise * Math.Sqrt((1.0 / count) + (middle * middle / spread));
            (low, high) = (Math.Max(low, value - (Agreement * own)), Math.Min(high, value + (Agreement * own)));
            if (low > high)
                break;
            (best, error) = (value, own);
            if (count == x.Length)
                break;
        }

        return (best, error);
    }
}
