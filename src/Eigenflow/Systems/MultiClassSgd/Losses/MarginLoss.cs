using Eigenflow.Numerics.Quadrature;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>A loss of one output, f(u) of the margin u = y r. Expectations over normal margins are done by quadrature; derive from it for a loss of your own.</summary>
public abstract record MarginLoss : ClassLoss
{
    // Central differences of expectations that are exact to 1e-13 lose a third of their digits.
    private const double Difference = 1e-4;

    /// <summary>f(u) ≥ 0.</summary>
    /// <param name="margin">u.</param>
    public abstract double Value(double margin);

    /// <summary>f′(u).</summary>
    /// <param name="margin">u.</param>
    public abstract double Slope(double margin);

    /// <summary>f″(u).</summary>
    /// <param name="margin">u.</param>
    public abstract double Curvature(double margin);

    /// <summary>Margins at which f is not smooth, ascending; none by default.</summary>
    public virtual IReadOnlyList<double> Kinks => [];

    /// <summary>Risk, force, curvature and noise for u ~ N(m, B).</summary>
    /// <param name="mean">m.</param>
    /// <param name="variance">B ≥ 0; what rounding leaves below counts as 0.</param>
    internal virtual MarginMoments Expect(double mean, double variance)
    {
        var values = GaussianExpectation.Of(mean, Math.Max(0, variance), 4, Functions, Kinks).Values;
        return new MarginMoments(values[0], values[1], values[2], values[3]);

        void Functions(double margin, Span<double> target)
        {
            var slope = Slope(margin);
            (target[0], target[1], target[2], target[3]) = (Value(margin), slope, Curvature(margin), slope * slope);
        }
    }

    /// <summary>How these change with m and B; by central differences, which the implicit solver may have inexact.</summary>
    internal virtual MarginSlopes Slopes(double mean, double variance)
    {
        var step = Difference * Math.Max(1, Math.Sqrt(Math.Max(0, variance)));
        var (low, high) = (Expect(mean - step, variance), Expect(mean + step, variance));

        // At B = 0 the difference is to one side.
        var (less, more) = (Math.Max(0, variance - step), Math.Max(0, variance) + step);
        var (narrow, wide) = (Expect(mean, less), Expect(mean, more));
        return new MarginSlopes(
            (wide.Force - narrow.Force) / (more - less), (high.Curvature - low.Curvature) / (2 * step), (wide.Curvature - narrow.Curvature) / (more - less),
            (high.Noise - low.Noise) / (2 * step), (wide.Noise - narrow.Noise) / (more - less));
    }
}

/// <summary>Expectations over u ~ N(m, B).</summary>
/// <param name="Risk">E f.</param>
/// <param name="Force">F = E f′ = ∂E f/∂m.</param>
/// <param name="Curvature">H = E f″ = 2 ∂E f/∂B = ∂F/∂m.</param>
/// <param name="Noise">I = E f′².</param>
internal readonly record struct MarginMoments(double Risk, double Force, double Curvature, double Noise);

/// <summary>Derivatives of force, curvature and noise, beside ∂F/∂m = H.</summary>
/// <param name="ForceByVariance">∂F/∂B = ½ E f‴.</param>
/// <param name="CurvatureByMean">∂H/∂m = E f‴.</param>
/// <param name="CurvatureByVariance">∂H/∂B = ½ E f⁗.</param>
/// <param name="NoiseByMean">∂I/∂m = 2 E f′f″.</param>
/// <param name="NoiseByVariance">∂I/∂B = E (f″² + f′f‴).</param>
internal readonly record struct MarginSlopes(double ForceByVariance, double CurvatureByMean, double CurvatureByVariance, double NoiseByMean, double NoiseByVariance);
