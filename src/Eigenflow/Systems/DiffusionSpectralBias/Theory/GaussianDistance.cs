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
        double Log(int k) => logVariances[k] - Math.Log(targets[k]);
        double Sum(Func<int, double> term) => ModeChunks.Sum(targets.Length, k => targets[k] > 0 ? term(k) : 0);
        return new(
            0.5 * Sum(k => Excess(Log(k))), 0.5 * Sum(k => Excess(-Log(k))), 1,
            Sum(k => Math.Min(Math.Exp(logVariances[k]), targets[k])) / Sum(k => targets[k]));
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

    // e^x − 1 − x without the cancellation at x = 0.
    private static double Excess(double x) => Math.Abs(x) < 1e-4 ? x * x * (0.5 + (x / 6)) : Math.Exp(x) - 1 - x;
}
