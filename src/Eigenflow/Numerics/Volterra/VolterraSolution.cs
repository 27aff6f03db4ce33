using MathNet.Numerics.Integration;

namespace Eigenflow.Numerics.Volterra;

/// <summary>A solution of a Volterra equation on panels of one width from zero: the values at the Gauss points of each.</summary>
/// <param name="Width">Width of a panel.</param>
/// <param name="Values">u at the twelve Gauss points of the first panel, then of the second, and so on.</param>
/// <param name="IsConverged">Whether the tolerance was reached.</param>
/// <param name="EstimatedError">Largest residual of the equation between the points, relative to the largest |u| up to there.</param>
public sealed record VolterraSolution(double Width, double[] Values, bool IsConverged, double EstimatedError)
{
    private static readonly GaussLegendreRule Rule = new(0, 1, ConvolutionVolterra.Points);

    /// <summary>The Gauss points of the panel [0, 1], ascending as the rule has them.</summary>
    internal static readonly double[] Nodes = [.. Enumerable.Range(0, ConvolutionVolterra.Points).Select(Rule.GetAbscissa)];

    // Barycentric weights of the Gauss points; needs them first.
    private static readonly double[] Weights = MakeWeights();

    /// <summary>Number of panels.</summary>
    public int Panels => Values.Length / ConvolutionVolterra.Points;

    /// <summary>u at any time by the polynomial through the points of its panel.</summary>
    /// <param name="time">Between 0 and the end of the last panel.</param>
    public double At(double time)
    {
        var panel = Math.Clamp((int)(time / Width), 0, Panels - 1);
        var basis = Basis((time / Width) - panel);
        var sum = 0.0;
        for (var q = 0; q < basis.Length; q++)
            sum += basis[q] * Values[(panel * basis.Length) + q];
        return sum;
    }

    /// <summary>The Lagrange polynomials of the points at a place of the panel [0, 1].</summary>
    internal static double[] Basis(double place)
    {
        var basis = new double[ConvolutionVolterra.Points];
        var sum = 0.0;
        for (var q = 0; q < basis.Length; q++)
        {
            if (place == Nodes[q])
            {
                Array.Clear(basis);
                basis[q] = 1;
                return basis;
            }

            basis[q] = Weights[q] / (place - Nodes[q]);
            sum += basis[q];
        }

        for (var q = 0; q < basis.Length; q++)
            basis[q] /= sum;
        return basis;
    }

    private static double[] MakeWeights()
    {
        var weights = new double[ConvolutionVolterra.Points];
        for (var q = 0; q < weights.Length; q++)
        {
            weights[q] = 1;
            for (var other = 0; other < weights.Length; other++)
                weights[q] /= other == q ? 1 : Nodes[q] - Nodes[other];
        }

        return weights;
    }
}
