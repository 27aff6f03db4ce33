using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// The generated law N(c, σ_T² A Aᵀ) of affine denoisers whose matrices do not commute: maps of (x, 1) as matrices of d + 1, by classical fourth-order steps in ln σ or by the steps of a discrete sampler.
/// </summary>
internal sealed class MatrixSampler(DiffusionProblem problem)
{
    private readonly int d = problem.Dimension, size = problem.Dimension + 1;

    /// <summary>The levels of fourth-order steps, ends and middles, from σ_T down.</summary>
    /// <param name="steps">Number of steps.</param>
    public double[] ContinuousSigmas(int steps) =>
        [.. Enumerable.Range(0, (2 * steps) + 1).Select(j => Math.Exp(Math.Log(problem.SigmaMax) + (j / (2.0 * steps) * Math.Log(problem.SigmaMin / problem.SigmaMax))))];

    /// <summary>The law of the probability-flow ODE.</summary>
    /// <param name="network">[W b] at the levels of <see cref="ContinuousSigmas"/>.</param>
    /// <param name="levels">Those levels.</param>
    /// <param name="cancellation">Ends it.</param>
    public (double[] Covariance, double[] Mean) Continuous(Func<int, double[]> network, NoiseLevel[] levels, CancellationToken cancellation)
    {
        var steps = (levels.Length - 1) / 2;
        var h = Math.Log(problem.SigmaMin / problem.SigmaMax) / steps;
        var state = Identity();
        var before = Residual(network(0), levels[0]);
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] middle = Residual(network((2 * step) + 1), levels[(2 * step) + 1]), after = Residual(network((2 * step) + 2), levels[(2 * step) + 2]);
            var k2 = Product(middle, IdentityPlus(before, 0.5 * h));
            var k3 = Product(middle, IdentityPlus(k2, 0.5 * h));
            var k4 = Product(after, IdentityPlus(k3, h));
            var sum = new double[before.Length];
            for (var k = 0; k < sum.Length; k++)
                sum[k] = before[k] + (2 * (k2[k] + k3[k])) + k4[k];
            state = Product(IdentityPlus(sum, h / 6), state);
            before = after;
        }

        return Law(state, problem.SigmaMax);
    }

    /// <summary>The law of a discrete sampler.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="network">[W b] at its levels.</param>
    public (double[] Covariance, double[] Mean) Discrete(DiscreteSampler sampler, Func<int, double[]> network)
    {
        var levels = sampler.Levels(problem);
        var state = Identity();
        if (problem.Architecture.IsFlow)
        {
            var h = 1.0 / sampler.Steps;
            for (var i = 0; i < sampler.Steps; i++)
                state = Step(sampler, state, Velocity(network(i)), Velocity(network(i + 1)), h);
            return Law(state, 1);
        }

        var sigmas = sampler.Sigmas(problem);
        for (var i = 0; i + 1 < sigmas.Length; i++)
            state = Step(sampler, state, Scaled(Residual(network(i), levels[i]), 1 / sigmas[i]), Scaled(Residual(network(i + 1), levels[i + 1]), 1 / sigmas[i + 1]), sigmas[i + 1] - sigmas[i]);
        if (sampler.HasLastStep)
            state = Product(IdentityPlus(Residual(network(sigmas.Length - 1), levels[^1]), -1), state);
        return Law(state, problem.SigmaMax);
    }

    private double[] Step(DiscreteSampler sampler, double[] state, double[] slope, double[] next, double step)
    {
        if (sampler.IsEuler)
            return Product(IdentityPlus(slope, step), state);
        var second = Product(next, IdentityPlus(slope, step));
        for (var k = 0; k < second.Length; k++)
            second[k] += slope[k];
        return Product(IdentityPlus(second, 0.5 * step), state);
    }

    // (I − W_D, −b_D) over (0, 0).
    private double[] Residual(double[] network, NoiseLevel level)
    {
        var f = new double[size * size];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
                f[(i * size) + j] = -level.Factor * network[(i * size) + j];
            f[(i * size) + i] += 1 - level.Offset;
            f[(i * size) + d] = -level.BiasFactor * network[(i * size) + d];
        }

        return f;
    }

    private double[] Velocity(double[] network)
    {
        var f = new double[size * size];
        network.CopyTo(f, 0);
        return f;
    }

    private static double[] Scaled(double[] matrix, double factor)
    {
        for (var k = 0; k < matrix.Length; k++)
            matrix[k] *= factor;
        return matrix;
    }

    private double[] Identity() => IdentityPlus(new double[size * size], 0);

    // I + factor · matrix.
    private double[] IdentityPlus(double[] matrix, double factor)
    {
        var sum = new double[matrix.Length];
        for (var k = 0; k < sum.Length; k++)
            sum[k] = (k % (size + 1) == 0 ? 1.0 : 0) + (factor * matrix[k]);
        return sum;
    }

    private double[] Product(double[] a, double[] b)
    {
        var c = new double[a.Length];
        MatrixProduct.Multiply(a, b, c, size, size, size);
        return c;
    }

    private (double[] Covariance, double[] Mean) Law(double[] state, double deviation)
    {
        double[] covariance = new double[d * d], mean = new double[d];
        for (var i = 0; i < d; i++)
        {
            mean[i] = state[(i * size) + d];
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < d; k++)
                    sum += state[(i * size) + k] * state[(j * size) + k];
                covariance[(i * d) + j] = covariance[(j * d) + i] = deviation * deviation * sum;
            }
        }

        return (covariance, mean);
    }
}
