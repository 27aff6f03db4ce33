using Eigenflow.Dynamics;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>How a state changes in the numbers that a learning-rate rule sees.</summary>
internal readonly record struct RateChange(double Risk, double SquaredGradient, double GradientNoise, double CurvatureNoise);

/// <summary>The derivatives of a rule's rate and growth with respect to what it sees, by central differences: rules are given as functions alone.</summary>
internal readonly record struct RateSlopes
{
    private const double Part = 1e-6;

    private RateChange Rate { get; init; }

    private RateChange Growth { get; init; }

    /// <summary>∂γ/∂G.</summary>
    public double ByAccumulated { get; private init; }

    /// <summary>The growth's derivative with respect to G.</summary>
    public double GrowthByAccumulated { get; private init; }

    /// <summary>∂γ/∂‖∇R‖².</summary>
    public double BySquaredGradient => Rate.SquaredGradient;

    /// <summary>The growth's derivative with respect to ‖∇R‖².</summary>
    public double GrowthBySquaredGradient => Growth.SquaredGradient;

    /// <summary>Of a rule at a state.</summary>
    public static RateSlopes Of(LearningRateRule rule, RateView view)
    {
        var risk = Slope(view.Risk, value => view with { Risk = value });
        var gradient = Slope(view.SquaredGradient, value => view with { SquaredGradient = value });
        var noise = Slope(view.GradientNoise, value => view with { GradientNoise = value });
        var curvature = Slope(view.CurvatureNoise, value => view with { CurvatureNoise = value });
        var accumulated = Slope(view.Accumulated, value => view with { Accumulated = value });
        return new RateSlopes
        {
            Rate = new RateChange(risk.Rate, gradient.Rate, noise.Rate, curvature.Rate),
            Growth = new RateChange(risk.Growth, gradient.Growth, noise.Growth, curvature.Growth),
            ByAccumulated = accumulated.Rate,
            GrowthByAccumulated = accumulated.Growth,
        };

        (double Rate, double Growth) Slope(double value, Func<double, RateView> at)
        {
            var step = Math.Max(Part * Math.Abs(value), 1e-12);
            var (low, high) = (at(Math.Max(0, value - step)), at(value + step));
            var width = value + step - Math.Max(0, value - step);
            return ((rule.Rate(high) - rule.Rate(low)) / width, (rule.Growth(high) - rule.Growth(low)) / width);
        }
    }

    /// <summary>The change of the rate.</summary>
    public double Along(RateChange change) => Along(Rate, change);

    /// <summary>The change of the growth.</summary>
    public double GrowthAlong(RateChange change) => Along(Growth, change);

    private static double Along(RateChange slope, RateChange change) =>
        (slope.Risk * change.Risk) + (slope.SquaredGradient * change.SquaredGradient) + (slope.GradientNoise * change.GradientNoise) + (slope.CurvatureNoise * change.CurvatureNoise);
}
