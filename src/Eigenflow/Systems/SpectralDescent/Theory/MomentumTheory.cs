namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Gradient descent with momentum on a linear gradient G = κw (derived, docs/systems/spectral-descent.md): M ← μM + gκw, w ← w − ηM, or w − η(gκw + μM) with Nesterov's momentum. The two by two maps have
/// trace 1 + μ − ηgκ and determinant μ, or trace 1 + μ − ηgκ(1 + μ) and determinant μ − ηgκμ.
/// </summary>
internal static class MomentumTheory
{
    /// <summary>Largest stable ηκ over that without momentum, which is 2: (1 + μ)/g, or (1 + μ)/(g(1 + 2μ)) with Nesterov's momentum.</summary>
    /// <param name="momentum">μ.</param>
    /// <param name="isNesterov">Whether it looks ahead.</param>
    /// <param name="isSum">Whether g = 1, and not 1 − μ.</param>
    public static double LimitFactor(double momentum, bool isNesterov, bool isSum) =>
        (1 + momentum) / ((isSum ? 1 : 1 - momentum) * (isNesterov ? 1 + (2 * momentum) : 1));

    /// <summary>Growth of ln w per step where the gradient is −ρw: the logarithm of the larger root.</summary>
    /// <param name="rate">ηρ ≥ 0.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="isNesterov">Whether it looks ahead.</param>
    /// <param name="isSum">Whether g = 1, and not 1 − μ.</param>
    public static double Growth(double rate, double momentum, bool isNesterov, bool isSum)
    {
        var push = rate * (isSum ? 1 : 1 - momentum);
        var (trace, determinant) = isNesterov ? (1 + momentum + (push * (1 + momentum)), momentum * (1 + push)) : (1 + momentum + push, momentum);
        return Math.Log((trace + Math.Sqrt((trace * trace) - (4 * determinant))) / 2);
    }
}
