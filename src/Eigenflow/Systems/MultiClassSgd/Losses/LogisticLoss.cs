namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>f(u) = ln(1 + e^(−u)).</summary>
public sealed record LogisticLoss : MarginLoss
{
    /// <inheritdoc/>
    public override string Name => "logistic";

    /// <inheritdoc/>
    public override double Value(double margin) => Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));

    /// <inheritdoc/>
    public override double Slope(double margin) => -1 / (1 + Math.Exp(margin));

    /// <inheritdoc/>
    public override double Curvature(double margin) => 1 / (2 + (2 * Math.Cosh(margin)));

    internal override MarginMoments Expect(double mean, double variance) => LogisticExpectation.Moments(mean, variance);

    internal override MarginSlopes Slopes(double mean, double variance) => LogisticExpectation.Slopes(mean, variance);
}
