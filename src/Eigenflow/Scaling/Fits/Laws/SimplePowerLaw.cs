using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Fits;

/// <summary>y = A x^p.</summary>
internal sealed class SimplePowerLaw : ScalingLaw
{
    public override string Name => "power-law";

    public override string Formula => "y = A x^p";

    public override IReadOnlyList<ScalingParameter> Parameters { get; } = [new("A", "amplitude", true), new("p", "exponent")];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes)
    {
        for (var i = 0; i < u.Length; i++)
        {
            values[i] = theta[0] + (theta[1] * u[i]);
            slopes[2 * i] = 1;
            slopes[(2 * i) + 1] = u[i];
        }
    }

    public override double LocalExponent(double u, ReadOnlySpan<double> theta) => theta[1];

    public override void ToFormula(Span<double> theta, double placeU, double placeV) => theta[0] += placeV - (theta[1] * placeU);

    public override string? Edge(ReadOnlySpan<double> theta, LogPoints points, double noise) => null;

    public override IReadOnlyList<double[]> Starts(LogPoints points)
    {
        var (slope, intercept, _, _) = points.Line();
        return [[intercept, slope]];
    }

    public override (double[] Lower, double[] Upper) Box(LogPoints points) => ([-LargestLogarithm, -LargestLogarithm], [LargestLogarithm, LargestLogarithm]);
}
