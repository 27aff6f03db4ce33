using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// The population flow in a rotated basis, where coordinates see each other, as a system of equations. One number per coordinate: θ = ln v² (positive) or θ = ½ ln(v₊²/v₋²) with w = 2c sinh θ as the product is conserved (signed), both with
/// dθ/dt = −2g, or w (linear) with dw/dt = −g, and g = Σ(w − w*). Explicit steps stay below about 3/λ₁w*₁, so that work grows as t; M² operations per evaluation.
/// </summary>
internal sealed class RotatedFlow : IOdeSystem
{
    private readonly QuadraticProblem problem;
    private readonly Misalignment misalignment;
    private readonly double[] error, gradient;
    private readonly double tail;

    /// <param name="problem">The problem.</param>
    /// <param name="misalignment">Its rotation.</param>
    public RotatedFlow(QuadraticProblem problem, Misalignment misalignment)
    {
        (this.problem, this.misalignment, tail) = (problem, misalignment, problem.Tail);
        (error, gradient) = (new double[misalignment.Size], new double[misalignment.Size]);
    }

    public int Size => misalignment.Size;

    /// <summary>The state at time zero.</summary>
    public double[] Start() => [.. Enumerable.Repeat(problem.Model == QuadraticModel.Positive ? Math.Log(problem.StartSlope) : 0, Size)];

    /// <summary>R of a state.</summary>
    public double Risk(ReadOnlySpan<double> state)
    {
        Gradient(state, gradient);
        var sum = 0.0;
        for (var i = Size - 1; i >= 0; i--)
            sum += error[i] * gradient[i];
        return sum + tail;
    }

    /// <summary>The slope of a coordinate with a state.</summary>
    public double Slope(double value) => problem.Model switch
    {
        QuadraticModel.Positive => Math.Exp(value),
        QuadraticModel.Signed => 2 * problem.StartSlope * Math.Sinh(value),
        _ => value,
    };

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        Gradient(state, derivative);
        var factor = problem.Model == QuadraticModel.Linear ? -1 : -2;
        for (var i = 0; i < derivative.Length; i++)
            derivative[i] *= factor;
    }

    // Absolute in θ, a relative error of weights, and in parts of w beyond one.
    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
    {
        var worst = 0.0;
        for (var i = 0; i < error.Length; i++)
        {
            var size = Math.Abs(error[i]) / (relativeTolerance * (1 + Math.Max(Math.Abs(before[i]), Math.Abs(after[i]))));
            if (!(size <= worst))
                worst = size;
        }

        return worst;
    }

    private void Gradient(ReadOnlySpan<double> state, Span<double> result)
    {
        for (var i = 0; i < error.Length; i++)
            error[i] = Slope(state[i]) - misalignment.Target[i];
        misalignment.Gradient(error, result);
    }
}
