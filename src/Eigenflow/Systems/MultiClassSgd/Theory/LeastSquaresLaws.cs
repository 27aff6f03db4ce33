using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;
using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Closed forms of binary least squares at a constant learning rate γ (derived): M_ij = (γ/2) p_j ⟨λ^(i) λ^(j)/Σ p λ⟩ turns the second moments I0 of the mean path into those of SGD, I = (1 − M)^(−1) I0,
/// which is stable iff the spectral radius of M is below 1. For one spectrum that is γ Tr K/d &lt; 2 and R∞ = R*/(1 − γ Tr K/(2d)), R* = 1/(2(1 + q)).
/// Work O(C² directions) once.
/// </summary>
internal sealed class LeastSquaresLaws
{
    // An eigenvalue of zero under means is a limit, taken at this part of the largest: half of the digits, which is what the limit and the rounding of the equations leave.
    private const double Kernel = 1e-8;
    private readonly ClassModes modes;
    private readonly double[] overlaps;
    private readonly int batch;

    /// <summary>Prepares the laws of classes.</summary>
    /// <param name="modes">The classes.</param>
    /// <param name="batch">Samples per step B ≥ 1; the noise is 1/B of that of one.</param>
    public LeastSquaresLaws(ClassModes modes, int batch = 1)
    {
        (this.modes, this.batch) = (modes, batch);
        overlaps = [.. modes.Overlaps().Select(value => value / batch)];

        // M is similar to a symmetric matrix.
        var size = modes.Classes;
        var roots = modes.Probabilities.Select(Math.Sqrt).ToArray();
        var symmetric = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                symmetric[(i * size) + j] = roots[i] * roots[j] * overlaps[(i * size) + j] / 2;
        }

        LargestLearningRate = 1 / DenseAlgebra.Best.SymmetricEigen(symmetric, size).Values[0];
        Optimum = FindOptimum();
        OptimalMoments = [.. Enumerable.Range(0, size).Select(Moment)];
    }

    /// <summary>The learning rate at which the spectral radius of M is 1; +∞ without noise.</summary>
    public double LargestLearningRate { get; }

    /// <summary>The population optimum [Σ p (K + μμᵀ)]^(−1) Σ p y μ, by direction.</summary>
    public double[] Optimum { get; }

    /// <summary>I0_i = (1 − y_i μ_i·x)² + Σ λ^(i) x² at the optimum.</summary>
    public double[] OptimalMoments { get; }

    /// <summary>R*, the least population risk.</summary>
    public double OptimalRisk => modes.Probabilities.Select((p, i) => p * OptimalMoments[i] / 2).Sum();

    /// <summary>Spectral radius of M.</summary>
    /// <param name="learningRate">γ.</param>
    public double SpectralRadius(double learningRate) => Stability.Rounded(learningRate / LargestLearningRate);

    /// <summary>R∞ of SGD.</summary>
    /// <param name="learningRate">γ.</param>
    /// <exception cref="ParameterException">The learning rate is not below the stable ones.</exception>
    public double Plateau(double learningRate) => modes.Probabilities.Zip(WithNoise(learningRate, OptimalMoments), (p, moment) => p * moment / 2).Sum();

    /// <summary>I_i/I_1 late where the risk vanishes: M maps what class 1, of the smallest power, has left to the others.</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="slowest">The class whose own part decays slowest.</param>
    public double[] LateRatios(double learningRate, int slowest)
    {
        var moments = WithNoise(learningRate, [.. Enumerable.Range(0, modes.Classes).Select(i => i == slowest ? 1.0 : 0)]);
        return [.. moments.Select(moment => moment / moments[slowest])];
    }

    /// <summary>(1 − M)^(−1) I0.</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="moments">I0 by class.</param>
    /// <exception cref="ParameterException">The learning rate is not below the stable ones.</exception>
    public double[] WithNoise(double learningRate, double[] moments)
    {
        if (!(SpectralRadius(learningRate) < 1))
            throw new ParameterException("learning-rate", learningRate, DisplayText.Plain($"a number < {LargestLearningRate:G4}"), "beyond it least squares is unstable: the risk diverges");
        var size = modes.Classes;
        var matrix = Matrix<double>.Build.Dense(size, size, (i, j) => (i == j ? 1 : 0) - (learningRate / 2 * modes.Probabilities[j] * overlaps[(i * size) + j]));
        return matrix.Solve(Vector<double>.Build.Dense(moments)).ToArray();
    }

    /// <summary>1 − m of the mean path of a shared mean from x = 0, exact at every t: the Laplace transform is 1/(s(1 + G)), G = γ Σ μ²/(s + γ Σ p λ).</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="time">t ≥ 0.</param>
    public double Gap(double learningRate, double time) => time == 0 ? 1 : LaplaceContour.Invert(time, s => 1 / (s * (1 + Memory(learningRate, s))));

    /// <summary>Risk of SGD of one spectrum from x = 0, exact at every t: R0 = e(2t)/2 of the mean path e = 1 − m, and every later mode's noise by the transform of its kernel (γ²/2) ⟨λ² e^(−2γλt)⟩·2.</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="time">t ≥ 0.</param>
    public double Risk(double learningRate, double time)
    {
        return time == 0 ? 0.5 : LaplaceContour.Invert(time, s => 1 / (2 * s * (1 + Memory(learningRate, s / 2)) * (1 - NoiseMemory(s))));

        Complex NoiseMemory(Complex s)
        {
            Complex sum = 0;
            for (var b = 0; b < modes.Count; b++)
                sum += modes.Shares[b] * modes.Average[b] * modes.Average[b] / (s + (2 * learningRate * modes.Average[b]));
            return learningRate * learningRate / batch * sum;
        }
    }

    private Complex Memory(double learningRate, Complex s)
    {
        Complex sum = 0;
        for (var b = 0; b < modes.Count; b++)
            sum += modes.Means[0][b] * modes.Means[0][b] / (s + (learningRate * modes.Average[b]));
        return learningRate * sum;
    }

    // With margins: x = Σ p_j r_j K̄⁻¹ μ_j, r_j = 1 − m_j, so that (1 + Q p) r = 1.
    private double[] FindOptimum()
    {
        // A shared mean has the closed form K̄⁻¹μ/(1 + q), where a kernel takes all of it.
        if (modes.IsShared)
            return SharedOptimum();
        var size = modes.Classes;
        var least = Kernel * Math.Max(modes.Average.Max(), double.Epsilon);
        var inverse = modes.Average.Select(value => 1 / Math.Max(value, least)).ToArray();
        var matrix = Matrix<double>.Build.Dense(size, size, (i, j) =>
        {
            var sum = 0.0;
            for (var b = 0; b < modes.Count; b++)
                sum += modes.Means[i][b] * inverse[b] * modes.Means[j][b];
            return (modes.Probabilities[j] * sum) + (i == j ? 1 : 0);
        });
        var residuals = matrix.Solve(Vector<double>.Build.Dense(size, 1.0));
        return [.. inverse.Select((value, b) => value * Enumerable.Range(0, size).Sum(j => modes.Probabilities[j] * residuals[j] * modes.Means[j][b]))];
    }

    private double[] SharedOptimum()
    {
        var q = modes.Separation;
        var clean = modes.CleanSquaredMean;
        return [.. modes.Average.Select((average, b) => double.IsFinite(q)
            ? average == 0 ? 0 : modes.Means[0][b] / average / (1 + q)
            : average == 0 ? modes.Means[0][b] / clean : 0)];
    }

    private double Moment(int classIndex)
    {
        double mean = 0, variance = 0;
        for (var b = 0; b < modes.Count; b++)
        {
            mean += modes.Means[classIndex][b] * Optimum[b];
            variance += modes.Eigenvalues[classIndex][b] * Optimum[b] * Optimum[b];
        }

        return Math.Pow(1 - mean, 2) + variance;
    }
}
