using Eigenflow.Dynamics;
using Eigenflow.Random;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>One run of mini-batch SGD on a linear denoiser (the state is W, row by row) or on one parameter of the posterior mean, from zero, with targets of any estimator.</summary>
internal sealed class SgdRule : StateRule
{
    private readonly DiffusionProblem problem;
    private readonly LinearModel model;
    private readonly GaussianAddress address;
    private readonly NoiseLevel level;
    private readonly PairSampler pairs;
    private readonly TargetEstimator estimator;
    private readonly FullTarget? posterior;
    private readonly int batch;
    private readonly double[] normals, clean, noisy, target, feature, gradient;

    /// <param name="problem">The problem with its estimator.</param>
    /// <param name="model">The optimum and second moments.</param>
    /// <param name="kind">What is trained.</param>
    /// <param name="batch">B.</param>
    /// <param name="address">Seed, stream and replica.</param>
    public SgdRule(DiffusionProblem problem, LinearModel model, ModelKind kind, int batch, GaussianAddress address)
        : base(new double[model.Size * model.Size])
    {
        (this.problem, this.model, this.batch, this.address) = (problem, model, batch, address);
        level = problem.Level;
        pairs = new PairSampler(problem, problem.Estimator != EstimatorKind.Plain);
        estimator = TargetEstimator.Of(problem);
        posterior = kind == ModelKind.Posterior ? new FullTarget(problem) : null;
        var d = problem.Dimension;
        normals = new double[pairs.Normals + estimator.Normals];
        (clean, noisy, target, feature, gradient) = (new double[d], new double[d], new double[d], new double[d], new double[State.Length]);
    }

    public override double Bound => 1e6 * model.Optimum.PointwiseMultiply(model.Optimum).Enumerate().Sum();

    public override void Update(long step, double rate)
    {
        Array.Clear(gradient);
        for (var sample = 0; sample < batch; sample++)
        {
            GaussianGenerator.Fill(address with { Step = step }, (long)sample * normals.Length, normals);
            var template = pairs.Draw(level, normals, clean, noisy);
            estimator.Target(level, template, clean, noisy, normals.AsSpan(pairs.Normals), target);
            if (posterior is not null)
            {
                posterior.Mean(level, noisy, feature);
                gradient[0] += (State[0] * Vectors.Dot(feature, feature)) - Vectors.Dot(feature, target);
                continue;
            }

            var d = noisy.Length;
            for (var i = 0; i < d; i++)
            {
                var residual = Vectors.Dot(State.AsSpan(i * d, d), noisy) - target[i];
                for (var j = 0; j < d; j++)
                    gradient[(i * d) + j] += residual * noisy[j];
            }
        }

        for (var k = 0; k < State.Length; k++)
            State[k] -= 2 * rate / batch * gradient[k];
    }

    public override void Observe(Span<double> row)
    {
        var size = model.Size;
        var weights = Matrix<double>.Build.Dense(size, size, (i, j) => State[(i * size) + j]);
        var distance = weights - model.Optimum;
        row[0] = distance.PointwiseMultiply(distance).Enumerate().Sum();
        row[1] = distance.Trace() / size;
        row[2] = model.ExcessRisk(weights);
    }
}
