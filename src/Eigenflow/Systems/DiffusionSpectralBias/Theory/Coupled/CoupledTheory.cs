using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// Whole matrices where modes see each other (derived): V = [W b] of one layer follows dV/dT = −(V G − C) with G = ω((α²Λ + s² + α²mmᵀ, αm), (αmᵀ, 1)) and C = ω(aαΛ + cs + aα mmᵀ, a m), solved in the eigenbasis of G;
/// ties P Pᵀ follow dP/dT = 2KP − (P Pᵀ R + R P Pᵀ) P with K and R the diagonal drives and rates, integrated.
/// </summary>
internal sealed class CoupledTheory(DiffusionProblem problem)
{
    private readonly int d = problem.Dimension;
    private readonly double[] mean = problem.Mean.Length > 0 ? problem.Mean : new double[problem.Dimension];
    private readonly bool hasMean = Array.Exists(problem.Mean, value => value != 0);

    /// <summary>The weights of a level, prepared for all times.</summary>
    public CoupledLevel Prepare(NoiseLevel level) => problem.Architecture.Kind == ArchitectureKind.Tied ? new TiedLevel(problem, level) : Linear(level);

    /// <summary>The matrix G of a level, (d + 1) × (d + 1).</summary>
    public double[] Curvature(NoiseLevel level)
    {
        var size = d + 1;
        var g = new double[size * size];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
                g[(i * size) + j] = level.SignalRate * mean[i] * mean[j];
            g[(i * size) + i] += level.Rate(problem.Variances[i]);
            g[(i * size) + d] = g[(d * size) + i] = level.Weight * level.Alpha * mean[i];
        }

        g[(size * size) - 1] = level.Weight;
        return g;
    }

    private LinearLevel Linear(NoiseLevel level)
    {
        var size = d + 1;
        double[] rates, vectors = [];
        if (hasMean)
        {
            var eigen = DenseAlgebra.Best.SymmetricEigen(Curvature(level), size);
            (rates, vectors) = (eigen.Values, eigen.Vectors);
        }
        else
        {
            rates = [.. problem.Variances.Select(level.Rate), level.Weight];
        }

        // The optimum [W*, b*] does not depend on the mean but through b* = (a − αW*) m.
        double[] optimum = new double[d * size], start = new double[d * size];
        for (var i = 0; i < d; i++)
        {
            var gain = level.Drive(problem.Variances[i]) / level.Rate(problem.Variances[i]);
            optimum[(i * size) + i] = gain;
            optimum[(i * size) + d] = (level.A - (level.Alpha * gain)) * mean[i];
            for (var j = 0; j < d; j++)
                start[(i * size) + j] = problem.Start?.Values[(i * d) + j] ?? (i == j ? problem.Gain : 0);
            for (var j = 0; j < size; j++)
                start[(i * size) + j] -= optimum[(i * size) + j];
        }

        if (hasMean)
        {
            // (V₀ − V*) in the eigenbasis of G.
            var turned = new double[d * size];
            for (var i = 0; i < d; i++)
            {
                for (var m = 0; m < size; m++)
                {
                    for (var j = 0; j < size; j++)
                        turned[(i * size) + m] += start[(i * size) + j] * vectors[(m * size) + j];
                }
            }

            start = turned;
        }

        return new LinearLevel(level, d, optimum, start, rates, vectors);
    }
}

/// <summary>The weights of a noise level as a function of time.</summary>
internal abstract class CoupledLevel(NoiseLevel level, int dimension)
{
    /// <summary>The level.</summary>
    public NoiseLevel Level { get; } = level;

    /// <summary>d.</summary>
    public int Dimension { get; } = dimension;

    /// <summary>[W b] of the network at T, d × (d + 1). Times may not fall.</summary>
    public abstract double[] At(double time);
}

/// <summary>One layer.</summary>
internal sealed class LinearLevel(NoiseLevel level, int dimension, double[] optimum, double[] start, double[] rates, double[] vectors) : CoupledLevel(level, dimension)
{
    public override double[] At(double time)
    {
        var size = Dimension + 1;
        var result = new double[optimum.Length];
        double[] factors = [.. rates.Select(rate => Math.Exp(-rate * time))];
        for (var k = 0; k < result.Length; k++)
            result[k] = start[k] * factors[k % size];
        if (vectors.Length > 0)
        {
            var turned = new double[result.Length];
            MatrixProduct.Multiply(result, vectors, turned, Dimension, size, size);
            result = turned;
        }

        for (var k = 0; k < result.Length; k++)
            result[k] += optimum[k];
        return result;
    }
}
