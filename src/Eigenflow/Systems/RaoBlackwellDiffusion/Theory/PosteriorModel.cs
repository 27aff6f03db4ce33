using Eigenflow.Numerics.Quadrature;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>One parameter θ on the posterior mean ψ(x) = E[x₀|x]: the optimum θ = 1 is realisable, and a target that is ψ itself has no noise there. The model is equivariant: poses do not matter.</summary>
internal static class PosteriorModel
{
    private const int Parts = 4;
    private const int MostOnGrid = 2;
    private const double SharpestSignal = 50;

    /// <summary>The model as a linear one of one parameter, and the noise and the loss of the problem's estimator.</summary>
    /// <param name="problem">The problem; its estimator is plain, augmented, orbit or full.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (LinearModel Model, Matrix<double> Noise, double Loss) Of(DiffusionProblem problem, CancellationToken cancellation)
    {
        PoseMoments.Check(problem, false);
        var (level, d) = (problem.Level, problem.Dimension);
        var basis = problem.Spread > 0 ? NoiseBasis.Whole(problem) : NoiseBasis.Of(problem);
        var (estimator, full) = (TargetEstimator.Of(problem), new FullTarget(problem));
        double[] x0 = new double[d], x = new double[d], t = new double[d], psi = new double[d], sums = new double[Parts];
        for (var m = 0; m < problem.Templates.Count; m++)
        {
            var (template, weight) = (problem.Templates.Values[m], problem.Templates.Weights[m]);
            cancellation.ThrowIfCancellationRequested();
            var signal = level.Alpha * Math.Sqrt(Vectors.Dot(template, template)) / level.Sigma;
            var part = GaussianExpectation.Standard(basis.Length * (problem.Spread > 0 ? 2 : 1), Parts, Evaluate, 1 / Math.Clamp(signal, 1, SharpestSignal), mostOnGrid: MostOnGrid, latticePoints: TargetVariance.LatticePoints(problem));
            for (var k = 0; k < Parts && weight > 0; k++)
                sums[k] += weight * part.Values[k];

            void Evaluate(ReadOnlySpan<double> z, Span<double> values)
            {
                TargetVariance.Place(problem, level, basis, template, z, x0, x);
                estimator.Target(level, m, x0, x, [], t);
                full.Mean(level, x, psi);
                var square = Vectors.Dot(psi, psi);
                var along = Vectors.Dot(psi, t) - square;
                values[0] = square;
                values[1] = square * square;
                values[2] = along * along;
                values[3] = Vectors.SquaredDistance(psi, t);
            }
        }

        Matrix<double> One(double value) => Matrix<double>.Build.Dense(1, 1, value);
        var second = One(sums[0]);
        return (new LinearModel { Size = 1, Second = second, Optimum = One(1), SymmetricSecond = second, SymmetricOptimum = One(1), Fourth = One(sums[1]), Cross = One(0), CleanLoss = sums[3] }, One(sums[2]), sums[3]);
    }
}
