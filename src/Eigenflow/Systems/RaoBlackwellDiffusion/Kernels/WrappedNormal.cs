namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The normal law on a circle.</summary>
internal static class WrappedNormal
{
    private const double Reach = 9;

    /// <summary>ln Σ_k N(x + k L; 0, w²), for any width: the Fourier series where it is wide.</summary>
    /// <param name="x">The place.</param>
    /// <param name="width">w &gt; 0.</param>
    /// <param name="period">L.</param>
    public static double LogDensity(double x, double width, double period) => Derivatives(x, width, period).LogDensity;

    /// <summary>ln Σ_k N(x + k L; 0, w²) and its derivative in x.</summary>
    /// <param name="x">The place.</param>
    /// <param name="width">w &gt; 0.</param>
    /// <param name="period">L.</param>
    public static (double LogDensity, double Score) Derivatives(double x, double width, double period)
    {
        x = Math.IEEERemainder(x, period);
        if (width > period / 2)
        {
            // Σ_k N = (1 + 2 Σ_m exp(−(2πm w/L)²/2) cos(2πm x/L))/L: two or three terms.
            var (value, slope) = (1.0, 0.0);
            for (var m = 1; m <= 4; m++)
            {
                var frequency = 2 * Math.PI * m / period;
                var weight = 2 * Math.Exp(-0.5 * frequency * frequency * width * width);
                value += weight * Math.Cos(frequency * x);
                slope -= weight * frequency * Math.Sin(frequency * x);
            }

            return (Math.Log(value / period), slope / value);
        }

        var terms = (int)Math.Ceiling(Reach * width / period);
        var (sum, first, nearest) = (0.0, 0.0, x * x / (2 * width * width));
        for (var k = -terms; k <= terms; k++)
        {
            var place = x + (k * period);
            var weight = Math.Exp(nearest - (place * place / (2 * width * width)));
            sum += weight;
            first -= weight * place / (width * width);
        }

        return (Math.Log(sum / (width * Math.Sqrt(2 * Math.PI))) - nearest, first / sum);
    }
}
