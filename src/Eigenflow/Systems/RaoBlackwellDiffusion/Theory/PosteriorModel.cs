using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>One parameter θ on the posterior mean ψ(x) = E[x₀|x]: the optimum θ = 1 is realisable, and a target that is ψ itself has no noise there. The model is equivariant: poses do not matter.</summary>
internal static class PosteriorModel
{
    private const int Parts = 4;

    /// <summary>The model as a linear one of one parameter, and the noise and the loss of the problem's estimator.</summary>
    /// <param name="problem">The problem; its estimator is plain, augmented, orbit or full.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (LinearModel Model, Matrix<double> Noise, double Loss) Of(DiffusionProblem problem, CancellationToken cancellation)
    {
        PoseMoments.Check(problem, false);
        var (level, d) = (problem.Level, problem.Dimension);
        var (estimator, full) = (TargetEstimator.Of(problem), new FullTarget(problem));
        double[] t = new double[d], psi = new double[d];
        var (sums, _) = NoiseIntegral.Of(problem, NoiseIntegral.BasisOf(problem), Parts, problem.Estimator != EstimatorKind.Full, 0, Evaluate, 1, cancellation);
        Matrix<double> One(double value) => Matrix<double>.Build.Dense(1, 1, value);
        var second = One(sums[0]);
        return (new LinearModel { Size = 1, Second = second, Optimum = One(1), SymmetricSecond = second, SymmetricOptimum = One(1), Fourth = One(sums[1]), Cross = One(0), CleanLoss = sums[3] }, One(sums[2]), sums[3]);

        void Evaluate(int template, ReadOnlySpan<double> x0, ReadOnlySpan<double> x, Span<double> values)
        {
            estimator.Target(level, template, x0, x, [], t);
            full.Mean(level, x, psi);
            var square = Vectors.Dot(psi, psi);
            var along = Vectors.Dot(psi, t) - square;
            values[0] = square;
            values[1] = square * square;
            values[2] = along * along;
            values[3] = Vectors.SquaredDistance(psi, t);
        }
    }
}
