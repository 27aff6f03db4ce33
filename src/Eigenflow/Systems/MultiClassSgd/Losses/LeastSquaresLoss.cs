namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>f(u) = (u − 1)²/2, which is (r − y)²/2.</summary>
public sealed record LeastSquaresLoss : MarginLoss
{
    /// <inheritdoc/>
    public override string Name => "least-squares";

    internal override bool IsQuadratic => true;

    /// <inheritdoc/>
    public override double Value(double margin) => (margin - 1) * (margin - 1) / 2;

    /// <inheritdoc/>
    public override double Slope(double margin) => margin - 1;

    /// <inheritdoc/>
    public override double Curvature(double margin) => 1;

    internal override MarginMoments Expect(double mean, double variance)
    {
        var noise = ((mean - 1) * (mean - 1)) + variance;
        return new MarginMoments(noise / 2, mean - 1, 1, noise);
    }

    internal override MarginSlopes Slopes(double mean, double variance) => new(0, 0, 0, 2 * (mean - 1), 1);
}
