namespace Eigenflow.Numerics.Dense;

/// <summary>
/// The orthonormal basis in which several symmetric matrices are as diagonal as possible: least Σ_i w_i ‖off K_i‖² (Frobenius), by Jacobi rotations of pairs, each at its best angle, which is known in closed form
/// (Cardoso and Souloumiac, SIAM J. Matrix Anal. Appl. 17, 161, 1996). It never rises, and ends where no pair can lower it. Deterministic. Work per sweep: 6 C n² · window fused operations.
/// </summary>
internal static class JointDiagonalisation
{
    private const double SmallestSine = 1e-9;
    private const int MostSweeps = 40;

    /// <summary>Rotates in place.</summary>
    /// <param name="matrices">n × n each; left in the basis that is found.</param>
    /// <param name="weights">w_i &gt; 0.</param>
    /// <param name="size">n ≥ 1.</param>
    /// <param name="window">Pairs of indices at most so far apart are rotated; n for all.</param>
    /// <returns>n × n, row by row: row k is vector k of the basis.</returns>
    public static double[] Rotate(double[][] matrices, double[] weights, int size, int window)
    {
        var basis = new double[size * size];
        for (var k = 0; k < size; k++)
            basis[(k * size) + k] = 1;

        // What is smaller is rounding of the matrices, whose angles mean nothing.
        var floor = 1e-24 * matrices.Select((matrix, i) => weights[i] * matrix.Sum(value => value * value)).Sum() / size;
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var isDone = true;
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < Math.Min(size, p + 1 + window); q++)
                {
                    var angle = Angle(matrices, weights, size, p, q, floor);
                    var (sine, cosine) = Math.SinCos(angle);
                    if (Math.Abs(sine) <= SmallestSine)
                        continue;
                    isDone = false;
                    foreach (var matrix in matrices)
                    {
                        Turn(matrix.AsSpan(p * size, size), matrix.AsSpan(q * size, size), cosine, sine);
                        for (var k = 0; k < size; k++)
                        {
                            var (first, second) = (matrix[(k * size) + p], matrix[(k * size) + q]);
                            (matrix[(k * size) + p], matrix[(k * size) + q]) = ((cosine * first) + (sine * second), (cosine * second) - (sine * first));
                        }
                    }

                    Turn(basis.AsSpan(p * size, size), basis.AsSpan(q * size, size), cosine, sine);
                }
            }

            if (isDone)
                break;
        }

        return basis;
    }

    private static double Angle(double[][] matrices, double[] weights, int size, int p, int q, double floor)
    {
        double squares = 0, products = 0, off = 0;
        for (var i = 0; i < matrices.Length; i++)
        {
            var difference = matrices[i][(p * size) + p] - matrices[i][(q * size) + q];
            var twice = 2 * matrices[i][(p * size) + q];
            squares += weights[i] * difference * difference;
            products += weights[i] * difference * twice;
            off += weights[i] * twice * twice;
        }

        var (on, mixed) = (squares - off, 2 * products);
        return squares + off <= floor ? 0 : 0.5 * Math.Atan2(mixed, on + Math.Sqrt((on * on) + (mixed * mixed)));
    }

    private static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        for (var k = 0; k < first.Length; k++)
            (first[k], second[k]) = ((cosine * first[k]) + (sine * second[k]), (cosine * second[k]) - (sine * first[k]));
    }
}
