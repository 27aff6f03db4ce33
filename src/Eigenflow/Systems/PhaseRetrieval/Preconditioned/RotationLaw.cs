namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// What a small rotation of the preconditioner's basis does to T(MSE = ½) (derived; docs/systems/phase-retrieval.md): T(ε) ≃ T(0)(1 + Kε²) in the mean over rotations, from ė = −8s* P Q e with
/// P = exp(εA) diag((RᵀQR)_ii)^(−κ) exp(−εA) to second order in ε, A_ij of variance 1/d. Two parts of K grow with d: the preconditioner takes λ_i + ε²/d for λ_i, which slows the last modes
/// (d^(a−1)), and the fast modes push the slow ones while they learn (d^(2aκ−1)). Work O(d²).
/// </summary>
/// <param name="Time">T(0) without the escape.</param>
/// <param name="Curvature">K.</param>
public readonly record struct RotationLaw(double Time, double Curvature)
{
    // Rates nearer to each other than this part are one.
    private const double Degenerate = 1e-9;

    /// <summary>ε at which the law doubles the time, K^(−½).</summary>
    public double CriticalAngle => 1 / Math.Sqrt(Curvature);

    /// <summary>The exponent x of K ∝ d^x: max(a − 1, 2aκ − 1), for a &gt; 1.</summary>
    /// <param name="exponent">Spectral exponent a.</param>
    /// <param name="preconditioner">κ &gt; 0.</param>
    public static double Growth(double exponent, double preconditioner) => Math.Max(exponent - 1, (2 * exponent * preconditioner) - 1);

    /// <summary>The law for a deviation.</summary>
    /// <param name="eigenvalues">λ &gt; 0, descending.</param>
    /// <param name="deviation">w* − w(0), whose mean square is above ½.</param>
    /// <param name="preconditioner">κ.</param>
    /// <param name="overlap">s*.</param>
    /// <exception cref="ParameterException">An eigenvalue is not positive.</exception>
    public static RotationLaw Of(double[] eigenvalues, double[] deviation, double preconditioner, double overlap = 1)
    {
        var size = eigenvalues.Length;
        if (!(eigenvalues[^1] > 0))
            throw new ParameterException("rotation", eigenvalues[^1], "positive eigenvalues");
        double[] factors = [.. eigenvalues.Select(value => Math.Pow(value, -preconditioner))];
        double[] rates = [.. eigenvalues.Select((value, i) => 8 * overlap * factors[i] * value)];
        var time = Math.Exp(Numerics.ScalarRoot.Find(logarithm => Mean(rates, deviation, Math.Exp(logarithm)) - 0.5, Math.Log(1e-3 / rates[0]), Math.Log(10 / rates[^1])));
        double[] left = [.. rates.Select(rate => Math.Exp(-rate * time))];
        double mean = factors.Sum() / size, correction = 0, slope = 0;
        for (var i = size - 1; i >= 0; i--)
        {
            // The mean of the second order of P_ii, and of the second order of its preconditioner.
            var second = mean - factors[i] - (preconditioner * factors[i] / eigenvalues[i] * ((1.0 / size) - eigenvalues[i]));
            var change = -8 * overlap * second * eigenvalues[i] * time * left[i];
            double pushed = 0, back = 0;
            for (var j = 0; j < size; j++)
            {
                var gap = rates[i] - rates[j];
                var isOne = Math.Abs(gap) <= Degenerate * rates[i];
                var once = isOne ? time * left[i] : (left[j] - left[i]) / gap;
                var twice = isOne ? time * time / 2 * left[i] : ((time * left[i]) - once) / -gap;
                var difference = factors[j] - factors[i];
                var push = 8 * overlap * difference * eigenvalues[j] * once * deviation[j];
                pushed += push * push;
                back += 64 * overlap * overlap * difference * difference * eigenvalues[i] * eigenvalues[j] * twice;
            }

            var square = deviation[i] * deviation[i];
            correction += (pushed / size) + (2 * left[i] * (change + (back / size)) * square);
            slope += 2 * rates[i] * left[i] * left[i] * square;
        }

        return new RotationLaw(time, correction / slope / time);
    }

    private static double Mean(double[] rates, double[] deviation, double time)
    {
        var sum = 0.0;
        for (var i = rates.Length - 1; i >= 0; i--)
            sum += deviation[i] * deviation[i] * Math.Exp(-2 * rates[i] * time);
        return sum / rates.Length;
    }
}
