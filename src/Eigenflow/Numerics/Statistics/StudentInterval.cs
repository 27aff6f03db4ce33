using MathNet.Numerics.Distributions;

namespace Eigenflow.Numerics;

/// <summary>Intervals of Student's law.</summary>
internal static class StudentInterval
{
    /// <summary>The usual level.</summary>
    public const double Level = 0.95;

    /// <summary>Standard errors of the half-width of an interval.</summary>
    /// <param name="freedom">Degrees of freedom; without one there is no interval, and the result is not a number.</param>
    /// <param name="level">Its level, below 1.</param>
    public static double Quantile(double freedom, double level = Level) => freedom > 0 ? StudentT.InvCDF(0, 1, freedom, (1 + level) / 2) : double.NaN;

    /// <summary>Half-width of the 95 % interval.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="freedom">Degrees of freedom; without one the result is not a number.</param>
    public static double Half(double error, double freedom) => Quantile(freedom) * error;
}
