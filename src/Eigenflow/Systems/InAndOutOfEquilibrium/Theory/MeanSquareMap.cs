using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Second moments of steps with replacement: Σ = AΣA + η² c_B (1/N) Σ_i (H_i − H)Σ(H_i − H) + noise with A = I − ηH, exact for quadratic losses (derived). The part of A is solved in the eigenbasis of H.
/// </summary>
internal sealed class MeanSquareMap(LocalExpansion expansion, double rate)
{
    private const int PowerSteps = 60;
    private const int Bisections = 30;
    private const double Singular = 1e-12;

    private readonly EigenBasis basis = new(expansion.Hessian);

    /// <summary>The covariance for a noise covariance per step (batch noise at the minimum, and thermal).</summary>
    /// <exception cref="ParameterException">There is none, or it is too near the mean-square limit to be found.</exception>
    public Matrix<double> Covariance(Matrix<double> noise)
    {
        if (MomentEquation.Solve(Solve(noise), Multiplied) is { } sigma)
            return sigma;
        var limit = Limit(expansion);
        throw new ParameterException("learning-rate", rate, DisplayText.Plain($"well below {limit:G6}"), DisplayText.Plain($"unstable learning rate, or one too near the mean-square limit {limit:G6}: the covariance was not found"));
    }

    /// <summary>AΣA and what the spread of the Hessians adds, without noise: second moments after a step, where the mean is zero.</summary>
    public Matrix<double> Next(Matrix<double> sigma)
    {
        var step = Matrix<double>.Build.DenseIdentity(expansion.Dimension) - (expansion.Hessian * rate);
        var next = step * sigma * step;
        return expansion.BatchFactor == 0 ? next : next + (expansion.Spread(sigma) * (rate * rate * expansion.BatchFactor));
    }

    /// <summary>Whether second moments stay finite.</summary>
    public bool IsStable
    {
        get
        {
            var from = Matrix<double>.Build.DenseIdentity(expansion.Dimension);
            return Decide(ref from);
        }
    }

    // Powers of a map of covariances, until it makes all of one smaller, or none: its spectral radius is between the least and the largest ratio (Collatz and Wielandt).
    private bool Decide(ref Matrix<double> sigma)
    {
        if (!(rate * expansion.Largest < 2))
            return false;
        var image = sigma;
        for (var k = 0; k < PowerSteps; k++)
        {
            image = Multiplied(sigma);
            var size = image.FrobeniusNorm();
            if (!double.IsFinite(size) || size == 0)
                return size == 0;
            var values = new EigenBasis(sigma);
            if (values.Values[0] > Singular * values.Values[^1])
            {
                var root = values.Map(value => 1 / Math.Sqrt(value));
                var ratios = new EigenBasis(root * image * root).Values;
                if (ratios[^1] < 1 || ratios[0] >= 1)
                    return ratios[^1] < 1;
            }

            sigma = image / size;
        }

        return image.FrobeniusNorm() < 1;
    }

    /// <summary>The learning rate up to which second moments stay finite.</summary>
    public static double Limit(LocalExpansion expansion)
    {
        double low = 0, high = 2 / expansion.Largest;
        if (expansion.Samples == 0 || expansion.BatchFactor == 0)
            return high;
        var sigma = Matrix<double>.Build.DenseIdentity(expansion.Dimension);
        for (var k = 0; k < Bisections; k++)
        {
            var middle = (low + high) / 2;
            (low, high) = new MeanSquareMap(expansion, middle).Decide(ref sigma) ? (middle, high) : (low, middle);
        }

        return low;
    }

    private Matrix<double> Multiplied(Matrix<double> sigma) => expansion.BatchFactor == 0 ? sigma * 0 : Solve(expansion.Spread(sigma) * (rate * rate * expansion.BatchFactor));

    // S − ASA = Q.
    private Matrix<double> Solve(Matrix<double> q) => basis.Divide(q / rate, (h, other) => h + other - (rate * h * other));
}
