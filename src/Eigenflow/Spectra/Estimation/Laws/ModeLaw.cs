using Eigenflow.Numerics;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// λ_i ≈ A i^(−a) over a range of modes, by weighted least squares of ln λ on ln i (<see cref="ModeLogs"/>).
/// <para>Error of a: Student's t, the variance of the residuals inflated by (1 + r)/(1 − r), r the correlation of neighbours (not below zero).
/// Drift: change of the local exponent over the range by a quadratic, with its standard error.</para>
/// </summary>
public sealed record ModeLaw
{
    // The change of the local exponent that a smooth spectrum may show: absolute, and as a part of the exponent.
    private const double LargestDrift = 0.1;
    private const double LargestRelativeDrift = 0.25;

    // Where the interval of the change is wider than this part of the exponent, a power law cannot be told from other laws.
    private const double LargestBlindDrift = 2;

    // A window that leaves out a third of the decades has been chosen for its constancy, which must then be shown.
    private const double ShownDrift = 0.75;

    // Student's t for nine degrees of freedom: 99 % over 95 %.
    private const double ClearRatio = 3.25 / 2.262;

    // A change that is not significant hides in the scatter up to this part of the exponent.
    private const double LargestHiddenDrift = 0.75;
    private const double ClearlyBetter = 0.8;
    private const double LargestMisfit = 0.02;
    private const double LargestNoiseRatio = 3;
    private const double LargestSamplingRatio = 1.6;

    /// <summary>The exponent a.</summary>
    public required double Exponent { get; init; }

    /// <summary>Half-width of the 95 % interval of the line alone.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>The amplitude A.</summary>
    public required double Amplitude { get; init; }

    /// <summary>First mode, 1-based.</summary>
    public required int First { get; init; }

    /// <summary>Last mode.</summary>
    public required int Last { get; init; }

    /// <summary>Root mean square of the residuals of ln λ.</summary>
    public required double LogResidual { get; init; }

    /// <summary>Change of the local exponent over the range; positive where the spectrum steepens.</summary>
    public required double Drift { get; init; }

    /// <summary>Half-width of the 95 % interval of the drift.</summary>
    public required double DriftHalfWidth { get; init; }

    /// <summary>Robust standard deviation of the departures of points from the chord of their neighbours.</summary>
    public required double NeighbourNoise { get; init; }

    /// <summary>Root mean square of the residuals of ln λ about an exponential law, λ_i ∝ e^(−c i).</summary>
    public required double ExponentialResidual { get; init; }

    /// <summary>The change of the local exponent that is called constant.</summary>
    public double AllowedDrift => Math.Min(LargestDrift, LargestRelativeDrift * Math.Abs(Exponent));

    /// <summary>Decades of modes.</summary>
    public double Decades => Math.Log10((double)Last / First);

    /// <summary>Whether the local exponent is constant, or changes within the scatter and a power law describes the range better than an exponential one.</summary>
    internal bool IsSteady => Math.Abs(Drift) <= AllowedDrift || IsSteadyWithinScatter;

    /// <summary>Whether a window that was chosen among many is as constant as it looks.</summary>
    internal bool IsShown => Math.Abs(Drift) <= AllowedDrift && HasKnownDrift;

    /// <summary>Whether the interval of the drift is narrow enough to show constancy.</summary>
    internal bool HasKnownDrift => DriftHalfWidth <= Math.Max(AllowedDrift, ShownDrift * Exponent);

    /// <summary>Whether the interval of the drift is too wide to say anything.</summary>
    internal bool IsBlind => DriftHalfWidth > LargestBlindDrift * Exponent;

    /// <summary>Whether the drift is significant at 99 %.</summary>
    internal bool HasClearDrift => Math.Abs(Drift) > ClearRatio * DriftHalfWidth;

    internal bool IsSteadyWithinScatter => Math.Abs(Drift) <= DriftHalfWidth && Math.Abs(Drift) <= LargestHiddenDrift * Exponent && LogResidual <= ClearlyBetter * ExponentialResidual;

    /// <summary>Whether points scatter about the line: by 2 %, three times the noise between neighbours, or 1.6 times what the sample explains. Waves and steps do not.</summary>
    /// <param name="samplingNoise">Standard deviation of ln λ_i by the size of the sample; 0 where the eigenvalues are given.</param>
    internal bool IsStraight(double samplingNoise) => LogResidual <= Math.Max(LargestMisfit, Math.Max(LargestNoiseRatio * NeighbourNoise, LargestSamplingRatio * samplingNoise));

    /// <summary>Fits modes first … last; at least four points.</summary>
    internal static ModeLaw Of(ModeLogs logs, int first, int last)
    {
        var (u, v, w) = logs.Points(first, last);
        var count = u.Length;
        double middle = (u[0] + u[^1]) / 2, half = (u[^1] - u[0]) / 2;
        double[] z = [.. u.Select(value => (value - middle) / half)];
        double total = 0, meanZ = 0, meanV = 0, meanSquare = 0;
        for (var i = 0; i < count; i++)
        {
            total += w[i];
            meanZ += w[i] * z[i];
            meanV += w[i] * v[i];
            meanSquare += w[i] * z[i] * z[i];
        }

        (meanZ, meanV, meanSquare) = (meanZ / total, meanV / total, meanSquare / total);
        double squares = 0, products = 0, cubes = 0, sandwich = 0;
        for (var i = 0; i < count; i++)
        {
            var off = z[i] - meanZ;
            squares += w[i] * off * off;
            products += w[i] * off * v[i];
            cubes += w[i] * off * z[i] * z[i];
            sandwich += w[i] * w[i] * off * off;
        }

        var slope = products / squares;
        var (curvature, curvatureError) = Curvature(z, v, w, (meanZ, meanSquare, cubes / squares), slope, meanV);
        double misfit = 0, lagged = 0, previous = 0;
        for (var i = 0; i < count; i++)
        {
            var residual = v[i] - meanV - (slope * (z[i] - meanZ));
            misfit += w[i] * residual * residual;
            var weighted = Math.Sqrt(w[i]) * residual;
            lagged += weighted * previous;
            previous = weighted;
        }

        var correlation = misfit > 0 ? Math.Clamp(lagged / misfit, 0, 0.99) : 0;
        var variance = misfit / total * count / Math.Max(1, count - 2) * sandwich / (squares * squares) * (1 + correlation) / (1 - correlation);
        return new ModeLaw
        {
            Exponent = -slope / half,
            HalfWidth = StudentInterval.Quantile(Math.Max(1, count - 2)) * Math.Sqrt(variance) / half,
            Amplitude = Math.Exp(meanV - (slope * (meanZ + (middle / half)))),
            First = first,
            Last = last,
            LogResidual = Math.Sqrt(misfit / total),

            // d ln λ/d ln i = (slope + 2 c z)/half: between z = −1 and 1 it changes by 4 c/half.
            Drift = -4 * curvature / half,
            DriftHalfWidth = StudentInterval.Quantile(Math.Max(1, count - 3)) * 4 * curvatureError / half,
            NeighbourNoise = Noise(z, v),
            ExponentialResidual = Exponential(u, v, w, total, meanV),
        };
    }

    // The coefficient of z² where the line is fitted too, and its standard error.
    private static (double Curvature, double Error) Curvature(double[] z, double[] v, double[] w, (double Z, double Square, double Slope) mean, double slope, double meanV)
    {
        double squares = 0, products = 0, sandwich = 0, total = 0;
        for (var i = 0; i < z.Length; i++)
        {
            var q = Part(i);
            squares += w[i] * q * q;
            products += w[i] * q * v[i];
            sandwich += w[i] * w[i] * q * q;
            total += w[i];
        }

        if (!(squares > 0))
            return (0, 0);
        var curvature = products / squares;
        var misfit = 0.0;
        for (var i = 0; i < z.Length; i++)
        {
            var residual = v[i] - meanV - (slope * (z[i] - mean.Z)) - (curvature * Part(i));
            misfit += w[i] * residual * residual;
        }

        return (curvature, Math.Sqrt(misfit / total * z.Length / Math.Max(1, z.Length - 3) * sandwich) / squares);

        double Part(int i) => (z[i] * z[i]) - mean.Square - (mean.Slope * (z[i] - mean.Z));
    }

    // Median of the departures from the chord of the neighbours, whose variance is 1 + a² + b² times that of one point: one jump is no noise.
    private static double Noise(double[] z, double[] v)
    {
        var off = new double[Math.Max(0, z.Length - 2)];
        if (off.Length == 0)
            return 0;
        for (var i = 1; i < z.Length - 1; i++)
        {
            var part = (z[i] - z[i - 1]) / (z[i + 1] - z[i - 1]);
            off[i - 1] = Math.Abs(v[i] - ((1 - part) * v[i - 1]) - (part * v[i + 1])) / Math.Sqrt(1 + (part * part) + ((1 - part) * (1 - part)));
        }

        const double NormalMedian = 1.4826;
        return NormalMedian * Quantile.Median(off);
    }

    private static double Exponential(double[] u, double[] v, double[] w, double total, double meanV)
    {
        double[] x = [.. u.Select(value => Math.Exp(value - u[^1]))];
        var mean = x.Zip(w, (value, weight) => value * weight).Sum() / total;
        double squares = 0, products = 0, spread = 0;
        for (var i = 0; i < x.Length; i++)
        {
            squares += w[i] * (x[i] - mean) * (x[i] - mean);
            products += w[i] * (x[i] - mean) * v[i];
            spread += w[i] * (v[i] - meanV) * (v[i] - meanV);
        }

        return Math.Sqrt(Math.Max(0, spread - (products * products / squares)) / total);
    }
}
