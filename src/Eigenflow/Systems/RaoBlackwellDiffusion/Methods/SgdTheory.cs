using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Exact first and second moments of SGD from zero on a linear denoiser or on one parameter of the posterior mean (<see cref="SgdMoments"/>).</summary>
internal sealed record SgdTheory : RuleMethod<DiffusionProblem>
{
    /// <inheritdoc/>
    public override string Name => "sgd-theory";

    /// <summary>What is trained.</summary>
    public ModelKind Model { get; init; }

    /// <summary>Samples B of a step.</summary>
    public long Batch { get; init; } = 1;

    private protected override IReadOnlyList<NamedQuantity> Quantities => [DiffusionColumns.Distance, DiffusionColumns.MeanDistance, DiffusionColumns.ExcessRisk, DiffusionColumns.Loss];

    /// <summary>The moments of a problem.</summary>
    /// <param name="problem">The problem; its estimator is plain, augmented, orbit or full.</param>
    /// <param name="kind">What is trained.</param>
    /// <param name="batch">B.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (SgdMoments Moments, double Loss) MomentsOf(DiffusionProblem problem, ModelKind kind, double batch, CancellationToken cancellation)
    {
        if (kind == ModelKind.Posterior)
        {
            var (posterior, own, lost) = PosteriorModel.Of(problem, cancellation);
            return (new SgdMoments(posterior, own, batch), lost);
        }

        var model = LinearModel.Of(problem, true);
        var noise = TargetNoise.Of(problem, model, cancellation);
        return (new SgdMoments(model, noise.Noise, batch) { NoiseError = noise.Error }, noise.Loss);
    }

    private protected override double DefaultRate(DiffusionProblem problem) => SgdRates.Default(problem, Model);

    private protected override long DefaultSteps(DiffusionProblem problem, double learningRate) => SgdRates.DefaultSteps;

    private protected override StateRule Rule(DiffusionProblem problem)
    {
        var (moments, loss) = MomentsOf(problem, Model, Batch, CancellationToken.None);
        if (!(moments.NoiseError <= TargetNoise.LargestError))
            throw new ParameterException("sigma", problem.Sigma, "a noise level at which the noise of the gradient is more than the rounding of its integral for this method", "method = sgd takes every level");
        return new Recursion(moments, loss);
    }

    // The state is D and S, d × d each.
    private sealed class Recursion(SgdMoments moments, double loss) : StateRule(Start(moments.Model))
    {
        private readonly double first = moments.Model.Optimum.PointwiseMultiply(moments.Model.Optimum).Enumerate().Sum();

        public override double Bound => 1e6 * first;

        public override void Update(long step, double rate)
        {
            var (mean, moment) = Read();
            var (nextMoment, nextMean) = (moments.Step(moment, mean, rate), moments.Step(mean, rate));
            var size = moments.Model.Size;
            for (var k = 0; k < size * size; k++)
                (State[k], State[(size * size) + k]) = (nextMean[k / size, k % size], nextMoment[k / size, k % size]);
        }

        public override void Observe(Span<double> row)
        {
            var (mean, moment) = Read();
            row[0] = moment.Trace();
            row[1] = mean.Trace() / moments.Model.Size;
            row[2] = moments.Model.ExcessRisk(mean, moment);
            row[3] = loss + (moment * moments.Model.Second).Trace();
        }

        private static double[] Start(LinearModel model) =>
            [.. SgdMoments.Vector(-model.Optimum), .. SgdMoments.Vector(model.Optimum.TransposeThisAndMultiply(model.Optimum))];

        private (Matrix<double> Mean, Matrix<double> Moment) Read()
        {
            var size = moments.Model.Size;
            return (Matrix<double>.Build.Dense(size, size, (i, j) => State[(i * size) + j]), Matrix<double>.Build.Dense(size, size, (i, j) => State[(size * size) + (i * size) + j]));
        }
    }
}
