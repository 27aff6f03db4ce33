using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>A stationary point of logistic regression.</summary>
/// <param name="Means">Mean margin m_i = E y r of each class of margins.</param>
/// <param name="Variances">Variance B_i of the margin of each.</param>
/// <param name="Risks">E log(1 + e^(−u)) of each.</param>
/// <param name="Risk">Their mean over the classes.</param>
internal sealed record LogisticPoint(double[] Means, double[] Variances, double[] Risks, double Risk);

/// <summary>
/// Stationary points of binary logistic regression at a constant learning rate (derived): x = −Σ p μ F/L and v = γ Σ p λ I/(2BL) with L = Σ p λ H, where (F, H, I) are expectations at the (m_i, B_i) that x and v give back.
/// Newton's method in (asinh m_i, ln B_i) with backtracking, from small outputs; work about 10 C quadratures and passes over the directions per step.
/// </summary>
internal static class LogisticLaws
{
    private const int MostSteps = 200;
    private const double LargestMove = 1;
    private const double Converged = 1e-13, Solved = 1e-8;
    private const double Difference = 1e-5;
    private const double FirstOutput = 0.1;
    private const int MostHalvings = 30;

    /// <summary>The stationary point of SGD.</summary>
    /// <param name="modes">The classes.</param>
    /// <param name="learningRate">γ ≥ 0; 0 is the population optimum.</param>
    /// <param name="batch">Samples per step ≥ 1.</param>
    /// <exception cref="ParameterException">A mean has a part in the kernel of all classes: there is no finite stationary point; or the risk there is below the numbers.</exception>
    public static LogisticPoint Stationary(ClassModes modes, double learningRate, int batch = 1) => modes.HasCleanMean ? throw NoStationaryPoint()
        : TryStationary(modes, learningRate, batch) ?? throw new ParameterException("learning-rate", learningRate, "a rate at which the stationary risk is a number above rounding", "the classes are told apart so well that it is none");

    /// <summary>The same, or null where the classes are told apart so well that the risk there is below the numbers.</summary>
    /// <param name="modes">The classes, without a mean in the kernel of all of them.</param>
    /// <param name="learningRate">γ ≥ 0.</param>
    /// <param name="batch">Samples per step ≥ 1.</param>
    public static LogisticPoint? TryStationary(ClassModes modes, double learningRate, int batch = 1)
    {
        var size = modes.Classes;

        // z = (asinh m, ln B); the map of a state to what its stationary modes give back has the fixed point as its root.
        var noise = learningRate / batch;
        double[] state = [.. Enumerable.Repeat(Math.Asinh(FirstOutput), size), .. Enumerable.Repeat(Math.Log(FirstOutput), size)];
        var residual = Residual(modes, noise, state);
        for (var step = 0; step < MostSteps && residual.Max(Math.Abs) > Converged; step++)
        {
            if (Improved(modes, noise, state, residual) is not { } next)
                break;
            (state, residual) = next;
        }

        if (!(residual.Max(Math.Abs) < Solved))
            return null;
        double[] means = [.. Enumerable.Range(0, size).Select(i => Math.Sinh(state[i]))], variances = [.. Enumerable.Range(0, size).Select(i => Math.Exp(state[size + i]))];
        double[] risks = [.. means.Select((mean, i) => LogisticExpectation.Moments(mean, variances[i]).Risk)];
        return new LogisticPoint(means, variances, risks, modes.Probabilities.Zip(risks, (p, risk) => p * risk).Sum());
    }

    /// <summary>Least population risk of a shared mean and spectrum, E log(1 + e^(−r)) with r ~ N(2q, 4q): x is the log-likelihood ratio 2K⁻¹μ.</summary>
    /// <param name="separation">q ≥ 0.</param>
    public static double BayesRisk(double separation) => LogisticExpectation.Moments(2 * separation, 4 * separation).Risk;

    private static ParameterException NoStationaryPoint() =>
        new("plateau", "logistic", "asked for where the separation q is finite", "there is no finite stationary point where the mean has a part in directions without noise: the risk goes to zero");

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    // A step of Newton's method, no longer than what logarithms can be trusted for, and shortened until it improves; null where none does.
    private static (double[] State, double[] Residual)? Improved(ClassModes modes, double noise, double[] state, double[] residual)
    {
        var jacobian = Matrix<double>.Build.Dense(state.Length, state.Length);
        for (var k = 0; k < state.Length; k++)
        {
            double[] left = [.. state], right = [.. state];
            left[k] -= Difference;
            right[k] += Difference;
            var (low, high) = (Residual(modes, noise, left), Residual(modes, noise, right));
            for (var row = 0; row < state.Length; row++)
                jacobian[row, k] = (high[row] - low[row]) / (2 * Difference);
        }

        var move = jacobian.Solve(Vector<double>.Build.Dense(residual)).ToArray();
        var longest = move.Max(Math.Abs);
        if (!double.IsFinite(longest))
            return null;
        var scale = Math.Min(1, LargestMove / longest);
        for (var halving = 0; halving < MostHalvings; halving++, scale /= 2)
        {
            double[] trial = [.. state.Zip(move, (value, part) => value - (scale * part))];
            var next = Residual(modes, noise, trial);
            if (Norm(next) < Norm(residual))
                return (trial, next);
        }

        return null;
    }

    private static double[] Residual(ClassModes modes, double noise, double[] state)
    {
        var size = modes.Classes;
        var expectations = new MarginMoments[size];
        for (var i = 0; i < size; i++)
            expectations[i] = LogisticExpectation.Moments(Math.Sinh(state[i]), Math.Exp(state[size + i]));

        double[] means = new double[size], variances = new double[size];
        for (var b = 0; b < modes.Count; b++)
        {
            double drift = 0, stiffness = 0, diffusion = 0;
            for (var i = 0; i < size; i++)
            {
                var p = modes.Probabilities[i];
                drift -= p * modes.Means[i][b] * expectations[i].Force;
                stiffness += p * modes.Eigenvalues[i][b] * expectations[i].Curvature;
                diffusion += p * modes.Eigenvalues[i][b] * expectations[i].Noise;
            }

            if (stiffness == 0)
                continue;
            var x = drift / stiffness;
            var v = noise * diffusion / (2 * stiffness);
            for (var i = 0; i < size; i++)
            {
                means[i] += modes.Means[i][b] * x;
                variances[i] += modes.Eigenvalues[i][b] * ((x * x) + (modes.Shares[b] * v));
            }
        }

        return [.. means.Select((mean, i) => Math.Asinh(mean) - state[i]), .. variances.Select((variance, i) => Math.Log(variance) - state[size + i])];
    }
}
