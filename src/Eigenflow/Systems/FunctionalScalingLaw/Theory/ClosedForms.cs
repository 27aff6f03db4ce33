namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Level 3: what constant, exponential and WSD schedules give in closed form, in intrinsic time. An exponential decay in steps is linear in intrinsic time, so that
/// label-noise convolutions I = ∫_0^T K_M(T − r) φ(r) dr are elementary (derived), and the theorems of arXiv 2509.19189 follow. Work O(nodes).
/// </summary>
public static class ClosedForms
{
    // Closer to one, (a − b)/ln(a/b) loses its digits and is the constant schedule.
    private const double EqualRates = 1e-8;

    /// <summary>T = (a − b) K/ln(a/b) of an exponential decay; aK for b = a.</summary>
    /// <param name="peak">a &gt; 0.</param>
    /// <param name="final">b, 0 &lt; b ≤ a.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static double DecayTime(double peak, double final, double steps)
    {
        if (!(final > 0 && final <= peak))
            throw new ParameterException("final", final, FormattableString.Invariant($"0 < final <= {peak:R}"), "an exponential never reaches zero");
        return Math.Abs((peak / final) - 1) < EqualRates ? peak * steps : (peak - final) * steps / Math.Log(peak / final);
    }

    /// <summary>I of a constant rate: a Σ (λ/2)(1 − e^(−2λT)), T = aK.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="peak">a.</param>
    /// <param name="steps">K.</param>
    public static double ConstantNoise(KernelModes modes, double peak, double steps) => peak * Saturated(modes, 0, peak * steps);

    /// <summary>I of an exponential decay: b Σ (λ/2)(1 − e^(−2λT)) + ((a − b)/(4T)) Σ [1 − (1 + 2λT) e^(−2λT)].</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="peak">a.</param>
    /// <param name="final">b.</param>
    /// <param name="steps">K.</param>
    public static double ExponentialNoise(KernelModes modes, double peak, double final, double steps)
    {
        var time = DecayTime(peak, final, steps);
        var sum = 0.0;
        for (var j = modes.Size - 1; j >= 0; j--)
            sum += modes.NoiseWeights[j] / modes.Eigenvalues[j] * Forgotten(2 * modes.Eigenvalues[j] * time);
        return (final * Saturated(modes, 0, time)) + ((peak - final) / (4 * time) * sum);
    }

    /// <summary>I of WSD: that of its decay, and a Σ (λ/2)(e^(−2λT₂) − e^(−2λ(T₁+T₂))) of its stable part.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="peak">a.</param>
    /// <param name="final">b.</param>
    /// <param name="steps">K.</param>
    /// <param name="decaySteps">K₂, 1 to K.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static double StableDecayNoise(KernelModes modes, double peak, double final, double steps, double decaySteps)
    {
        if (!(decaySteps >= 1 && decaySteps <= steps))
            throw new ParameterException("decay-steps", decaySteps, FormattableString.Invariant($"a number from 1 to the number of steps {steps:R}"));
        var decay = DecayTime(peak, final, decaySteps);
        return ExponentialNoise(modes, peak, final, decaySteps) + (peak * Saturated(modes, decay, decay + (peak * (steps - decaySteps))));
    }

    /// <summary>The theorem's right-hand side for a constant rate, all constants one: M^(−sβ) + (ηK)^(−s) + σ²η/B.</summary>
    /// <param name="problem">s, β, M and σ² are read.</param>
    /// <param name="peak">η.</param>
    /// <param name="steps">K.</param>
    /// <param name="batch">B.</param>
    public static double ConstantBound(ScalingLawProblem problem, double peak, double steps, double batch) =>
        Floor(problem) + Math.Pow(peak * steps, -problem.Difficulty) + (problem.Noise * peak / batch);

    /// <summary>The theorem's right-hand side for an exponential decay: M^(−sβ) + T^(−s) + σ² [b/B + (a − b) min(M, T^(1/β))/(BT)].</summary>
    /// <param name="problem">s, β, M and σ² are read.</param>
    /// <param name="peak">a.</param>
    /// <param name="final">b.</param>
    /// <param name="steps">K.</param>
    /// <param name="batch">B.</param>
    public static double ExponentialBound(ScalingLawProblem problem, double peak, double final, double steps, double batch) =>
        StableDecayBound(problem, peak, final, steps, steps, batch);

    /// <summary>The theorem's right-hand side for WSD: M^(−sβ) + (T₁ + T₂)^(−s) + σ² [b/B + (a − b) min(M, T₂^(1/β))/(BT₂)].</summary>
    /// <param name="problem">s, β, M and σ² are read.</param>
    /// <param name="peak">a.</param>
    /// <param name="final">b.</param>
    /// <param name="steps">K = K₁ + K₂.</param>
    /// <param name="decaySteps">K₂.</param>
    /// <param name="batch">B.</param>
    public static double StableDecayBound(ScalingLawProblem problem, double peak, double final, double steps, double decaySteps, double batch)
    {
        var decay = DecayTime(peak, final, decaySteps);
        var time = (peak * (steps - decaySteps)) + decay;
        var learned = Math.Min(problem.ModelSize, Math.Pow(decay, 1 / problem.Capacity));
        return Floor(problem) + Math.Pow(time, -problem.Difficulty) + (problem.Noise * ((final / batch) + ((peak - final) * learned / (batch * decay))));
    }

    private static double Floor(ScalingLawProblem problem) => Math.Pow(problem.ModelSize, -problem.IntrinsicDifficulty);

    // Σ (λ/2)(e^(−2λ·from) − e^(−2λ·to)).
    private static double Saturated(KernelModes modes, double from, double to)
    {
        var sum = 0.0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var rate = 2 * modes.Eigenvalues[j];
            sum -= modes.NoiseWeights[j] / 2 * Math.Exp(-rate * from) * double.ExpM1(-rate * (to - from));
        }

        return sum;
    }

    // 1 − (1 + x) e^(−x), by its series where that would cancel.
    private static double Forgotten(double x) => x < 0.01
        ? x * x * (0.5 - (x * ((1.0 / 3) - (x * (0.125 - (x / 30))))))
        : -double.ExpM1(-x) - (x * Math.Exp(-x));
}
