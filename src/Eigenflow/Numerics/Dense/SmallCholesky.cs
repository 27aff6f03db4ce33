namespace Eigenflow.Numerics.Dense;

/// <summary>Cholesky factors of small symmetric positive definite matrices, in place and without allocation: n³/6 to factor, n² to solve.</summary>
internal static class SmallCholesky
{
    /// <summary>Factors.</summary>
    /// <param name="matrix">The lower triangle, n × n, row by row; replaced by the factor. What stands above the diagonal is not looked at.</param>
    /// <param name="n">Rows.</param>
    /// <param name="smallest">A pivot must be larger.</param>
    /// <returns>Whether the matrix is positive definite, with pivots above the smallest.</returns>
    public static bool Factor(Span<double> matrix, int n, double smallest = 0)
    {
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = matrix[(i * n) + j];
                for (var k = 0; k < j; k++)
                    sum -= matrix[(i * n) + k] * matrix[(j * n) + k];
                if (i == j)
                {
                    if (!(sum > smallest) || !double.IsFinite(sum))
                        return false;
                    matrix[(j * n) + j] = Math.Sqrt(sum);
                }
                else
                {
                    matrix[(i * n) + j] = sum / matrix[(j * n) + j];
                }
            }
        }

        return true;
    }

    /// <summary>Factors and solves.</summary>
    /// <param name="matrix">As for <see cref="Factor"/>.</param>
    /// <param name="vector">The right-hand side of n numbers, replaced by the solution.</param>
    /// <param name="smallest">A pivot must be larger.</param>
    /// <returns>Whether the matrix is positive definite, with pivots above the smallest.</returns>
    public static bool Solve(Span<double> matrix, Span<double> vector, double smallest = 0)
    {
        var n = vector.Length;
        if (!Factor(matrix, n, smallest))
            return false;
        Substitute(matrix, vector);
        return true;
    }

    /// <summary>Solves with a factor.</summary>
    /// <param name="factor">As <see cref="Factor"/> leaves it.</param>
    /// <param name="vector">The right-hand side of n numbers, replaced by the solution.</param>
    public static void Substitute(ReadOnlySpan<double> factor, Span<double> vector)
    {
        var n = vector.Length;
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
                vector[i] -= factor[(i * n) + k] * vector[k];
            vector[i] /= factor[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                vector[i] -= factor[(k * n) + i] * vector[k];
            vector[i] /= factor[(i * n) + i];
        }
    }

    /// <summary>Trace of the inverse of a factored matrix: the squares of the entries of the inverse of its factor; n³/6.</summary>
    /// <param name="factor">As <see cref="Factor"/> leaves it.</param>
    /// <param name="n">Rows.</param>
    public static double InverseTrace(ReadOnlySpan<double> factor, int n)
    {
        var column = new double[n];
        var sum = 0.0;
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var value = i == j ? 1.0 : 0;
                for (var k = j; k < i; k++)
                    value -= factor[(i * n) + k] * column[k];
                column[i] = value / factor[(i * n) + i];
                sum += column[i] * column[i];
            }
        }

        return sum;
    }
}
