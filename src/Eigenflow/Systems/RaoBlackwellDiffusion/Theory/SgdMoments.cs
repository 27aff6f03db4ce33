using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// Exact first and second moments of mini-batch SGD θ ← θ − (2η/B) Σ (Wx − t) xᵀ around its optimum: with D = E(W − W*) and S = E(W − W*)ᵀ(W − W*), C = E xxᵀ and N = E|ρ|² xxᵀ,
/// D ← D − 2ηDC and S ← S − 2η(SC + CS) + (4η²/B)(E xxᵀSxxᵀ − 2E(ρᵀDx)xxᵀ + N) + 4η²(1 − 1/B) CSC. Derived.
/// </summary>
/// <param name="Model">The model with its fourth moments.</param>
/// <param name="Noise">N of the estimator.</param>
/// <param name="Batch">B ≥ 1.</param>
internal sealed record SgdMoments(LinearModel Model, Matrix<double> Noise, double Batch)
{
    private const int PowerSteps = 5000;
    private const double PowerTolerance = 1e-13;
    private const double Half = 0.5;

    /// <summary>Estimated error of N relative to its trace, and with it of floors.</summary>
    public double NoiseError { get; init; }

    /// <summary>That of floors, with what rounding of small directions beside the signal adds.</summary>
    public double FloorError => NoiseError + Model.Rounding;

    /// <summary>The entries of a matrix row by row.</summary>
    public static Vector<double> Vector(Matrix<double> matrix) => Vector<double>.Build.Dense(matrix.RowCount * matrix.ColumnCount, k => matrix[k / matrix.ColumnCount, k % matrix.ColumnCount]);

    /// <summary>A square matrix of entries row by row.</summary>
    public static Matrix<double> MatrixOf(Vector<double> entries, int size) => Matrix<double>.Build.Dense(size, size, (i, j) => entries[(i * size) + j]);

    /// <summary>One step of the second moments.</summary>
    /// <param name="moment">S.</param>
    /// <param name="mean">D before the step.</param>
    /// <param name="rate">η.</param>
    public Matrix<double> Step(Matrix<double> moment, Matrix<double> mean, double rate)
    {
        var driven = MatrixOf(Model.Cross! * Vector(mean), Model.Size);
        var next = Multiply(moment, rate) + ((4 * rate * rate / Batch) * (Noise - driven - driven.Transpose()));

        // An antisymmetric part of rounding would grow.
        return (next + next.Transpose()) / 2;
    }

    /// <summary>One step of the first moments.</summary>
    public Matrix<double> Step(Matrix<double> mean, double rate) => mean - (2 * rate * (mean * Model.Second));

    /// <summary>The stationary second moments, or null where they do not exist.</summary>
    /// <param name="rate">η.</param>
    public Matrix<double>? Stationary(double rate)
    {
        if (!(rate < LargestRate()))
            return null;
        var (d, c) = (Model.Size, Model.Second);
        var eigen = c.Evd(Symmetricity.Symmetric);
        var (values, vectors) = (eigen.EigenValues.Map(value => value.Real), eigen.EigenVectors);

        // In the basis of C and in units of the root of SC + CS directions of small and of large variance stand alike: what the noise alone fills is not lost beside the signal.
        var smallest = Half * Model.SmallestVariance;
        var scale = Vector<double>.Build.Dense(d * d, k => values[k / d] + values[k % d] is var sum && values[k / d] > smallest && values[k % d] > smallest ? 1 / Math.Sqrt(sum) : 0);
        var turn = vectors.Transpose().KroneckerProduct(vectors.Transpose());
        var quartic = turn * ((Model.Fourth! / Batch) + ((1 - (1 / Batch)) * c.KroneckerProduct(c))) * turn.Transpose();
        var system = Matrix<double>.Build.Dense(d * d, d * d, (row, column) => (row == column ? 2 * rate : 0) - (4 * rate * rate * scale[row] * quartic[row, column] * scale[column]));
        var driven = (4 * rate * rate / Batch) * scale.PointwiseMultiply(turn * Vector(Noise));

        // Directions that features do not have stay where they are.
        return MatrixOf(turn.TransposeThisAndMultiply(scale.PointwiseMultiply(system.Solve(driven))), d);
    }

    /// <summary>The largest stable learning rate, 1/(2ρ) with the spectral radius ρ of L⁻¹M, L(S) = SC + CS and M(S) = E xxᵀSxxᵀ/B + (1 − 1/B) CSC: both keep positive matrices positive.</summary>
    public double LargestRate()
    {
        var eigen = Model.Second.Evd(Symmetricity.Symmetric);
        var (values, vectors) = (eigen.EigenValues.Map(value => value.Real), eigen.EigenVectors);
        var smallest = Half * Model.SmallestVariance;
        var moment = Model.Second / Model.Second.FrobeniusNorm();
        var radius = 0.0;
        for (var k = 0; k < PowerSteps; k++)
        {
            var image = vectors.TransposeThisAndMultiply(Quartic(moment)) * vectors;
            image.MapIndexedInplace((i, j, value) => values[i] > smallest && values[j] > smallest ? value / (values[i] + values[j]) : 0);
            image = vectors * image.TransposeAndMultiply(vectors);
            var size = image.FrobeniusNorm();
            moment = image / size;
            if (Math.Abs(size - radius) <= PowerTolerance * size)
                break;
            radius = size;
        }

        return 1 / (2 * radius);
    }

    private Matrix<double> Multiply(Matrix<double> moment, double rate)
    {
        var along = moment * Model.Second;
        return moment - (2 * rate * (along + along.Transpose())) + (4 * rate * rate * Quartic(moment));
    }

    private Matrix<double> Quartic(Matrix<double> moment) =>
        (MatrixOf(Model.Fourth! * Vector(moment), Model.Size) / Batch) + ((1 - (1 / Batch)) * (Model.Second * moment * Model.Second));
}
