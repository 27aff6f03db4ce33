namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The bias of an exponent that a finite sample causes, to first order in 1/n: E ln λ̂_i − ln λ_i ≈ (1/n) Σ_(j≠i) λ_j/(λ_i − λ_j) (Lawley 1956), with the fitted power law in place of the unknown eigenvalues
/// and, beyond those that are known, with what is left of the trace. Work O(window · modes).
/// </summary>
internal static class SampleBias
{
    private const int LargestSum = 4000;

    /// <summary>Bias of the slope of ln λ̂_i against ln i over the window.</summary>
    /// <param name="exponent">a of λ_i = A i^(−a).</param>
    /// <param name="amplitude">A.</param>
    /// <param name="first">First mode of the window.</param>
    /// <param name="last">Last mode of the window.</param>
    /// <param name="features">d.</param>
    /// <param name="samples">n.</param>
    /// <param name="trace">Trace of the covariance.</param>
    public static double OfSlope(double exponent, double amplitude, int first, int last, int features, long samples, double trace)
    {
        var terms = Math.Min(features, Math.Max(LargestSum, 2 * last));
        var values = new double[terms + 1];
        var sum = 0.0;
        for (var j = 1; j <= terms; j++)
            sum += values[j] = amplitude * Math.Pow(j, -exponent);
        var rest = Math.Max(0, trace - sum);
        double count = last - first + 1, sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        for (var i = first; i <= last; i++)
        {
            var bias = rest / values[i];
            for (var j = 1; j <= terms; j++)
            {
                if (j != i && values[j] != values[i])
                    bias += values[j] / (values[i] - values[j]);
            }

            var (x, y) = (Math.Log(i), bias / samples);
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }

        return (sumXy - (sumX * sumY / count)) / (sumXx - (sumX * sumX / count));
    }
}
