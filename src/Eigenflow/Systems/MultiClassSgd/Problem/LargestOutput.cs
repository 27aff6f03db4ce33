using System.Collections.Concurrent;
using Eigenflow.Numerics.Quadrature;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// The probability that one of l normal outputs is the largest: an orthant probability of the l − 1 differences, in Genz's variables one after another (J. Comput. Graph. Stat. 1:141, 1992), over a fixed lattice of l − 2
/// dimensions in two shifts, whose difference is the error. Closed form for two outputs. Work 2048 (l − 1) normal distributions.
/// </summary>
internal static class LargestOutput
{
    private const int Points = 1024, Shifts = 2;
    private static readonly ConcurrentDictionary<int, double[][]> Known = new();

    /// <summary>P(r_j is the largest) for r ~ N(m, B), with an estimate of its error.</summary>
    /// <param name="output">j.</param>
    /// <param name="mean">m.</param>
    /// <param name="covariance">B, l × l.</param>
    public static (double Value, double Error) Probability(int output, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        var size = mean.Length - 1;
        var differences = new double[size];
        var root = new double[size * size];
        for (int k = 0, row = 0; k <= size; k++)
        {
            if (k == output)
                continue;
            differences[row] = mean[output] - mean[k];
            for (int j = 0, column = 0; j <= k; j++)
            {
                if (j != output)
                    root[(row * size) + column++] = At(covariance, output, output) - At(covariance, output, j) - At(covariance, k, output) + At(covariance, k, j);
            }

            row++;
        }

        var scale = 0.0;
        for (var k = 0; k < size; k++)
            scale = Math.Max(scale, root[(k * size) + k]);
        if (scale == 0)
            return (Array.Exists(differences, value => value < 0) ? 0 : 1.0 / (1 + differences.Count(value => value == 0)), 0);
        Factor(root, size, scale);
        if (size == 1)
            return (Normal.CDF(0, 1, differences[0] / root[0]), 0);
        var (first, second) = (Mean(differences, root, size, 0), Mean(differences, root, size, 1));
        return ((first + second) / 2, Math.Abs(first - second));

        double At(ReadOnlySpan<double> matrix, int row, int column) => matrix[(row * (size + 1)) + column];
    }

    // The lower root in place; directions without variance of their own get a zero.
    private static void Factor(double[] matrix, int size, double scale)
    {
        for (var column = 0; column < size; column++)
        {
            for (var row = column; row < size; row++)
            {
                var entry = matrix[(row * size) + column];
                for (var k = 0; k < column; k++)
                    entry -= matrix[(row * size) + k] * matrix[(column * size) + k];
                matrix[(row * size) + column] = row == column ? Math.Sqrt(Math.Max(0, entry > 1e-14 * scale ? entry : 0)) : matrix[(column * size) + column] > 0 ? entry / matrix[(column * size) + column] : 0;
            }
        }
    }

    private static double Mean(double[] differences, double[] root, int size, int shift)
    {
        var nodes = Known.GetOrAdd(size - 1, Lattice)[shift];
        var z = new double[size];
        var sum = 0.0;
        for (var point = 0; point < Points; point++)
        {
            var product = 1.0;
            for (var k = 0; k < size && product > 0; k++)
            {
                var centre = differences[k];
                for (var j = 0; j < k; j++)
                    centre += root[(k * size) + j] * z[j];
                var deviation = root[(k * size) + k];

                // z_k must exceed −centre/deviation: its mirror image lies below, where the distribution function has its digits.
                var share = deviation > 0 ? Normal.CDF(0, 1, centre / deviation) : centre > 0 ? 1 : centre == 0 ? 0.5 : 0;
                product *= share;
                if (k + 1 < size)
                    z[k] = deviation > 0 ? -Normal.InvCDF(0, 1, Math.Clamp(nodes[(point * (size - 1)) + k] * share, 1e-300, 1 - 1e-16)) : 0;
            }

            sum += product;
        }

        return sum / Points;
    }

    private static double[][] Lattice(int dimension) =>
        [.. Enumerable.Range(0, Shifts).Select(shift => LatticeRule.Nodes(dimension, shift).Take(Points * dimension).Select(node => Normal.CDF(0, 1, node)).ToArray())];
}
