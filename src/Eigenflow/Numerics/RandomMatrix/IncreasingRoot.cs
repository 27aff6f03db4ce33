namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>Roots in log κ of increasing functions whose slope is known: Newton's method inside a bracket, which is found from a guess.</summary>
internal static class IncreasingRoot
{
    private const double FirstFactor = 4;
    private const int MostSteps = 400;

    /// <summary>Solves f(κ) = 0 for κ &gt; 0.</summary>
    /// <param name="guess">Where to begin, &gt; 0.</param>
    /// <param name="function">Value and slope df/dlog κ; the value −∞ stands for whatever lies below the domain.</param>
    /// <returns>The root to rounding; 0 or infinity where it lies outside the numbers.</returns>
    public static double Find(double guess, Func<double, (double Value, double Slope)> function)
    {
        double low = 0, high = double.PositiveInfinity, kappa = guess, factor = FirstFactor;
        for (var step = 0; step < MostSteps; step++)
        {
            var (value, slope) = function(kappa);
            if (value == 0)
                return kappa;
            if (value < 0)
                low = kappa;
            else
                high = kappa;
            var next = double.IsFinite(value) && slope > 0 ? kappa * Math.Exp(Math.Clamp(-value / slope, -50, 50)) : double.NaN;
            if (Math.Abs(next - kappa) <= 2e-16 * kappa)
                return next;
            if (!(next > low) || !(next < high))
            {
                // Outside the bracket: halve it in the logarithm, or widen it where one end is open.
                next = low > 0 && !double.IsInfinity(high) ? Math.Sqrt(low) * Math.Sqrt(high) : value < 0 ? kappa * factor : kappa / factor;
                factor = Math.Min(factor * factor, 1e50);
                if (next == 0 || double.IsInfinity(next) || next == low || next == high)
                    return next;
            }

            kappa = next;
        }

        return kappa;
    }
}
