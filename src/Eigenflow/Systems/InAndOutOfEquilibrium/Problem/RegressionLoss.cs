using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Bayesian linear regression: L = Σ_i (x_i·θ − y_i)²/(2s²) + (λ/2)|θ|², whose posterior is N(θ*, H⁻¹) exactly.</summary>
internal sealed class RegressionLoss : LossModel
{
    private readonly double[] rows;
    private readonly double[] targets;
    private readonly double weight;

    /// <param name="rows">N × d, row by row.</param>
    /// <param name="targets">N numbers.</param>
    /// <param name="noiseScale">s.</param>
    /// <param name="prior">λ.</param>
    public RegressionLoss(double[] rows, double[] targets, double noiseScale, double prior)
        : base(targets.Length, rows.Length / targets.Length)
    {
        (this.rows, this.targets, Prior) = (rows, targets, prior);
        weight = Samples / (noiseScale * noiseScale);
        var x = Matrix<double>.Build.Dense(Samples, Dimension, (i, j) => rows[(i * Dimension) + j]);
        var hessian = (x.TransposeThisAndMultiply(x) / (noiseScale * noiseScale)) + (prior * Matrix<double>.Build.DenseIdentity(Dimension));
        var right = x.TransposeThisAndMultiply(Vector<double>.Build.Dense(targets)) / (noiseScale * noiseScale);
        if (hessian.Enumerate().Any(value => !double.IsFinite(value)) || right.Any(value => !double.IsFinite(value)))
            throw new ParameterException("problem", "(rows with squares that are not finite)", "rows of size from 1e-25 to 1e25", "choose other units");

        // In units in which the diagonal is one: those of the columns do not matter.
        if (!StationaryLaw.IsPositive(hessian))
            throw new ParameterException("prior", prior, "a number > 0 where the rows do not span all directions", "the Hessian is not positive definite, so that there is no stationary state; raise prior, or give more rows than columns");
        Minimum = hessian.Solve(right).ToArray();
    }

    public override double[] Minimum { get; }

    public override double Prior { get; }

    public override double[] Data => [.. rows, .. targets, weight, Prior];

    public override double[] RankOneRows => [.. rows.Select(value => Math.Sqrt(weight) * value)];

    public override void Gradient(int sample, ReadOnlySpan<double> theta, Span<double> gradient)
    {
        var error = Residual(sample, theta);
        for (var k = 0; k < Dimension; k++)
            gradient[k] = (weight * error * rows[(sample * Dimension) + k]) + (Prior * theta[k]);
    }

    public override void Hessian(int sample, ReadOnlySpan<double> theta, Span<double> hessian)
    {
        var x = rows.AsSpan(sample * Dimension, Dimension);
        for (var j = 0; j < Dimension; j++)
        {
            for (var k = 0; k < Dimension; k++)
                hessian[(j * Dimension) + k] = (weight * x[j] * x[k]) + (j == k ? Prior : 0);
        }
    }

    public override GradientKernel Kernel()
    {
        double[] residuals = [.. Enumerable.Range(0, Samples).Select(i => Residual(i, Minimum))];
        return new RowKernel(rows, residuals, weight, Prior, Minimum);
    }

    private double Residual(int sample, ReadOnlySpan<double> theta)
    {
        var sum = -targets[sample];
        for (var k = 0; k < Dimension; k++)
            sum += rows[(sample * Dimension) + k] * theta[k];
        return sum;
    }
}
