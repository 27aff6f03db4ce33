using Eigenflow.Data;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Matrices and rows that users give, and what is asked of them.</summary>
internal static class GivenMatrices
{
    private const double Rounding = 1e-9;

    /// <summary>H = diag(2, 1), where none is given.</summary>
    public static Matrix<double> Hessian { get; } = Matrix<double>.Build.DenseOfRowMajor(2, 2, [2, 0, 0, 1]);

    /// <summary>D = 10⁻⁴ (1, ½; ½, 1), where none is given.</summary>
    public static Matrix<double> Diffusion { get; } = Matrix<double>.Build.DenseOfRowMajor(2, 2, [1e-4, 0.5e-4, 0.5e-4, 1e-4]);

    /// <summary>The matrix of a file.</summary>
    public static Matrix<double> Of(DataMatrix? matrix, string name) => matrix is { } given
        ? Matrix<double>.Build.DenseOfRowMajor(given.Rows, given.Columns, given.Values)
        : throw new ParameterException(name, "(nothing)", "file:PATH of a symmetric matrix", "hessian and diffusion are given together");

    /// <summary>Checks a Hessian and a diffusion matrix.</summary>
    /// <exception cref="ParameterException">One is missing, not square, not symmetric, not positive, or they differ in size.</exception>
    public static void Check(DataMatrix? hessian, DataMatrix? diffusion)
    {
        Matrix<double> h = Symmetric(hessian, "hessian"), d = Symmetric(diffusion, "diffusion");
        if (h.RowCount != d.RowCount)
            throw new ParameterException("diffusion", $"({d.RowCount} x {d.RowCount})", $"a matrix as large as the Hessian ({h.RowCount} x {h.RowCount})");
        if (!(Smallest(h) > 0))
            throw new ParameterException("hessian", DisplayText.Plain($"(smallest eigenvalue {Smallest(h):G4})"), "positive definite", "there is no stationary state otherwise");
        if (!(Smallest(d) >= -Rounding * d.FrobeniusNorm()))
            throw new ParameterException("diffusion", DisplayText.Plain($"(smallest eigenvalue {Smallest(d):G4})"), "positive semidefinite", "it is half of a covariance");
        if (d.Enumerate().All(value => value == 0))
            throw new ParameterException("diffusion", "(all zero)", "a matrix that is not zero", "there is no noise otherwise");
    }

    /// <summary>Checks rows of features with a target.</summary>
    public static void CheckRows(DataMatrix? rows)
    {
        if (rows is not { } table)
            throw new ParameterException("problem", "file", "file:PATH of rows of features with the target last");
        if (table.Columns < 2 || table.Columns - 1 > EquilibriumProblem.LargestDimension)
            throw new ParameterException("problem", $"(rows of {table.Columns} columns)", $"rows of 1 to {EquilibriumProblem.LargestDimension} features with the target last", "choose fewer columns");
        if (table.Rows is < 2 or > EquilibriumProblem.LargestSamples)
            throw new ParameterException("problem", $"({table.Rows} rows)", $"from 2 to {EquilibriumProblem.LargestSamples} rows");
    }

    private static Matrix<double> Symmetric(DataMatrix? given, string name)
    {
        var matrix = Of(given, name);
        if (matrix.RowCount != matrix.ColumnCount)
            throw new ParameterException(name, $"({matrix.RowCount} x {matrix.ColumnCount})", "a square matrix");
        if (matrix.RowCount > EquilibriumProblem.LargestDimension)
            throw new ParameterException(name, $"({matrix.RowCount} x {matrix.RowCount})", $"a matrix of at most {EquilibriumProblem.LargestDimension} rows");
        var largest = matrix.Enumerate().Max(Math.Abs);
        for (var i = 0; i < matrix.RowCount; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!(Math.Abs(matrix[i, j] - matrix[j, i]) <= Rounding * largest))
                    throw new ParameterException(name, FormattableString.Invariant($"(entries {matrix[i, j]:G6} and {matrix[j, i]:G6} at {i + 1},{j + 1} and {j + 1},{i + 1})"), "a symmetric matrix");
            }
        }

        return matrix;
    }

    private static double Smallest(Matrix<double> matrix) => matrix.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
}
