using Eigenflow.Numerics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>A power law y = A x^B by least squares of logarithms.</summary>
/// <param name="Slope">B.</param>
/// <param name="Half">Half-width of its 95 % interval by Student's law.</param>
/// <param name="Intercept">ln A.</param>
/// <param name="Determination">R².</param>
/// <param name="InverseSlope">The exponent of x as a power of y, with the regression the other way round.</param>
/// <param name="Count">Number of points.</param>
internal readonly record struct PowerFit(double Slope, double Half, double Intercept, double Determination, double InverseSlope, int Count)
{
    /// <summary>Fits; null where there are fewer than three points of different x.</summary>
    public static PowerFit? Of(double[] x, double[] y)
    {
        if (x.Length < EmergenceFit.Fewest || x.Distinct().Count() < EmergenceFit.Fewest)
            return null;
        double[] logX = [.. x.Select(value => Math.Log(value))], logY = [.. y.Select(value => Math.Log(value))];
        var line = LeastSquaresLine.Fit(logX, logY);
        var unexplained = Math.Max(0, line.SquaresY - (line.Slope * line.Products));
        var half = StudentInterval.Half(Math.Sqrt(unexplained / ((x.Length - 2) * line.SquaresX)), x.Length - 2);
        return new(line.Slope, half, line.Intercept, line.SquaresY > 0 ? 1 - (unexplained / line.SquaresY) : 1, line.Products / line.SquaresY, x.Length);
    }
}
