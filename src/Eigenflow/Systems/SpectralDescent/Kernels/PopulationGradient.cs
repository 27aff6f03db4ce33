using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// The exact population gradient H W, H = 2QΔQ + TQ, as 2Q(W A − θφᵀ) + T Q W with A = WᵀQW and φ = WᵀQθ, so that no d × d matrix is formed.
/// Work 2 d m² fused operations; memory d m + m² doubles; no allocation.
/// </summary>
internal sealed class PopulationGradient(MatrixSystem system) : IGradientSource
{
    private readonly double[] scaled = new double[system.Dimension * system.Width];
    private readonly double[] gram = new double[system.Width * system.Width];
    private readonly double[] overlap = new double[system.Width];
    private readonly double teacherSquare = system.Eigenvalues.Zip(system.Teacher, (q, x) => q * x * x).Sum();

    public double Work => 2.0 * system.Dimension * system.Width * system.Width;

    public void Fill(ReadOnlySpan<double> weights, long step, Span<double> gradient)
    {
        var (d, m, q, teacher) = (system.Dimension, system.Width, system.Eigenvalues, system.Teacher);
        Array.Clear(overlap);
        for (var i = 0; i < d; i++)
        {
            var row = weights.Slice(i * m, m);
            var target = scaled.AsSpan(i * m, m);
            var projection = q[i] * teacher[i];
            for (var j = 0; j < m; j++)
            {
                target[j] = q[i] * row[j];
                overlap[j] += projection * row[j];
            }
        }

        MatrixProduct.MultiplyTransposed(weights, scaled, gram, m, d, m);
        var residual = -teacherSquare;
        for (var j = 0; j < m; j++)
            residual += gram[(j * m) + j];
        MatrixProduct.Multiply(weights, gram, gradient, d, m, m);
        for (var i = 0; i < d; i++)
        {
            var row = gradient.Slice(i * m, m);
            var plain = weights.Slice(i * m, m);
            for (var j = 0; j < m; j++)
                row[j] = q[i] * ((2 * (row[j] - (teacher[i] * overlap[j]))) + (residual * plain[j]));
        }
    }
}
