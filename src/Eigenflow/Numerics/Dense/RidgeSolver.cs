namespace Eigenflow.Numerics.Dense;

/// <summary>
/// Solves v = argmin (1/P) ‖Φv − y‖² + λ‖v‖² for several y, from one singular value decomposition of Φ: backward stable, and the shortest solution at λ = 0.
/// Work about 6 P N min(P, N) to decompose and 2 (P + N) min(P, N) per right-hand side.
/// </summary>
public sealed class RidgeSolver
{
    /// <summary>Singular values below this part of the largest are those of rounding.</summary>
    private const double Rank = 1e-13;

    private readonly ThinSvd parts;
    private readonly int rows;
    private readonly int columns;
    private readonly double ridge;

    /// <summary>Decomposes.</summary>
    /// <param name="design">Φ, P × N, row by row.</param>
    /// <param name="rows">P ≥ 1.</param>
    /// <param name="columns">N ≥ 1.</param>
    /// <param name="ridge">λ ≥ 0.</param>
    public RidgeSolver(ReadOnlySpan<double> design, int rows, int columns, double ridge)
    {
        parts = DenseAlgebra.Best.ThinSvd(design, rows, columns);
        (this.rows, this.columns, this.ridge) = (rows, columns, ridge);
    }

    /// <summary>The solution for labels.</summary>
    /// <param name="labels">y, P numbers.</param>
    /// <returns>v, N numbers.</returns>
    public double[] Solve(ReadOnlySpan<double> labels)
    {
        var count = parts.Values.Length;
        var weights = new double[columns];
        for (var k = 0; k < count; k++)
        {
            var value = parts.Values[k];
            if (value <= Rank * parts.Values[0])
                continue;
            var along = 0.0;
            for (var i = 0; i < rows; i++)
                along += parts.Left[(i * count) + k] * labels[i];
            along *= value / ((value * value) + (ridge * rows));
            for (var j = 0; j < columns; j++)
                weights[j] += along * parts.RightTransposed[(k * columns) + j];
        }

        return weights;
    }
}
