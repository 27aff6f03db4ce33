using Eigenflow.Random;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Numerics.Quadrature;

/// <summary>
/// E f(z) for many independent normal numbers by a rank-one lattice in the cube, folded to be periodic, and mapped by the inverse normal distribution. Random shifts give an unbiased mean and its interval; the same points
/// serve every call, so that expectations are smooth functions of what they depend on. Error about 1/N to 1/N² for smooth functions, at any dimension.
/// </summary>
internal static class LatticeRule
{
    /// <summary>Points of the lattice.</summary>
    public const int Points = 4096;

    /// <summary>Shifts.</summary>
    public const int Shifts = 8;

    private const uint Purpose = 0x4C415454;

    /// <summary>The points of one shift, points × dimension.</summary>
    /// <param name="dimension">Number of normal numbers, ≥ 1.</param>
    /// <param name="shift">0-based shift.</param>
    /// <param name="points">Number of points; the first of the lattice.</param>
    public static double[] Nodes(int dimension, int shift, int points = Points)
    {
        var nodes = new double[points * dimension];
        for (var j = 0; j < dimension; j++)
        {
            // The fractional parts of powers of the root of x^{d+1} = x + 1 fill the cube evenly in any dimension.
            var alpha = Fraction(Math.Pow(1 / Ratio(dimension), j + 1));
            var word = Philox.Block(((uint)j, (uint)shift, 0, Purpose), (0, 0)).Word0;
            var start = (word + 0.5) / 4294967296.0;
            for (var i = 0; i < points; i++)
            {
                // Folding 1 − |2u − 1| takes away the edge of the cube.
                var u = 1 - Math.Abs((2 * Fraction(start + (i * alpha))) - 1);
                nodes[(i * dimension) + j] = Normal.InvCDF(0, 1, Math.Clamp(u, 1e-16, 1 - 1e-16));
            }
        }

        return nodes;
    }

    private static double Ratio(int dimension)
    {
        var x = 1.5;
        for (var k = 0; k < 60; k++)
            x = Math.Pow(1 + x, 1.0 / (dimension + 1));
        return x;
    }

    private static double Fraction(double value) => value - Math.Floor(value);
}
