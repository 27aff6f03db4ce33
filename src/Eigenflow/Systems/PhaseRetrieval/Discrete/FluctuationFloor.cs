using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The stationary state of online SGD at w*, of the covariance equation linearised there.</summary>
/// <param name="Loss">Mean of the loss, 4 s* tr QΣ + 8 Var u.</param>
/// <param name="MeanSquaredError">(1/d) tr Σ.</param>
/// <param name="OverlapVariance">Var u = (Qw*)ᵀΣ(Qw*).</param>
/// <param name="Quadratic">tr QΣ.</param>
public sealed record FluctuationFloor(double Loss, double MeanSquaredError, double OverlapVariance, double Quadratic);

/// <summary>
/// Solves for the stationary state: with D = 8 s* λ, x = η/B and Σ_ij = w*_i w*_j S_ij + δ_ij N_i,
/// S_ij [D_i + D_j − η(1 − 1/B) D_i D_j − 16 x λ_i λ_j (24 s*² + 2σ²)] = α_i λ_j + λ_i α_j + Γ λ_i λ_j and N_i likewise with the source x I λ_i (derived; docs/systems/phase-retrieval.md). α, Γ and I are linear in
/// V_i = (Σ Qw*)_i/w*_i, Var u and tr QΣ, which makes it a linear system of n + 2 numbers. Work n³/3.
/// </summary>
internal static class FloorEquation
{
    /// <summary>The floor, or null where there is none: damping that is not positive, or a solution that is no covariance.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="rate">η.</param>
    /// <param name="batch">B.</param>
    /// <param name="noise">σ².</param>
    public static FluctuationFloor? Solve(TeacherNodes nodes, double rate, int batch, double noise)
    {
        var n = nodes.Size;
        double[] rates = nodes.Rates, weights = nodes.Weights;
        var (t, gain, full) = (nodes.Overlap, rate / batch, rate * (1 - (1.0 / batch)));
        var response = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double di = nodes.Curvature(i), dj = nodes.Curvature(j);
                var damping = di + dj - (full * di * dj) - (16 * gain * rates[i] * rates[j] * ((24 * t * t) + (2 * noise)));
                if (!(damping > 0))
                    return null;
                response[(i * n) + j] = 1 / damping;
            }
        }

        // α_i = a_i V_i + λ_i ζ with ζ within Γ; constants, and factors of Var u and of tr QΣ.
        double A(int i) => -16 + (16 * full * nodes.Curvature(i)) + (16 * gain * rates[i] * ((96 * t) - (6 * noise / t)));
        var mixed = (Constant: 32 * gain * noise, Variance: (256 * full) + (16 * gain * (96 + (8 * noise / (t * t)))), Trace: 16 * gain * ((48 * t) - (2 * noise / t)));
        var flat = (Constant: 16 * gain * noise * t, Variance: 16 * gain * ((48 * t) - (2 * noise / t)), Trace: 16 * gain * 12 * t * t);
        int variance = n, trace = n + 1;
        var matrix = Matrix<double>.Build.DenseIdentity(n + 2);
        var right = Vector<double>.Build.Dense(n + 2);
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < n; j++)
            {
                var along = response[(i * n) + j] * rates[j] * weights[j];
                sum += along * rates[j];
                matrix[i, j] -= rates[i] * along * A(j);
            }

            var own = response[(i * n) + i];
            matrix[i, i] -= A(i) * sum;
            matrix[i, variance] = (-mixed.Variance * rates[i] * sum) - (flat.Variance * rates[i] * rates[i] * own);
            matrix[i, trace] = (-mixed.Trace * rates[i] * sum) - (flat.Trace * rates[i] * rates[i] * own);
            right[i] = (mixed.Constant * rates[i] * sum) + (flat.Constant * rates[i] * rates[i] * own);
            matrix[variance, i] = -weights[i] * rates[i];
            matrix[trace, i] = -2 * A(i) * rates[i] * rates[i] * weights[i] * own;
            var (cube, square) = (rates[i] * rates[i] * rates[i] * weights[i] * own, nodes.Counts[i] * rates[i] * rates[i] * own);
            matrix[trace, variance] -= (mixed.Variance * cube) + (flat.Variance * square);
            matrix[trace, trace] -= (mixed.Trace * cube) + (flat.Trace * square);
            right[trace] += (mixed.Constant * cube) + (flat.Constant * square);
        }

        var solution = matrix.LU().Solve(right);
        double overlapVariance = solution[variance], quadratic = solution[trace];
        var (among, each) = (mixed.Constant + (mixed.Variance * overlapVariance) + (mixed.Trace * quadratic), flat.Constant + (flat.Variance * overlapVariance) + (flat.Trace * quadratic));
        var squares = 0.0;
        for (var i = n - 1; i >= 0; i--)
            squares += response[(i * n) + i] * ((weights[i] * ((2 * A(i) * solution[i] * rates[i]) + (among * rates[i] * rates[i]))) + (nodes.Counts[i] * each * rates[i]));
        return overlapVariance >= 0 && quadratic >= 0 && squares >= 0
            ? new FluctuationFloor((4 * t * quadratic) + (8 * overlapVariance), squares / nodes.Dimension, overlapVariance, quadratic) : null;
    }
}
