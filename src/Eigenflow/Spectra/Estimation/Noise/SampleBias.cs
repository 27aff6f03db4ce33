using System.Runtime.InteropServices;
using Eigenflow.Numerics;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The bias of an exponent that a finite sample causes: a sample eigenvalue ℓ_i stands for the population eigenvalue λ_i = (n − 1)/Σ_(j≠i) 1/(ℓ_i − ℓ_j), the sum over all n eigenvalues of the Gram matrix, zeros included
/// (the limit of large n and d for eigenvalues outside the bulk of the others: Bai and Ding 2012; to first order in 1/n that of Lawley 1956).
/// Within the window ℓ is the fitted law, so that the scatter of neighbours cancels. Work O(window · modes).
/// </summary>
internal static class SampleBias
{
    /// <summary>Fitted minus population exponent over the window. Where the formula has no solution on half of the window, the exponent itself: a sample says nothing.</summary>
    /// <param name="law">The fitted law.</param>
    /// <param name="eigenvalues">The measured eigenvalues, descending.</param>
    /// <param name="samples">Degrees of freedom n.</param>
    /// <param name="features">d.</param>
    /// <param name="trace">Trace of the covariance.</param>
    public static double OfExponent(ModeLaw law, ReadOnlySpan<double> eigenvalues, long samples, int features, double trace)
    {
        var known = (int)Math.Min(eigenvalues.Length, samples);
        var values = new double[known];
        double before = Law(law.First) / eigenvalues[law.First - 1], after = Law(law.Last) / eigenvalues[law.Last - 1], sum = 0;
        for (var i = 0; i < known; i++)
        {
            sum += eigenvalues[i];
            values[i] = i + 1 < law.First ? eigenvalues[i] * before : i + 1 > law.Last ? eigenvalues[i] * after : Law(i + 1);
        }

        // Eigenvalues that were not computed share the rest of the trace.
        var unknown = Math.Min(samples, features) - known;
        var rest = unknown > 0 ? Math.Max(0, trace - sum) / unknown : 0;
        var zeros = samples - known - unknown;
        List<double> u = [], v = [], w = [];
        for (var i = law.First; i <= law.Last; i++)
        {
            var value = values[i - 1];
            var inverse = (zeros / value) + (unknown > 0 ? unknown / (value - rest) : 0);
            for (var j = 0; j < known; j++)
            {
                if (j != i - 1 && values[j] != value)
                    inverse += 1 / (value - values[j]);
            }

            var population = (samples - 1) / inverse;
            if (!(population > 0) || !double.IsFinite(population))
                continue;
            u.Add(Math.Log(i));
            v.Add(Math.Log(population / value));
            w.Add(1.0 / i);
        }

        return 2 * u.Count <= law.Last - law.First + 1
            ? law.Exponent
            : LeastSquaresLine.Fit(CollectionsMarshal.AsSpan(u), CollectionsMarshal.AsSpan(v), CollectionsMarshal.AsSpan(w)).Slope;

        double Law(int mode) => law.Amplitude * Math.Pow(mode, -law.Exponent);
    }
}
