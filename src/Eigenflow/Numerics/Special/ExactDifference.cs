namespace Eigenflow.Numerics;

/// <summary>Differences of exponents and other numbers that are equal by a formula, where rounding would leave 1e-16.</summary>
internal static class ExactDifference
{
    // Logarithms of settings, divided by each other, agree to about this.
    private const double Rounding = 1e-12;

    /// <summary>a − b; exactly zero where both are equal to twelve digits.</summary>
    /// <param name="first">a.</param>
    /// <param name="second">b.</param>
    public static double Of(double first, double second)
    {
        var difference = first - second;
        return Math.Abs(difference) <= Rounding * Math.Max(Math.Abs(first), Math.Abs(second)) ? 0 : difference;
    }
}
