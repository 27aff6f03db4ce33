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

    private protected override IReadOnlyList<NamedQuantity> Quantities => [DiffusionColumns.Distance, DiffusionColumns.MeanDistance, DiffusionColumns.ExcessRisk, DiffusionColumns.Loss, DiffusionColumns.DistanceError, DiffusionColumns.ExcessRiskError];

    /// <summary>The moments of a problem.</summary>
    /// <param name="problem">The problem; its estimator is plain, augmented, orbit or full.</param>
    /// <param name="kind">What is trained.</param>
    /// <param name="batch">B.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="known">The noise of this estimator for a linear model where it is known, or null.</param>
    public static (SgdMoments Moments, double Loss) MomentsOf(DiffusionProblem problem, ModelKind kind, double batch, CancellationToken cancellation, TargetNoise? known = null)
    {
        if (kind == ModelKind.Posterior)
        {
            var (posterior, own, lost) = PosteriorModel.Of(problem, cancellation);
            return (new SgdMoments(posterior, own, batch), lost);
        }

        var model = LinearModel.Of(problem, true);
        var noise = known ?? TargetNoise.Of(problem, model, cancellation);
        return (new SgdMoments(model, noise.Noise, batch) { NoiseError = noise.Error }, noise.Loss);
    }

    private protected override double DefaultRate(DiffusionProblem problem) => SgdRates.Default(problem, Model);

    private protected override long DefaultSteps(DiffusionProblem problem, double learningRate) => SgdRates.DefaultSteps;

    private protected override StateRule Rule(DiffusionProblem problem)
    {
        var (moments, loss) = MomentsOf(problem, Model, Batch, CancellationToken.None);
        if (!(moments.FloorError <= TargetNoise.LargestError))
            throw new ParameterException("sigma", problem.Sigma, "a noise level at which the noise of the gradient is more than the rounding of its integral for this method", "method = sgd takes every level");
        return new Recursion(moments, loss);
    }

    // The state is D and S, d × d each, and where the noise has an error the part of S that it drives, to which that error is relative.
    private sealed class Recursion(SgdMoments moments, double loss) : StateRule(Start(moments))
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
            if (moments.NoiseError == 0)
                return;
            var driven = SgdMoments.Vector(moments.Step(At(2), 0 * mean, rate));
            for (var k = 0; k < size * size; k++)
                State[(2 * size * size) + k] = driven[k];
        }

        public override void Observe(Span<double> row)
        {
            var (mean, moment) = Read();
            row[0] = moment.Trace();
            row[1] = mean.Trace() / moments.Model.Size;
            row[2] = moments.Model.ExcessRisk(mean, moment);
            row[3] = loss + (moment * moments.Model.Second).Trace();
            (row[4], row[5]) = (0, 0);
            if (moments.NoiseError == 0)
                return;
            var driven = At(2);
            (row[4], row[5]) = (moments.NoiseError * driven.Trace(), moments.NoiseError * moments.Model.ExcessRisk(0 * driven, driven));
        }

        private static double[] Start(SgdMoments moments) =>
        [
            .. SgdMoments.Vector(-moments.Model.Optimum), .. SgdMoments.Vector(moments.Model.Optimum.TransposeThisAndMultiply(moments.Model.Optimum)),
            .. moments.NoiseError == 0 ? [] : new double[moments.Model.Size * moments.Model.Size],
        ];

        private (Matrix<double> Mean, Matrix<double> Moment) Read() => (At(0), At(1));

        private Matrix<double> At(int block) => moments.Model.Size is var size ? Matrix<double>.Build.Dense(size, size, (i, j) => State[(block * size * size) + (i * size) + j]) : null!;
    }
}
