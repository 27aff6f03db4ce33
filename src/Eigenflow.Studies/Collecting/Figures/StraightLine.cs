using Eigenflow.Numerics;

namespace Eigenflow.Studies;

/// <summary>A least-squares line through points in displayed coordinates: logarithms on logarithmic axes. The interval is Student's t at 95 % from the residuals.</summary>
internal sealed record StraightLine(double Slope, double Intercept, double Half, int Points, double FirstX, double LastX)
{
    /// <summary>Fewest points of a line with an interval.</summary>
    public const int FewestPoints = 3;

    /// <summary>Fits, or null for fewer than three points that differ in x.</summary>
    public static StraightLine? Fit(IReadOnlyList<(double X, double Y)> points)
    {
        var n = points.Count;
        if (n < FewestPoints)
            return null;
        var line = LeastSquaresLine.Fit([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
        if (!(line.SquaresX > 0))
            return null;
        var (slope, intercept) = (line.Slope, line.Intercept);
        var residual = points.Sum(point => Math.Pow(point.Y - intercept - (slope * point.X), 2));
        var half = StudentInterval.Half(Math.Sqrt(residual / (n - 2) / line.SquaresX), n - 2);
        return new StraightLine(slope, intercept, half, n, points.Min(point => point.X), points.Max(point => point.X));
    }
}
