namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The mean of Gaussian rows: L = Σ_i |θ − x_i|²/(2s²) + (λ/2)|θ|². All samples have one Hessian, so that the order of samples does not move the minimum.</summary>
internal sealed class MeanLoss : LossModel
{
    private readonly double[] rows;
    private readonly double weight;

    /// <param name="rows">N × d, row by row.</param>
    /// <param name="samples">N.</param>
    /// <param name="noiseScale">s.</param>
    /// <param name="prior">λ.</param>
    public MeanLoss(double[] rows, int samples, double noiseScale, double prior)
        : base(samples, rows.Length / samples)
    {
        (this.rows, Prior) = (rows, prior);
        weight = samples / (noiseScale * noiseScale);
        Minimum = new double[Dimension];
        for (var i = 0; i < rows.Length; i++)
            Minimum[i % Dimension] += rows[i] / samples * weight / (weight + prior);
    }

    public override double[] Minimum { get; }

    public override double Prior { get; }

    public override double[] Data => [.. rows, weight, Prior];

    public override void Gradient(int sample, ReadOnlySpan<double> theta, Span<double> gradient)
    {
        for (var k = 0; k < Dimension; k++)
            gradient[k] = (weight * (theta[k] - rows[(sample * Dimension) + k])) + (Prior * theta[k]);
    }

    public override void Hessian(int sample, ReadOnlySpan<double> theta, Span<double> hessian)
    {
        hessian.Clear();
        for (var k = 0; k < Dimension; k++)
            hessian[(k * Dimension) + k] = weight + Prior;
    }

    public override GradientKernel Kernel()
    {
        var deviations = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            deviations[i] = rows[i] - Minimum[i % Dimension];
        return new MeanKernel(deviations, Samples, weight, Prior, Minimum);
    }
}
