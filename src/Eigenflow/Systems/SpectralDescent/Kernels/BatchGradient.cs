using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// The gradient on fresh samples, G = (1/B) Σ (f(x) − y) x xᵀW, one pass: samples are addressed by (seed, replica, step), so that nothing depends on threads.
/// Work per step: B d Gaussians and 2 B d m fused operations, in pieces of at most 1024 samples; memory (d + m) min(B, 1024) + d m doubles; no allocation.
/// </summary>
internal sealed class BatchGradient : IGradientSource
{
    public const int LargestPiece = 1024;
    private readonly MatrixSystem system;
    private readonly int batch;
    private readonly long seed;
    private readonly int replica;
    private readonly double[] roots;
    private readonly double[] samples;
    private readonly double[] outputs;
    private readonly double[] part;

    public BatchGradient(MatrixSystem system, int batch, long seed, int replica)
    {
        this.system = system;
        this.batch = batch;
        this.seed = seed;
        this.replica = replica;
        var piece = Math.Min(batch, LargestPiece);
        roots = [.. system.Eigenvalues.Select(Math.Sqrt)];
        samples = new double[piece * system.Dimension];
        outputs = new double[piece * system.Width];
        part = new double[system.Dimension * system.Width];
    }

    public double Work => batch * ((10.0 * system.Dimension) + (2.0 * system.Dimension * system.Width));

    public void Fill(ReadOnlySpan<double> weights, long step, Span<double> gradient)
    {
        var (d, m, teacher) = (system.Dimension, system.Width, system.Teacher);
        var address = new GaussianAddress((ulong)seed, RandomStreams.Samples, replica, step);
        for (var first = 0; first < batch; first += LargestPiece)
        {
            var count = Math.Min(LargestPiece, batch - first);
            var x = samples.AsSpan(0, count * d);
            GaussianGenerator.Fill(address, (long)first * d, x);
            for (var i = 0; i < count; i++)
            {
                var row = x.Slice(i * d, d);
                for (var j = 0; j < d; j++)
                    row[j] *= roots[j];
            }

            MatrixProduct.Multiply(x, weights, outputs, count, d, m);
            for (var i = 0; i < count; i++)
            {
                var label = 0.0;
                var row = x.Slice(i * d, d);
                for (var j = 0; j < d; j++)
                    label += teacher[j] * row[j];
                var neurons = outputs.AsSpan(i * m, m);
                var residual = -label * label;
                foreach (var value in neurons)
                    residual += value * value;
                residual /= batch;
                for (var j = 0; j < m; j++)
                    neurons[j] *= residual;
            }

            if (first == 0)
            {
                MatrixProduct.MultiplyTransposed(x, outputs, gradient, d, count, m);
                continue;
            }

            MatrixProduct.MultiplyTransposed(x, outputs, part, d, count, m);
            for (var i = 0; i < part.Length; i++)
                gradient[i] += part[i];
        }
    }
}
