namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The second moments of the stochastic gradient at given overlaps. With z = x_i, P = ⟨x, w⟩, R = ⟨x, w*⟩ and g_i = 4(P² − R² − ξ) P z, Gaussian
/// moments give exactly E g_i² = λ_i I + 16 λ_i² (A y_i² + 2 B y_i w*_i + C w*_i²) for y = w or for the deviation y = w − w* (derived;
/// docs/systems/phase-retrieval.md). In w: I = 16 (E F + σ² s) = 16 [15s³ − 6s²s* − 24su² + 3ss*² + 12s*u² + σ² s] with F = (P² − R²)² P², and
/// A = F_PP + 2σ², B = F_PR, C = F_RR: F_PP = 90s² − 24(ss* + 2u²) + 6s*², F_PR = −48su + 24s*u, F_RR = −12s² + 12(ss* + 2u²).
/// </summary>
/// <param name="Intensity">I.</param>
/// <param name="Square">A.</param>
/// <param name="Cross">B.</param>
/// <param name="Constant">C.</param>
internal readonly record struct GradientMoments(double Intensity, double Square, double Cross, double Constant)
{
    /// <summary>The moments in terms of w.</summary>
    /// <param name="s">s.</param>
    /// <param name="u">u.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="noise">σ².</param>
    public static GradientMoments Of(double s, double u, double overlap, double noise)
    {
        var t = overlap;
        return new(
            16 * ((15 * s * s * s) - (6 * s * s * t) - (24 * s * u * u) + (3 * s * t * t) + (12 * t * u * u) + (noise * s)),
            (90 * s * s) - (24 * ((s * t) + (2 * u * u))) + (6 * t * t) + (2 * noise),
            (-48 * s * u) + (24 * t * u),
            (-12 * s * s) + (12 * ((s * t) + (2 * u * u))));
    }

    /// <summary>The moments in terms of e = w − w*, expanded so that nothing cancels near the teacher.</summary>
    /// <param name="linear">q = eᵀQw*.</param>
    /// <param name="quadratic">p = eᵀQe.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="noise">σ².</param>
    public static GradientMoments NearTeacher(double linear, double quadratic, double overlap, double noise)
    {
        // s = t + a, u = t + q with a = 2q + p; the constant terms of every bracket cancel identically.
        var t = overlap;
        var q = linear;
        var p = quadratic;
        var a = (2 * q) + p;
        var square = (90 * (t + a) * (t + a)) - (24 * (t + a) * t) - (48 * (t + q) * (t + q)) + (6 * t * t);
        var cross = (108 * t * a) - (120 * t * q) + (90 * a * a) - (48 * q * q) - (48 * a * q);
        var constant = (48 * t * p) + (78 * a * a) - (24 * q * q) - (96 * a * q);
        var excess = (12 * t * t * p) + (39 * t * a * a) - (48 * t * a * q) - (12 * t * q * q) + (15 * a * a * a) - (24 * a * q * q);
        return new(16 * (excess + (noise * (t + a))), square + (2 * noise), cross + (2 * noise), constant + (2 * noise));
    }
}
