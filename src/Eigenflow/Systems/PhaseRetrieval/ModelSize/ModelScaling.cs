namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Exponents of the loss in time, model size and compute (derived; docs/systems/phase-retrieval.md): with a &gt; 1 and w*_i² ∝ i^(−b) a student of p modes has
/// L ≃ K t^(−β) + F p^(−γ), β = (a + b − 1)/(a(1 − κ)), γ = a + b − 1, because mode p relaxes at the time t ∝ p^(a(1−κ)) at which both are equal.
/// </summary>
public static class ModelScaling
{
    /// <summary>γ = a + b − 1 of the floor L_p ∝ p^(−γ).</summary>
    /// <param name="exponent">Spectral exponent a &gt; 1.</param>
    /// <param name="sourceExponent">Source exponent b.</param>
    public static double FloorExponent(double exponent, double sourceExponent = 0) => exponent + sourceExponent - 1;

    /// <summary>Exponent of the least loss at the compute C = p t: βγ/(β + γ) = (a + b − 1)/(1 + a(1 − κ)).</summary>
    /// <param name="exponent">Spectral exponent a &gt; 1.</param>
    /// <param name="sourceExponent">Source exponent b.</param>
    /// <param name="preconditioner">κ.</param>
    public static double ComputeExponent(double exponent, double sourceExponent = 0, double preconditioner = 0) =>
        FloorExponent(exponent, sourceExponent) / (1 + (exponent * (1 - preconditioner)));

    /// <summary>Exponent of the best model size p ∝ C^x: β/(β + γ) = 1/(1 + a(1 − κ)).</summary>
    /// <param name="exponent">Spectral exponent a &gt; 1.</param>
    /// <param name="preconditioner">κ.</param>
    public static double SizeExponent(double exponent, double preconditioner = 0) => 1 / (1 + (exponent * (1 - preconditioner)));

    /// <summary>F of L_p ≃ F p^(−γ) for 1 ≪ p ≪ d: 4 s* ⟨i^b w*_i²⟩ c/γ with λ_i = c i^(−a).</summary>
    /// <param name="teacherOverlap">s*.</param>
    /// <param name="teacherSquare">w*_i² i^b.</param>
    /// <param name="scale">c = λ_1.</param>
    /// <param name="exponent">Spectral exponent a &gt; 1.</param>
    /// <param name="sourceExponent">Source exponent b.</param>
    public static double FloorConstant(double teacherOverlap, double teacherSquare, double scale, double exponent, double sourceExponent = 0) =>
        4 * teacherOverlap * teacherSquare * scale / FloorExponent(exponent, sourceExponent);
}
