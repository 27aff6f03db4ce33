using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// The noise of the gradient of a linear denoiser at its optimum, N = E|t − W*x|² xxᵀ. For exact targets t an integral over the noise in the pose of the templates, averaged over the poses; all its terms are positive, so that what is
/// left at high noise is not a difference of large numbers.
/// </summary>
/// <param name="Noise">N, d × d.</param>
/// <param name="Loss">E|t − W*x|².</param>
/// <param name="Error">Estimated error of N relative to its trace.</param>
internal sealed record TargetNoise(Matrix<double> Noise, double Loss, double Error)
{
    /// <summary>Largest relative error of what is stated: beyond, not one digit is known.</summary>
    public const double LargestError = 0.1;

    /// <summary>Whether a value of an estimated error is stated.</summary>
    public static bool Tells(double value, double error) => error <= LargestError * Math.Abs(value);

    /// <summary>How many times more points than usual: products of four numbers of noise have heavy tails.</summary>
    public const int Refinement = 4;

    /// <summary>N of an estimator.</summary>
    /// <param name="problem">The problem; its estimator is plain, augmented, orbit or full.</param>
    /// <param name="model">The linear denoiser with fourth moments.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="refinement">How many times more points than usual a lattice has.</param>
    public static TargetNoise Of(DiffusionProblem problem, LinearModel model, CancellationToken cancellation, int refinement = Refinement) =>
        problem.Estimator is EstimatorKind.Plain or EstimatorKind.Augmented ? OfClean(model) : problem.Group is CoordinateSigns && problem.Templates.Count == 1 && !problem.IsCentred ? ByCoordinates(problem, model, cancellation) : Left(problem, model, refinement, cancellation);

    /// <summary>The trace of N of the orbit target over that of the augmented one, and its relative error: the ratio of gradient noises of the linear denoiser at its optimum.</summary>
    public static (double Value, double Error) Ratio(DiffusionProblem problem, CancellationToken cancellation, int refinement = Refinement)
    {
        var orbit = problem with { Estimator = EstimatorKind.Orbit };
        var model = LinearModel.Of(orbit, true);
        return Of(orbit, model, cancellation, refinement).RatioTo(model);
    }

    /// <summary>The same where the noise of the orbit target is this one.</summary>
    public (double Value, double Error) RatioTo(LinearModel model)
    {
        var whole = OfClean(model);
        return (Noise.Trace() / whole.Noise.Trace(), Error + whole.Error);
    }

    // From moments, to the rounding of what it is the rest of.
    private static TargetNoise OfClean(LinearModel model) =>
        new(model.CleanNoise!, model.CleanLoss, model.CleanError);

    private static TargetNoise Left(DiffusionProblem problem, LinearModel model, int refinement, CancellationToken cancellation)
    {
        var (level, d, group) = (problem.Level, problem.Dimension, problem.Group);
        var basis = NoiseIntegral.BasisOf(problem);
        var target = TargetEstimator.Of(problem);
        var (optimum, t) = (SgdMoments.Vector(model.Optimum).ToArray(), new double[d]);
        var (sums, errors) = NoiseIntegral.Of(problem, basis, (d * d) + 2, problem.Estimator == EstimatorKind.Orbit, 0, Evaluate, refinement, cancellation);
        var own = Matrix<double>.Build.Dense(d, d, (a, b) => sums[(a * d) + b]);
        var error = Enumerable.Range(0, d).Sum(a => errors[(a * d) + a]);

        // Noise outside of what targets see goes into the features all the same.
        if (problem.Spread == 0)
        {
            var seen = Matrix<double>.Build.Dense(d, d, (a, b) => basis.Sum(unit => unit[a] * unit[b]));
            var rest = LinearModel.Directions(problem) - seen;
            own += level.Sigma * level.Sigma * sums[d * d] * rest;
            error += level.Sigma * level.Sigma * errors[d * d] * Math.Max(0, rest.Trace());
        }

        var average = Matrix<double>.Build.Dense(d, d);
        for (var k = 0; k < group.DesignSize; k++)
        {
            var element = Element(group, k);
            average += (element * own).TransposeAndMultiply(element) / group.DesignSize;
        }

        // Targets have an error of their own, which counts where they are nearly linear.
        var (trace, blur) = (average.Trace(), group.Precision * Math.Sqrt(sums[^1]));
        error += blur * ((2 * Math.Sqrt(Math.Max(0, trace))) + blur);
        return new TargetNoise(average, sums[d * d], Relative(error, trace));

        void Evaluate(int template, ReadOnlySpan<double> x0, ReadOnlySpan<double> x, Span<double> values)
        {
            target.Target(level, template, x0, x, [], t);
            double square = 0, size = Vectors.Dot(t, t);
            for (var a = 0; a < d; a++)
            {
                var rest = t[a] - Vectors.Dot(optimum.AsSpan(a * d, d), x);
                square += rest * rest;
            }

            for (var a = 0; a < d; a++)
            {
                for (var b = 0; b < d; b++)
                    values[(a * d) + b] = square * x[a] * x[b];
            }

            values[d * d] = square;
            values[(d * d) + 1] = size * Vectors.Dot(x, x);
        }
    }

    // Flips of coordinates are independent of each other: one line integral each, and N is diagonal.
    private static TargetNoise ByCoordinates(DiffusionProblem problem, LinearModel model, CancellationToken cancellation)
    {
        var (d, level) = (problem.Dimension, problem.Level);
        double[] own = new double[d], square = new double[d];
        var (loss, error) = (0.0, 0.0);
        for (var j = 0; j < d; j++)
        {
            var value = problem.Templates.Values[0][j];
            if (value == 0 && problem.Spread == 0)
                continue;
            var (one, slope, t) = (problem with { Templates = new TemplateSet(1, 1, [[value]], [1]), Group = new GlobalSign(1) }, model.Optimum[j, j], new double[1]);
            var target = TargetEstimator.Of(one);
            var (sums, errors) = NoiseIntegral.Of(one, [[1.0]], 3, problem.Estimator == EstimatorKind.Orbit, 0, Evaluate, 1, cancellation);
            var others = model.Second.Trace() - model.Second[j, j];
            (own[j], square[j], loss) = (sums[1], sums[0], loss + sums[0]);
            var blur = one.Group.Precision * Math.Sqrt(sums[2]);
            error += errors[1] + (errors[0] * others) + (blur * ((2 * Math.Sqrt(sums[0])) + blur) * (others + model.Second[j, j]));

            void Evaluate(int template, ReadOnlySpan<double> x0, ReadOnlySpan<double> x, Span<double> values)
            {
                target.Target(level, template, x0, x, [], t);
                values[0] = (t[0] - (slope * x[0])) * (t[0] - (slope * x[0]));
                values[1] = values[0] * x[0] * x[0];
                values[2] = t[0] * t[0];
            }
        }

        var noise = Matrix<double>.Build.DenseDiagonal(d, d, a => own[a] + ((loss - square[a]) * model.Second[a, a]));
        return new TargetNoise(noise, loss, Relative(error, noise.Trace()));
    }

    private static double Relative(double error, double trace) => error == 0 ? 0 : error / trace;

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
