namespace Eigenflow.Numerics;

/// <summary>The straight line y = intercept + slope · x of weighted least squares, with the sums that intervals and tests are made of.</summary>
/// <param name="MeanX">Weighted mean of x.</param>
/// <param name="MeanY">Weighted mean of y.</param>
/// <param name="Total">Sum of the weights.</param>
/// <param name="SquaresX">Σ w (x − mean)².</param>
/// <param name="Products">Σ w (x − mean)(y − mean).</param>
/// <param name="SquaresY">Σ w (y − mean)².</param>
internal readonly record struct LeastSquaresLine(double MeanX, double MeanY, double Total, double SquaresX, double Products, double SquaresY)
{
    /// <summary>Change of y per x; not a number where all x are equal.</summary>
    public double Slope => Products / SquaresX;

    /// <summary>y at x = 0.</summary>
    public double Intercept => MeanY - (Slope * MeanX);

    /// <summary>Fits. Two passes: means first, so that large coordinates cost no digits.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates, as many.</param>
    /// <param name="weights">As many, not negative; none for equal weights.</param>
    public static LeastSquaresLine Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default)
    {
        double total = 0, meanX = 0, meanY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            total += weight;
            meanX += weight * x[i];
            meanY += weight * y[i];
        }

        (meanX, meanY) = (meanX / total, meanY / total);
        double squaresX = 0, products = 0, squaresY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            double offX = x[i] - meanX, offY = y[i] - meanY;
            squaresX += weight * offX * offX;
            products += weight * offX * offY;
            squaresY += weight * offY * offY;
        }

        return new LeastSquaresLine(meanX, meanY, total, squaresX, products, squaresY);
    }
}
