namespace Eigenflow.Numerics.Dense;

/// <summary>
/// Solves v = argmin (1/P) ‖Φv − y‖² + λ‖v‖² for several y: by Cholesky factors of the smaller Gram matrix where the ridge keeps it well conditioned, otherwise, and for the shortest solution at λ = 0,
/// by a singular value decomposition. Work P N min(P, N) or six times that, then (P + N) min(P, N) per right-hand side.
/// </summary>
internal sealed class RidgeSolver
{
    /// <summary>Singular values below this part of the largest are those of rounding.</summary>
    private const double Rank = 1e-13;

    // Gram matrices lose as many digits as their condition number has; nine remain at this one.
    private const double LargestCondition = 1e7;

    private readonly double[] design;
    private readonly int rows;
    private readonly int columns;
    private readonly double ridge;
    private readonly double[]? gram;
    private readonly ThinSvd? parts;

    /// <summary>Prepares.</summary>
    /// <param name="design">Φ, P × N, row by row; kept.</param>
    /// <param name="rows">P ≥ 1.</param>
    /// <param name="columns">N ≥ 1.</param>
    /// <param name="ridge">λ ≥ 0.</param>
    public RidgeSolver(double[] design, int rows, int columns, double ridge)
    {
        (this.design, this.rows, this.columns, this.ridge) = (design, rows, columns, ridge);
        var trace = 0.0;
        foreach (var value in design)
            trace += value * value;
        if (ridge * rows * LargestCondition < trace)
        {
            parts = DenseAlgebra.Best.ThinSvd(design, rows, columns);
            return;
        }

        var size = Math.Min(rows, columns);
        gram = new double[size * size];
        if (IsDual)
        {
            var transposed = new double[rows * columns];
            MatrixProduct.Transpose(design, transposed, rows, columns);
            MatrixProduct.Multiply(design, transposed, gram, rows, columns, rows);
        }
        else
        {
            MatrixProduct.MultiplyTransposed(design, design, gram, columns, rows, columns);
        }

        for (var k = 0; k < size; k++)
            gram[(k * size) + k] += ridge * rows;
        _ = SmallCholesky.Factor(gram, size);
    }

    /// <summary>P − tr Φ(ΦᵀΦ + λP)⁻¹Φᵀ: the directions of the labels that are not fitted, without cancellation; 0 where all are.</summary>
    public double Kept
    {
        get
        {
            var size = Math.Min(rows, columns);
            if (gram is not null)
                return rows - size + (ridge * rows * SmallCholesky.InverseTrace(gram, size));
            double kept = rows - parts!.Values.Length;
            foreach (var value in parts.Values)
                kept += value <= Rank * parts.Values[0] ? 1 : ridge * rows / ((value * value) + (ridge * rows));
            return kept;
        }
    }

    private bool IsDual => columns > rows;

    /// <summary>The solution for labels.</summary>
    /// <param name="labels">y, P numbers.</param>
    /// <returns>v, N numbers.</returns>
    public double[] Solve(ReadOnlySpan<double> labels) => parts is not null ? Shortest(parts, labels) : Factored(gram!, labels);

    private double[] Factored(double[] factor, ReadOnlySpan<double> labels)
    {
        if (IsDual)
        {
            double[] dual = labels.ToArray(), weights = new double[columns];
            SmallCholesky.Substitute(factor, dual);
            MatrixProduct.MultiplyTransposed(design, dual, weights, columns, rows, 1);
            return weights;
        }

        var solution = new double[columns];
        MatrixProduct.MultiplyTransposed(design, labels, solution, columns, rows, 1);
        SmallCholesky.Substitute(factor, solution);
        return solution;
    }

    private double[] Shortest(ThinSvd svd, ReadOnlySpan<double> labels)
    {
        var count = svd.Values.Length;
        double[] along = new double[count], weights = new double[columns];
        MatrixProduct.MultiplyTransposed(svd.Left, labels, along, count, rows, 1);
        var kept = svd.RankAbove(Rank);
        for (var k = 0; k < count; k++)
        {
            var value = svd.Values[k];
            along[k] *= k < kept ? value / ((value * value) + (ridge * rows)) : 0;
        }

        MatrixProduct.MultiplyTransposed(svd.RightTransposed, along, weights, columns, count, 1);
        return weights;
    }
}
