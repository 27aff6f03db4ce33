using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// What SGD on a model that is linear in its parameters needs to know: the optimum W*, second moments of the features, and for the second moments of the trajectory the fourth ones. The optimum is W* = αC(α²C + σ²)⁻¹ for all unbiased
/// targets (linear denoiser), or 1 (one parameter on the posterior mean).
/// </summary>
internal sealed record LinearModel
{
    /// <summary>Rows and columns of W.</summary>
    public required int Size { get; init; }

    /// <summary>E x xᵀ under the law that is trained on.</summary>
    public required Matrix<double> Second { get; init; }

    /// <summary>W* of that law.</summary>
    public required Matrix<double> Optimum { get; init; }

    /// <summary>E x xᵀ under the symmetrised law, in which risks are measured.</summary>
    public required Matrix<double> SymmetricSecond { get; init; }

    /// <summary>W* of the symmetrised law.</summary>
    public required Matrix<double> SymmetricOptimum { get; init; }

    /// <summary>E x_a x_b x_c x_e as a map of symmetric matrices, d² × d²: S ↦ E xxᵀ S xxᵀ. Null where it was not asked for.</summary>
    public Matrix<double>? Fourth { get; init; }

    /// <summary>The map D ↦ E (ρᵀ D x) x xᵀ with ρ = target − W*x, d² × d²; the same for all unbiased targets.</summary>
    public Matrix<double>? Cross { get; init; }

    /// <summary>E|ρ|² x xᵀ of the target x₀, d × d: a quarter of the noise of its gradient at the optimum.</summary>
    public Matrix<double>? CleanNoise { get; init; }

    /// <summary>E|ρ|² of the target x₀.</summary>
    public double CleanLoss { get; init; }

    /// <summary>Variance of a direction that the noise alone fills; 0 where there is none such. Features have no smaller one but 0.</summary>
    public double SmallestVariance { get; init; }

    /// <summary>Estimated relative error of what is known of directions that the noise alone fills, by rounding beside the signal.</summary>
    public double Rounding => SmallestVariance > 0 ? Epsilon * Size * Second.Trace() / SmallestVariance : 0;

    /// <summary>Estimated relative error of <see cref="CleanNoise"/>, a difference of moments of the signal.</summary>
    public double CleanError { get; init; }

    private const double Epsilon = 2.2e-16, CleanRounding = 1e-14;

    /// <summary>The linear denoiser.</summary>
    /// <param name="problem">The problem at its noise level.</param>
    /// <param name="hasFourth">Whether second moments of trajectories are needed.</param>
    /// <exception cref="ParameterException">The problem is too large.</exception>
    public static LinearModel Of(DiffusionProblem problem, bool hasFourth)
    {
        var isSymmetrised = problem.Estimator != EstimatorKind.Plain;
        var poses = PoseMoments.Of(problem, isSymmetrised, hasFourth);
        var symmetric = isSymmetrised && hasFourth ? poses : PoseMoments.Of(problem, true, false);
        var (second, optimum, loss) = OptimumOf(problem, poses);
        var (symmetricSecond, symmetricOptimum, _) = OptimumOf(problem, symmetric);
        var level = problem.Level;
        var model = new LinearModel
        {
            Size = poses.Dimension,
            Second = second,
            Optimum = optimum,
            SymmetricSecond = symmetricSecond,
            SymmetricOptimum = symmetricOptimum,
            SmallestVariance = (level.Sigma * level.Sigma) + (level.Alpha * level.Alpha * problem.Spread),
            CleanLoss = loss,
            CleanError = CleanRounding * problem.MeanSquare / loss,
        };
        return hasFourth ? LinearMoments.Complete(model, problem, poses) : model;
    }

    /// <summary>Excess risk E‖(W − W*)x‖² under the symmetrised law.</summary>
    /// <param name="weights">W.</param>
    public double ExcessRisk(Matrix<double> weights)
    {
        var distance = weights - SymmetricOptimum;
        return (distance * SymmetricSecond).PointwiseMultiply(distance).Enumerate().Sum();
    }

    /// <summary>The mean excess risk of a random W with E(W − W*) = D and E(W − W*)ᵀ(W − W*) = S.</summary>
    public double ExcessRisk(Matrix<double> mean, Matrix<double> moment)
    {
        var shift = Optimum - SymmetricOptimum;
        return (moment * SymmetricSecond).Trace() + (shift * SymmetricSecond * (shift + (2 * mean)).Transpose()).Trace();
    }

    /// <summary>The projection on the directions of noise: all, or those of centred clouds.</summary>
    public static Matrix<double> Directions(DiffusionProblem problem)
    {
        var (d, columns) = (problem.Dimension, problem.Templates.Columns);
        return Matrix<double>.Build.Dense(d, d, (i, j) => (i == j ? 1.0 : 0) - (problem.IsCentred && i % columns == j % columns ? 1.0 / problem.Templates.Rows : 0));
    }

    // Also E|x₀ − W*x|², a sum of positive terms. Directions of the signal and of the noise alone are told apart before they are weighed.
    private static (Matrix<double> Second, Matrix<double> Optimum, double Loss) OptimumOf(DiffusionProblem problem, PoseMoments poses)
    {
        var (level, d, directions) = (problem.Level, poses.Dimension, Directions(problem));
        var signal = Matrix<double>.Build.Dense(d, d, (i, j) => poses.Second[(i * d) + j]);
        var second = (level.Alpha * level.Alpha * (signal + (problem.Spread * directions))) + (level.Sigma * level.Sigma * directions);
        var eigen = signal.Evd(Symmetricity.Symmetric);
        var (values, vectors) = (eigen.EigenValues.Map(value => value.Real), eigen.EigenVectors);
        var (smallest, loss) = (Epsilon * d * values.Maximum(), 0.0);
        var (weights, alone) = (Vector<double>.Build.Dense(d), Weight(problem.Spread).Value);
        for (var k = 0; k < d; k++)
        {
            var (weight, left) = Weight((values[k] > smallest ? values[k] : 0) + problem.Spread);
            (weights[k], loss) = (weight - alone, loss + left);
        }

        // Directions without noise carry nothing.
        loss -= (d - directions.Trace()) * Weight(problem.Spread).Left;
        return (second, (vectors * Matrix<double>.Build.DenseOfDiagonalVector(weights)).TransposeAndMultiply(vectors) + (alone * directions), loss);

        (double Value, double Left) Weight(double variance)
        {
            double noise = level.Sigma * level.Sigma, whole = (level.Alpha * level.Alpha * variance) + noise;
            return (level.Alpha * variance / whole, noise * variance / whole);
        }
    }
}
