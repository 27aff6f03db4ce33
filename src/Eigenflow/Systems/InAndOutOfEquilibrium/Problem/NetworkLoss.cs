using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The network of the paper: f(x) = Σ_{k=1,2} w_{4+k} tanh(w_k x + w_{2+k}) + w_7, fitted to exp(−x²) with noise; L = (N/2s²) mean (y − f)² + (λ/2)|w|².
/// Its minimum is found by Newton's method from the published one.
/// </summary>
internal sealed class NetworkLoss : LossModel
{
    /// <summary>Number of weights.</summary>
    public const int Weights = 7;

    /// <summary>The minimum that the authors published for their data (notebooks of arXiv 2306.03521).</summary>
    public static readonly double[] Published = [1.28333137, 1.23074739, 0.70458062, -0.53175086, 0.92781447, -0.90884625, -0.00884178];

    private const int Newtons = 100;
    private const double Step = 1e-6;

    private readonly double[] inputs;
    private readonly double[] targets;
    private readonly double weight;

    /// <param name="inputs">N numbers x.</param>
    /// <param name="targets">N numbers y.</param>
    /// <param name="noiseScale">s.</param>
    /// <param name="prior">λ.</param>
    public NetworkLoss(double[] inputs, double[] targets, double noiseScale, double prior)
        : base(inputs.Length, Weights)
    {
        (this.inputs, this.targets, Prior) = (inputs, targets, prior);
        weight = Samples / (noiseScale * noiseScale);
        Minimum = [.. Published];
        double[] gradient = new double[Weights], hessian = new double[Weights * Weights];
        var damping = 1.0;
        Sum(Minimum, gradient, hessian);
        for (var k = 0; k < Newtons && Norm(gradient) > 1e-11 * weight; k++)
        {
            // Levenberg's damping, until the steps are Newton's own.
            double[] matrix = [.. hessian], move = [.. gradient.Select(value => -value)], next = [.. Minimum], after = new double[Weights], curvature = new double[Weights * Weights];
            for (var j = 0; j < Weights; j++)
                matrix[(j * Weights) + j] += damping;
            var isDown = SmallCholesky.Solve(matrix, move);
            for (var j = 0; j < Weights; j++)
                next[j] += move[j];
            if (isDown)
                Sum(next, after, curvature);
            if (!isDown || !(Value(next) <= Value(Minimum) + (1e-12 * weight)))
            {
                damping = Math.Max(1e-3, 10 * damping);
                continue;
            }

            (Minimum, gradient, hessian, damping) = (next, after, curvature, damping < 1e-6 ? 0 : damping / 10);
        }

        if (Norm(gradient) > 1e-8 * weight || !SmallCholesky.Factor([.. hessian], Weights))
            throw new ParameterException("problem", "network", "a network whose loss has a minimum near the published one", "Newton's method finds none for these data; choose another seed or more samples");
    }

    public override double[] Minimum { get; }

    public override double Prior { get; }

    public override double[] Data => [.. inputs, .. targets, weight, Prior];

    public override void Gradient(int sample, ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double x = inputs[sample], first = Math.Tanh((theta[0] * x) + theta[2]), second = Math.Tanh((theta[1] * x) + theta[3]);
        var error = weight * ((theta[4] * first) + (theta[5] * second) + theta[6] - targets[sample]);
        double slope = theta[4] * (1 - (first * first)), other = theta[5] * (1 - (second * second));
        ReadOnlySpan<double> parts = [slope * x, other * x, slope, other, first, second, 1];
        for (var k = 0; k < Weights; k++)
            gradient[k] = (error * parts[k]) + (Prior * theta[k]);
    }

    // Central differences of the exact gradient: relative error about 1e-9.
    public override void Hessian(int sample, ReadOnlySpan<double> theta, Span<double> hessian)
    {
        Span<double> at = stackalloc double[Weights], up = stackalloc double[Weights], down = stackalloc double[Weights];
        for (var j = 0; j < Weights; j++)
        {
            theta.CopyTo(at);
            at[j] = theta[j] + Step;
            Gradient(sample, at, up);
            at[j] = theta[j] - Step;
            Gradient(sample, at, down);
            for (var k = 0; k < Weights; k++)
                hessian[(j * Weights) + k] = (up[k] - down[k]) / (2 * Step);
        }

        for (var j = 0; j < Weights; j++)
        {
            for (var k = 0; k < j; k++)
                hessian[(j * Weights) + k] = hessian[(k * Weights) + j] = (hessian[(j * Weights) + k] + hessian[(k * Weights) + j]) / 2;
        }
    }

    public override GradientKernel Kernel() => new NetworkKernel(inputs, targets, weight, Prior, Minimum);

    private double Value(ReadOnlySpan<double> theta)
    {
        var sum = 0.0;
        for (var i = 0; i < Samples; i++)
        {
            var error = (theta[4] * Math.Tanh((theta[0] * inputs[i]) + theta[2])) + (theta[5] * Math.Tanh((theta[1] * inputs[i]) + theta[3])) + theta[6] - targets[i];
            sum += weight * error * error / (2 * Samples);
        }

        foreach (var value in theta)
            sum += Prior * value * value / 2;
        return sum;
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));
}
