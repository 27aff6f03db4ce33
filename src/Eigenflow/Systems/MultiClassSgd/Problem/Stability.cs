namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Stability of SGD on squared losses: noise multiplies by M_ij = (γ/2) p_j ⟨λ_i λ_j/k̄⟩, k̄ = Σ p λ, whose spectral radius has to be below 1 (derived).</summary>
internal static class Stability
{
    private const int Iterations = 200;

    // Digits of the sums that a radius is made of.
    private const double Rounding = 1e-12;

    /// <summary>A spectral radius that is 1 up to rounding, where the risk grows without bound as above, is 1.</summary>
    /// <param name="radius">As it was computed.</param>
    public static double Rounded(double radius) => Math.Abs(radius - 1) <= Rounding ? 1 : radius;

    /// <summary>The spectral radius of M, by iteration of the positive matrix.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="rate">γ/B of B samples per step.</param>
    public static double Of(MixtureModes modes, double rate)
    {
        var spectra = modes.Spectra.Length;
        var shares = new double[spectra];
        for (var i = 0; i < modes.Classes; i++)
            shares[modes.SpectrumOf[i]] += modes.Probabilities[i];
        var pooled = modes.Pooled;
        var vector = Enumerable.Repeat(1.0, spectra).ToArray();
        var radius = 0.0;
        for (var pass = 0; pass < (spectra == 1 ? 1 : Iterations); pass++)
        {
            double[] next = [.. Enumerable.Range(0, spectra).Select(i => Enumerable.Range(0, spectra).Sum(j => rate / 2 * shares[j] * Ratio(i, j) * vector[j]))];
            radius = next.Max();
            if (radius == 0)
                return 0;
            vector = [.. next.Select(value => value / radius)];
        }

        return Rounded(radius);

        double Ratio(int first, int second)
        {
            var sum = 0.0;
            for (var b = 0; b < modes.Blocks; b++)
                sum += pooled[b] > 0 ? modes.Masses[b] * modes.Spectra[first][b] * modes.Spectra[second][b] / pooled[b] : 0;
            return sum;
        }
    }
}
