using Eigenflow.Scaling.Noise;

namespace Eigenflow.Scaling;

/// <summary>
/// The local exponents of a curve: slopes of least squares along all its stretches of a third of its span in ln x, of a sixth, and so on down to a 96th, or from a point to the next where points are farther apart.
/// Of each only what three standard errors leave counts as different from the exponent of the whole; the noise of the points is that of cubics through their neighbours, for which a bend counts nothing.
/// <para>An exponent whose interval holds them is known as a number of the whole window. Where noise may have left all that the curve departs from a law by, there is nothing to be held beside the interval of the noise.</para>
/// </summary>
internal static class LocalExponents
{
    private const int LongestPart = 3;
    private const int ShortestPart = 96;
    private const double Errors = 3;

    // Fewer points have intervals of Student's t that hold the slopes between them.
    private const int FewestPoints = 5;

    private const double Slack = 1e-9;

    /// <summary>The smallest and the largest local exponent, as differences from the exponent of the whole: not above zero and not below it.</summary>
    /// <param name="points">The curve.</param>
    /// <param name="exponent">The exponent of the whole.</param>
    /// <param name="shortestPart">The shortest stretches, as a part of the span.</param>
    public static (double Below, double Above) Of(LogPoints points, double exponent, int shortestPart = ShortestPart)
    {
        double below = 0, above = 0;
        if (points.Count < FewestPoints || !(points.Span > 0))
            return (below, above);
        var noise = LocalSmoothing.NoiseOf(points.U, points.V);
        for (var part = LongestPart; part <= shortestPart; part *= 2)
        {
            var length = points.Span / part * (1 - Slack);
            for (int first = 0, last = 1; first < points.Count; first++)
            {
                last = Math.Max(last, first + 1);
                while (last < points.Count && points.U[last] - points.U[first] < length)
                    last++;
                if (last == points.Count)
                    break;
                var (slope, error) = Slope(points, first, last + 1, noise);
                var off = slope - exponent;
                below = Math.Min(below, off + (Errors * error));
                above = Math.Max(above, off - (Errors * error));
            }
        }

        return (below, above);
    }

    private static (double Slope, double Error) Slope(LogPoints points, int start, int end, double noise)
    {
        double meanU = 0, meanV = 0, squares = 0, products = 0;
        for (var i = start; i < end; i++)
        {
            meanU += points.U[i] / (end - start);
            meanV += points.V[i] / (end - start);
        }

        for (var i = start; i < end; i++)
        {
            var off = points.U[i] - meanU;
            squares += off * off;
            products += off * (points.V[i] - meanV);
        }

        return (products / squares, noise / Math.Sqrt(squares));
    }
}
