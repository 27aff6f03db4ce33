using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The preconditioned flow whose preconditioner is diagonal in a rotated basis, P = R diag((RᵀQR)_ii)^(−κ) Rᵀ, as entries that move apart from one another (derived): with Q^½PQ^½ = V diag(μ) Vᵀ and
/// z = VᵀQ^½w the flow ẇ = −P∇L is ż_j = 4μ_j [(s* − 3s) z_j + 2u z*_j] with s = Σ z_j², u = Σ z_j z*_j: the usual one with λ_j = μ_j and weights 1/μ_j. Only the MSE needs all pairs:
/// w − w* = Q^(−½)V(z − z*). Work one eigendecomposition, then O(n) per step and O(n²) per recorded row.
/// </summary>
internal static class RotatedModes
{
    /// <summary>Largest dimension.</summary>
    public const int LargestDimension = 300;

    // Far beyond one every rotation is as random as any other.
    public const double LargestRotation = 100;

    /// <summary>The entries of a problem.</summary>
    /// <exception cref="ParameterException">Too many modes, or modes without inputs.</exception>
    public static WeightedModes Of(PhaseRetrievalProblem problem)
    {
        problem.Validate();
        if (problem.Spectrum.Dimension > LargestDimension)
            throw new ParameterException("dimension", problem.Spectrum.Dimension, $"a whole number >= 1 and <= {LargestDimension} beside a rotation", "leave rotation out, or use a smaller dimension");
        var plain = (problem with { Rotation = 0, Preconditioner = 0 }).Modes(ModeRepresentation.Full);
        var size = plain.Size;
        if (!(plain.Eigenvalues[^1] > 0))
            throw new ParameterException("rotation", problem.Rotation, "0 where eigenvalues are zero", "the rotated preconditioner would move weights that no input sees");
        double[] roots = [.. plain.Eigenvalues.Select(Math.Sqrt)];
        var eigen = DenseAlgebra.Best.SymmetricEigen(Symmetric(problem, plain.Eigenvalues, roots), size);
        double[] start = new double[size], teacher = new double[size], weights = new double[size], ones = new double[size], metric = new double[size * size];
        Array.Fill(ones, 1);
        for (var j = 0; j < size; j++)
        {
            for (var i = size - 1; i >= 0; i--)
            {
                var entry = eigen.Vectors[(j * size) + i];
                start[j] += entry * roots[i] * plain.Start[i];
                teacher[j] += entry * roots[i] * plain.Teacher[i];
                metric[(j * size) + i] = entry / roots[i];
            }

            weights[j] = 1 / eigen.Values[j];
        }

        return new WeightedModes(eigen.Values, weights, start, teacher, ones, size, ModeRepresentation.Full)
        {
            Metric = new ErrorMetric(metric, size),
            TeacherNormSquared = plain.TeacherNormSquared,
        };
    }

    // Q^½ P Q^½.
    private static double[] Symmetric(PhaseRetrievalProblem problem, double[] eigenvalues, double[] roots)
    {
        var size = roots.Length;
        var rotation = RandomRotation.Of(problem.RotationSeed, RandomStreams.Rotation, size, problem.Rotation);
        double[] product = new double[size * size], left = new double[size * size];
        for (var k = 0; k < size; k++)
        {
            var diagonal = 0.0;
            for (var i = size - 1; i >= 0; i--)
                diagonal += eigenvalues[i] * rotation[(i * size) + k] * rotation[(i * size) + k];
            var factor = Math.Pow(diagonal, -problem.Preconditioner / 2);
            for (var i = 0; i < size; i++)
                left[(k * size) + i] = roots[i] * rotation[(i * size) + k] * factor;
        }

        MatrixProduct.MultiplyTransposed(left, left, product, size, size, size);
        return product;
    }
}
