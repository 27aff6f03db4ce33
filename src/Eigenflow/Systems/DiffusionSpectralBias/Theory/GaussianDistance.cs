using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>How far a generated Gaussian is from that of the data. Modes without variance in the data are left out: the divergence to them is infinite.</summary>
/// <param name="Forward">KL(generated‖data).</param>
/// <param name="Reverse">KL(data‖generated).</param>
/// <param name="Alignment">χ = Σ_i (UᵀCU)_ii² / Σ_ij (UᵀCU)_ij² of the generated covariance C in the eigenbasis U of the data.</param>
/// <param name="Learned">Σ_k min(λ~_k, λ_k)/Σ_k λ_k.</param>
internal readonly record struct GaussianDistance(double Forward, double Reverse, double Alignment, double Learned)
{
    /// <summary>Of independent modes.</summary>
    /// <param name="logVariances">ln λ~.</param>
    /// <param name="targets">λ.</param>
    public static GaussianDistance Of(double[] logVariances, double[] targets)
    {
        var chunks = new (double Forward, double Reverse, double Learned, double Whole)[(targets.Length + ModeChunks.Size - 1) / ModeChunks.Size];
        ModeChunks.Run(targets.Length, (from, to) =>
        {
            double forward = 0, reverse = 0, learned = 0, whole = 0;
            for (var k = from; k < to; k++)
            {
                var target = targets[k];
                if (!(target > 0))
                    continue;
                double x = logVariances[k] - Math.Log(target), ratio = Math.Exp(x);
                (whole, learned) = (whole + target, learned + (target * Math.Min(ratio, 1)));

                // e^±x − 1 ∓ x without the cancellation at x = 0.
                var isSmall = Math.Abs(x) < 1e-4;
                forward += isSmall ? x * x * (0.5 + (x / 6)) : ratio - 1 - x;
                reverse += isSmall ? x * x * (0.5 - (x / 6)) : (1 / ratio) - 1 + x;
            }

            chunks[from / ModeChunks.Size] = (forward, reverse, learned, whole);
        });
        return new(0.5 * chunks.Sum(one => one.Forward), 0.5 * chunks.Sum(one => one.Reverse), 1, chunks.Sum(one => one.Learned) / chunks.Sum(one => one.Whole));
    }

    /// <summary>Of a generated law N(c, C) in the basis of the modes of N(m, diag λ).</summary>
    /// <param name="covariance">C, d × d.</param>
    /// <param name="mean">c.</param>
    /// <param name="targets">λ.</param>
    /// <param name="dataMean">m; empty for zero.</param>
    public static GaussianDistance Of(double[] covariance, double[] mean, double[] targets, double[] dataMean)
    {
        var d = targets.Length;
        double diagonal = 0, all = 0, learned = 0;
        int[] kept = [.. Enumerable.Range(0, d).Where(k => targets[k] > 0)];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
                all += covariance[(i * d) + j] * covariance[(i * d) + j];
            diagonal += covariance[(i * d) + i] * covariance[(i * d) + i];
            learned += Math.Min(covariance[(i * d) + i], targets[i]);
        }

        var whitened = new double[kept.Length * kept.Length];
        double forward = -kept.Length, reverse = -kept.Length;
        for (var a = 0; a < kept.Length; a++)
        {
            for (var b = 0; b < kept.Length; b++)
                whitened[(a * kept.Length) + b] = covariance[(kept[a] * d) + kept[b]] / Math.Sqrt(targets[kept[a]] * targets[kept[b]]);
            forward += whitened[(a * kept.Length) + a];
        }

        // In the whitened coordinates the data are N(0, I): everything follows from eigenvalues and the difference of the means.
        if (!Array.TrueForAll(whitened, double.IsFinite))
            return new(double.PositiveInfinity, double.PositiveInfinity, diagonal / all, learned / targets.Sum());
        var eigen = DenseAlgebra.Best.SymmetricEigen(whitened, kept.Length);
        double[] difference = [.. kept.Select(k => (mean.Length > 0 ? mean[k] : 0) - (dataMean.Length > 0 ? dataMean[k] : 0)).Select((value, a) => value / Math.Sqrt(targets[kept[a]]))];
        for (var a = 0; a < kept.Length; a++)
        {
            var value = Math.Max(eigen.Values[a], double.Epsilon);
            var part = 0.0;
            for (var b = 0; b < kept.Length; b++)
                part += eigen.Vectors[(a * kept.Length) + b] * difference[b];
            forward += -Math.Log(value) + (difference[a] * difference[a]);
            reverse += (1 / value) + Math.Log(value) + (part * part / value);
        }

        return new(0.5 * forward, 0.5 * reverse, diagonal / all, learned / targets.Sum());
    }
}
