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
    private const double Converged = 1e-13;

    /// <summary>The stationary point of SGD.</summary>
    /// <param name="modes">The classes.</param>
    /// <param name="learningRate">γ ≥ 0; 0 is the population optimum.</param>
    /// <param name="batch">Samples per step ≥ 1.</param>
    /// <exception cref="ParameterException">A mean has a part in the kernel of all classes: there is no finite stationary point.</exception>
    public static LogisticPoint Stationary(ClassModes modes, double learningRate, int batch = 1)
    {
        if (modes.HasCleanMean)
            throw NoStationaryPoint();
        var size = modes.Classes;

        // z = (asinh m, ln B); the map of a state to what its stationary modes give back has the fixed point as its root.
        var state = new double[2 * size];
        for (var i = 0; i < size; i++)
            (state[i], state[size + i]) = (Math.Asinh(0.1), Math.Log(0.1));
        var residual = Residual(modes, learningRate / batch, state);
        for (var step = 0; step < MostSteps && residual.Max(Math.Abs) > Converged; step++)
        {
            const double Half = 1e-5;
            var jacobian = Matrix<double>.Build.Dense(2 * size, 2 * size);
            for (var k = 0; k < state.Length; k++)
            {
                var right = Residual(modes, learningRate / batch, Moved(k, Half));
                var left = Residual(modes, learningRate / batch, Moved(k, -Half));
                for (var row = 0; row < state.Length; row++)
                    jacobian[row, k] = (right[row] - left[row]) / (2 * Half);
            }

            var move = jacobian.Solve(Vector<double>.Build.Dense(residual)).ToArray();
            var longest = move.Max(Math.Abs);
            var scale = double.IsFinite(longest) ? Math.Min(1, LargestMove / longest) : 0;
            if (scale == 0)
                break;
            var before = Norm(residual);
            for (var halving = 0; ; halving++, scale /= 2)
            {
                double[] trial = [.. state.Zip(move, (value, part) => value - (scale * part))];
                var next = Residual(modes, learningRate / batch, trial);
                if (!(Norm(next) < before) && halving < 30)
                    continue;
                var isStuck = !(Norm(next) < before);
                if (isStuck)
                    step = MostSteps;
                else
                    (state, residual) = (trial, next);
                break;
            }

            double[] Moved(int index, double by)
            {
                var moved = (double[])state.Clone();
                moved[index] += by;
                return moved;
            }
        }

        if (!(residual.Max(Math.Abs) < 1e-8))
            throw new ParameterException("learning-rate", learningRate, "a rate at which the stationary risk is a number above rounding", "the equations of the stationary point were not solved");
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
