namespace Eigenflow.Numerics.Volterra;

/// <summary>
/// The linear Volterra equation of the second kind with a convolution kernel, u(t) = a(t) + ∫₀ᵗ K(t − τ) u(τ) dτ on [0, T].
/// The trapezoidal rule on a uniform grid has an error expansion in even powers of the step; grids of N, 2N, 4N, 8N and 16N intervals are extrapolated
/// (order 10 on the coarsest), and N is doubled until two successive extrapolations agree to the tolerance.
/// Work O(N²) multiply–adds and O(N) evaluations of a and K; memory O(N).
/// </summary>
public static class ConvolutionVolterra
{
    private const int Levels = 5;
    private const int LargestIntervals = 1 << 10;

    /// <summary>Solves.</summary>
    /// <param name="free">a(t).</param>
    /// <param name="kernel">K(t), smooth on [0, T].</param>
    /// <param name="end">T &gt; 0.</param>
    /// <param name="relativeTolerance">Largest difference of two extrapolations relative to the largest |u| up to that point, 1e-13 to 0.1.</param>
    /// <returns>The solution on the coarsest grid, and whether the tolerance was reached.</returns>
    public static VolterraSolution Solve(Func<double, double> free, Func<double, double> kernel, double end, double relativeTolerance)
    {
        if (!(end > 0) || !double.IsFinite(end))
            throw new ParameterException("end", end, "a finite time > 0");
        for (var intervals = 32; ; intervals *= 2)
        {
            var (values, difference) = Extrapolate(free, kernel, end, intervals);
            if (difference <= relativeTolerance || intervals >= LargestIntervals)
                return new VolterraSolution(end, values, difference <= relativeTolerance, difference);
        }
    }

    private static (double[] Values, double Difference) Extrapolate(Func<double, double> free, Func<double, double> kernel, double end, int intervals)
    {
        // All grids are parts of the finest.
        var finest = intervals << (Levels - 1);
        var a = new double[finest + 1];
        var k = new double[finest + 1];
        for (var n = 0; n <= finest; n++)
        {
            a[n] = free(end * n / finest);
            k[n] = kernel(end * n / finest);
        }

        var table = new double[Levels][];
        for (var level = 0; level < Levels; level++)
            table[level] = Trapezoidal(a, k, end, intervals, level);

        var previous = table[Levels - 2];
        for (var order = 1; order < Levels; order++)
        {
            previous = table[Levels - 2];
            var weight = Math.Pow(4, order);
            for (var level = Levels - 1; level >= order; level--)
            {
                var finer = table[level];
                var coarser = table[level - 1];
                table[level] = [.. finer.Zip(coarser, (fine, coarse) => fine + ((fine - coarse) / (weight - 1)))];
            }
        }

        var result = table[Levels - 1];
        double largest = 0, difference = 0;
        for (var n = 0; n <= intervals; n++)
        {
            largest = Math.Max(largest, Math.Abs(result[n]));
            difference = Math.Max(difference, Math.Abs(result[n] - previous[n]) / Math.Max(largest, double.Epsilon));
        }

        return (result, double.IsNaN(difference) ? double.PositiveInfinity : difference);
    }

    // u_n (1 − h K_0/2) = a_n + h (K_n u_0/2 + Σ_{0<m<n} K_{n−m} u_m), reported at the coarsest points.
    private static double[] Trapezoidal(double[] a, double[] k, double end, int intervals, int level)
    {
        var count = intervals << level;
        var stride = (a.Length - 1) / count;
        var h = end / count;
        var u = new double[count + 1];
        u[0] = a[0];
        for (var n = 1; n <= count; n++)
        {
            var sum = 0.5 * k[n * stride] * u[0];
            for (var m = 1; m < n; m++)
                sum += k[(n - m) * stride] * u[m];
            u[n] = (a[n * stride] + (h * sum)) / (1 - (0.5 * h * k[0]));
        }

        var result = new double[intervals + 1];
        for (var n = 0; n <= intervals; n++)
            result[n] = u[n << level];
        return result;
    }
}

/// <summary>A solution of a Volterra equation on a uniform grid.</summary>
/// <param name="End">T.</param>
/// <param name="Values">u at T n/N, n = 0 … N.</param>
/// <param name="IsConverged">Whether the tolerance was reached.</param>
/// <param name="EstimatedError">Largest relative difference of the last two extrapolations.</param>
public sealed record VolterraSolution(double End, double[] Values, bool IsConverged, double EstimatedError)
{
    private const int Points = 12;

    /// <summary>Step of the grid.</summary>
    public double Step => End / (Values.Length - 1);

    /// <summary>u at any time by local polynomial interpolation through twelve grid points.</summary>
    /// <param name="time">Between 0 and <see cref="End"/>.</param>
    public double At(double time)
    {
        var position = time / Step;
        var nearest = (int)Math.Round(position);
        if (Math.Abs(position - nearest) < 1e-12)
            return Values[nearest];
        var first = Math.Clamp((int)position - (Points / 2) + 1, 0, Math.Max(0, Values.Length - Points));
        var count = Math.Min(Points, Values.Length);

        // Barycentric formula on equidistant nodes: weights (−1)^j binomial(count − 1, j).
        double numerator = 0, denominator = 0, weight = 1;
        for (var j = 0; j < count; j++)
        {
            var term = weight / (position - (first + j));
            numerator += term * Values[first + j];
            denominator += term;
            weight *= -(double)(count - 1 - j) / (j + 1);
        }

        return numerator / denominator;
    }
}
