using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>The normal equations of squares with Huber weights, and their damped solution in a box. O(points · parameters²).</summary>
internal sealed class NormalEquations(IReadOnlyList<LawPrior> priors, double[] lower, double[] upper, double delta, int stride)
{
    private readonly int parameters = lower.Length;

    /// <summary>Forms matrix and gradient with the weights of the linearised residuals.</summary>
    public void Form(double[] theta, HuberGaussNewton.Workspace space)
    {
        var (matrix, gradient) = (space.Matrix, space.Gradient);
        Columns.HuberWeights(space.Linear, delta, space.Weights);
        for (var j = 0; j < parameters; j++)
        {
            Columns.Multiply(space.Slopes.AsSpan(j * stride, stride), space.Weights, space.Weighted);
            gradient[j] = Columns.Dot(space.Weighted, space.Residuals);
            for (var l = 0; l <= j; l++)
                matrix[(j * parameters) + l] = Columns.Dot(space.Weighted, space.Slopes.AsSpan(l * stride, stride));
        }

        foreach (var prior in priors)
        {
            var off = prior.Departure(theta);
            for (var j = 0; j < parameters; j++)
            {
                var scaled = delta * delta * prior.Coefficients[j] / prior.Deviation;
                gradient[j] += scaled * off;
                for (var l = 0; l <= j; l++)
                    matrix[(j * parameters) + l] += scaled * prior.Coefficients[l] / prior.Deviation;
            }
        }
    }

    /// <summary>Cholesky of the damped matrix; parameters at a bound that the gradient pushes outwards are held.</summary>
    /// <returns>Whether the matrix is positive definite.</returns>
    public bool Solve(double[] theta, double damping, HuberGaussNewton.Workspace space)
    {
        var n = parameters;
        var (matrix, gradient, factor, move) = (space.Matrix, space.Gradient, space.Factor, space.Move);
        var trace = 1e-30;
        for (var j = 0; j < n; j++)
            trace = Math.Max(trace, matrix[(j * n) + j]);
        LevenbergMarquardt.Hold(matrix, gradient, theta, lower, upper);
        matrix.CopyTo(factor, 0);
        gradient.CopyTo(move, 0);
        for (var j = 0; j < n; j++)
            factor[(j * n) + j] += damping * (matrix[(j * n) + j] + (1e-9 * trace));

        return SmallCholesky.Solve(factor, move);
    }
}
