using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The eigenbasis of a symmetric matrix, in which linear equations for covariances are diagonal.</summary>
internal sealed class EigenBasis
{
    private readonly Matrix<double> vectors;

    public EigenBasis(Matrix<double> symmetric)
    {
        var evd = ((symmetric + symmetric.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        Values = [.. evd.EigenValues.Select(value => value.Real)];
        vectors = evd.EigenVectors;
    }

    /// <summary>Eigenvalues, ascending.</summary>
    public double[] Values { get; }

    /// <summary>The symmetric S whose entries in the basis are those of Q over denominators of two eigenvalues.</summary>
    public Matrix<double> Divide(Matrix<double> q, Func<double, double, double> denominator)
    {
        var inside = vectors.TransposeThisAndMultiply(q) * vectors;
        inside.MapIndexedInplace((i, j, value) => value / denominator(Values[i], Values[j]));
        var s = vectors * inside.TransposeAndMultiply(vectors);
        return (s + s.Transpose()) / 2;
    }

    /// <summary>f of the matrix.</summary>
    public Matrix<double> Map(Func<double, double> function) => vectors * Matrix<double>.Build.DenseOfDiagonalArray([.. Values.Select(function)]).TransposeAndMultiply(vectors);
}
