namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>A loss L(θ) = (1/N) Σ l_i(θ) that is minus the logarithm of a posterior, with its minimum. Per-sample losses are scaled so that their mean is L.</summary>
/// <param name="samples">N ≥ 1.</param>
/// <param name="dimension">d ≥ 1.</param>
internal abstract class LossModel(int samples, int dimension)
{
    /// <summary>Number of samples N.</summary>
    public int Samples => samples;

    /// <summary>Number of parameters d.</summary>
    public int Dimension => dimension;

    /// <summary>The minimum θ*.</summary>
    public abstract double[] Minimum { get; }

    /// <summary>Precision λ of the prior: L holds (λ/2)|θ|².</summary>
    public abstract double Prior { get; }

    /// <summary>Gradient of l_i.</summary>
    /// <param name="sample">i from 0.</param>
    /// <param name="theta">θ.</param>
    /// <param name="gradient">Receives d numbers.</param>
    public abstract void Gradient(int sample, ReadOnlySpan<double> theta, Span<double> gradient);

    /// <summary>Hessian of l_i.</summary>
    /// <param name="sample">i from 0.</param>
    /// <param name="theta">θ.</param>
    /// <param name="hessian">Receives d × d numbers.</param>
    public abstract void Hessian(int sample, ReadOnlySpan<double> theta, Span<double> hessian);

    /// <summary>Rows r_i with H_i = r_i r_iᵀ + λ, N × d, where Hessians have that form; else null.</summary>
    public virtual double[]? RankOneRows => null;

    /// <summary>The kernel of chains.</summary>
    public abstract GradientKernel Kernel();

    /// <summary>Numbers that a saved state belongs to.</summary>
    public abstract double[] Data { get; }

    /// <summary>L and its gradient and Hessian; the loss without what does not depend on θ.</summary>
    public void Sum(ReadOnlySpan<double> theta, Span<double> gradient, Span<double> hessian)
    {
        gradient.Clear();
        hessian.Clear();
        double[] one = new double[dimension], square = new double[dimension * dimension];
        for (var i = 0; i < samples; i++)
        {
            Gradient(i, theta, one);
            Hessian(i, theta, square);
            for (var k = 0; k < dimension; k++)
                gradient[k] += one[k] / samples;
            for (var k = 0; k < square.Length; k++)
                hessian[k] += square[k] / samples;
        }
    }
}
