namespace Eigenflow.Numerics.Special;

/// <summary>Exponentials without the cancellation at zero.</summary>
internal static class Exponential
{
    /// <summary>e^x − 1 to rounding.</summary>
    public static double MinusOne(double x) => x < -1 ? Math.Exp(x) - 1 : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);
}
