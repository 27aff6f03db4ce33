namespace Eigenflow.Scaling.LossCurves;

/// <summary>Solves small symmetric positive definite systems in place: O(n³/6).</summary>
internal static class SmallCholesky
{
    /// <summary>Solves.</summary>
    /// <param name="matrix">The lower triangle, n × n, row by row; overwritten.</param>
    /// <param name="vector">The right-hand side, replaced by the solution.</param>
    /// <returns>Whether the matrix is positive definite.</returns>
    public static bool Solve(Span<double> matrix, Span<double> vector)
    {
        var n = vector.Length;
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = matrix[(i * n) + j];
                for (var k = 0; k < j; k++)
                    sum -= matrix[(i * n) + k] * matrix[(j * n) + k];
                if (i == j)
                {
                    if (!(sum > 0) || !double.IsFinite(sum))
                        return false;
                    matrix[(j * n) + j] = Math.Sqrt(sum);
                }
                else
                {
                    matrix[(i * n) + j] = sum / matrix[(j * n) + j];
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
                vector[i] -= matrix[(i * n) + k] * vector[k];
            vector[i] /= matrix[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                vector[i] -= matrix[(k * n) + i] * vector[k];
            vector[i] /= matrix[(i * n) + i];
        }

        return true;
    }
}
