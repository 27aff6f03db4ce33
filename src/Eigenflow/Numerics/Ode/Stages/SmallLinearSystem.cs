namespace Eigenflow.Numerics.Ode;

/// <summary>A small dense linear system by LU with partial pivoting, without allocation after construction. Work n³/3 to factor, n² to solve.</summary>
internal sealed class SmallLinearSystem(int size)
{
    private readonly double[] matrix = new double[size * size];
    private readonly int[] pivots = new int[size];

    /// <summary>Entry (row, column) before factoring.</summary>
    public double this[int row, int column]
    {
        set => matrix[(row * size) + column] = value;
    }

    /// <summary>Factors in place; false when a pivot is zero or not finite.</summary>
    public bool Factor()
    {
        for (var k = 0; k < size; k++)
        {
            var pivot = k;
            for (var row = k + 1; row < size; row++)
            {
                if (Math.Abs(matrix[(row * size) + k]) > Math.Abs(matrix[(pivot * size) + k]))
                    pivot = row;
            }

            pivots[k] = pivot;
            var value = matrix[(pivot * size) + k];
            if (value == 0 || !double.IsFinite(value))
                return false;
            if (pivot != k)
            {
                for (var column = 0; column < size; column++)
                    (matrix[(k * size) + column], matrix[(pivot * size) + column]) = (matrix[(pivot * size) + column], matrix[(k * size) + column]);
            }

            for (var row = k + 1; row < size; row++)
            {
                var factor = matrix[(row * size) + k] / value;
                matrix[(row * size) + k] = factor;
                for (var column = k + 1; column < size; column++)
                    matrix[(row * size) + column] -= factor * matrix[(k * size) + column];
            }
        }

        return true;
    }

    /// <summary>Solves in place.</summary>
    public void Solve(double[] vector)
    {
        // All exchanges first: later ones have moved the factors of earlier columns with their rows.
        for (var k = 0; k < size; k++)
            (vector[k], vector[pivots[k]]) = (vector[pivots[k]], vector[k]);
        for (var k = 0; k < size; k++)
        {
            for (var row = k + 1; row < size; row++)
                vector[row] -= matrix[(row * size) + k] * vector[k];
        }

        for (var k = size - 1; k >= 0; k--)
        {
            for (var column = k + 1; column < size; column++)
                vector[k] -= matrix[(k * size) + column] * vector[column];
            vector[k] /= matrix[(k * size) + k];
        }
    }
}
