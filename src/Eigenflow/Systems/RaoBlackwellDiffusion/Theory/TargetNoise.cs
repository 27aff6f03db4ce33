using Eigenflow.Numerics.Quadrature;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// What an estimator takes from the noise of the gradient of a linear denoiser: E|ρ|² xxᵀ is that of the target x₀ less E tr Cov(x₀|x, orbit) xxᵀ (orbit) or E tr Cov(x₀|x) xxᵀ (full), because both are conditional means.
/// Integrals over the noise in the pose of the templates, averaged over the poses.
/// </summary>
internal static class TargetNoise
{
    private const int MostOnGrid = 2;
    private const double SharpestSignal = 50;

    /// <summary>N of an estimator, and its loss E|ρ|² at the optimum.</summary>
    /// <param name="problem">The problem; its estimator is plain, augmented, orbit or full.</param>
    /// <param name="model">The linear denoiser with fourth moments.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (Matrix<double> Noise, double Loss) Of(DiffusionProblem problem, LinearModel model, CancellationToken cancellation)
    {
        if (problem.Estimator is EstimatorKind.Plain or EstimatorKind.Augmented)
            return (model.CleanNoise!, model.CleanLoss);
        var (taken, square) = Taken(problem, cancellation);
        return (model.CleanNoise! - taken, model.CleanLoss - square);
    }

    /// <summary>The trace of N of the orbit target over that of the augmented one: the ratio of gradient noises of the linear denoiser at its optimum.</summary>
    public static double Ratio(DiffusionProblem problem, CancellationToken cancellation)
    {
        var orbit = problem with { Estimator = EstimatorKind.Orbit };
        var model = LinearModel.Of(orbit, true);
        return Of(orbit, model, cancellation).Noise.Trace() / model.CleanNoise!.Trace();
    }

    // E‖x₀ − t‖² xxᵀ and E‖x₀ − t‖² of the exact target t.
    private static (Matrix<double> Taken, double Square) Taken(DiffusionProblem problem, CancellationToken cancellation)
    {
        var (level, d, group) = (problem.Level, problem.Dimension, problem.Group);
        var basis = problem.Spread > 0 ? NoiseBasis.Whole(problem) : NoiseBasis.Of(problem);
        var directions = basis.Length * (problem.Spread > 0 ? 2 : 1);
        var target = TargetEstimator.Of(problem);
        double[] x0 = new double[d], x = new double[d], t = new double[d], sums = new double[(d * d) + 1];
        for (var m = 0; m < problem.Templates.Count; m++)
        {
            var (template, weight) = (problem.Templates.Values[m], problem.Templates.Weights[m]);
            if (weight == 0)
                continue;
            cancellation.ThrowIfCancellationRequested();
            var signal = level.Alpha * Math.Sqrt(Vectors.Dot(template, template)) / level.Sigma;
            var part = GaussianExpectation.Standard(directions, sums.Length, Evaluate, 1 / Math.Clamp(signal, 1, SharpestSignal), mostOnGrid: MostOnGrid, latticePoints: TargetVariance.LatticePoints(problem));
            for (var k = 0; k < sums.Length; k++)
                sums[k] += weight * part.Values[k];

            void Evaluate(ReadOnlySpan<double> z, Span<double> values)
            {
                TargetVariance.Place(problem, level, basis, template, z, x0, x);
                target.Target(level, m, x0, x, [], t);
                var square = Vectors.SquaredDistance(x0, t);
                for (var a = 0; a < d; a++)
                {
                    for (var b = 0; b < d; b++)
                        values[(a * d) + b] = square * x[a] * x[b];
                }

                values[d * d] = square;
            }
        }

        var own = Matrix<double>.Build.Dense(d, d, (a, b) => sums[(a * d) + b]);

        // Noise outside of what targets see goes into the features all the same.
        if (problem.Spread == 0)
        {
            var seen = Matrix<double>.Build.Dense(d, d, (a, b) => basis.Sum(unit => unit[a] * unit[b]));
            own += level.Sigma * level.Sigma * sums[^1] * (LinearModel.Directions(problem) - seen);
        }

        var average = Matrix<double>.Build.Dense(d, d);
        for (var k = 0; k < group.DesignSize; k++)
        {
            var element = Element(group, k);
            average += (element * own).TransposeAndMultiply(element) / group.DesignSize;
        }

        return (average, sums[^1]);
    }

    private static Matrix<double> Element(SymmetryGroup group, int index)
    {
        var d = group.Dimension;
        var matrix = Matrix<double>.Build.Dense(d, d);
        double[] unit = new double[d], image = new double[d];
        for (var j = 0; j < d; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            group.ApplyDesign(index, unit, image);
            matrix.SetColumn(j, image);
        }

        return matrix;
    }
}
