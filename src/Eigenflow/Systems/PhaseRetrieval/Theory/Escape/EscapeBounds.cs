namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Bounds of the escape rate ρ(b) = λ_max(bs*Q + 8Qw*w*ᵀQ), b = 4 at the start, and of the coefficient C (arXiv 2511.18661, Phase I, and derived):
/// b s* s*⁽³⁾/s*⁽²⁾ + 8s*⁽²⁾ ≤ ρ ≤ b s* λ₁ + 8s*⁽²⁾, ρ − b s* λ₁ ≥ 8w*₁²λ₁², D′ ≥ 1/(8s*⁽²⁾) and |C| ≤ ‖w(0)‖/√(8D′), the last two by Cauchy and Schwarz.
/// </summary>
/// <param name="Lower">The Rayleigh quotient of Qw*.</param>
/// <param name="Upper">The sum of the two largest eigenvalues.</param>
/// <param name="Excess">ρ − b s* λ₁.</param>
/// <param name="LeastExcess">8w*₁²λ₁².</param>
/// <param name="LeastSlope">1/(8s*⁽²⁾).</param>
/// <param name="CoefficientCap">‖w(0)‖/√(8D′).</param>
public sealed record EscapeBounds(double Lower, double Upper, double Excess, double LeastExcess, double LeastSlope, double CoefficientCap)
{
    /// <summary>The bounds of a problem at b = 4.</summary>
    /// <param name="modes">Its modes.</param>
    public static EscapeBounds Of(WeightedModes modes)
    {
        const double Growth = 4;
        var escape = EscapeTheory.Of(modes);
        var overlap = modes.TeacherOverlap;
        var (second, third, first) = (modes.Moments(2).Teacher, modes.Moments(3).Teacher, modes.LargestEigenvalue);
        var firstTeacher = modes.Sum(j => modes.Eigenvalues[j] == first ? modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j] : 0);
        var start = modes.Sum(j => modes.Weights[j] * modes.Start[j] * modes.Start[j]);
        return new EscapeBounds(
            (Growth * overlap * third / second) + (8 * second), (Growth * overlap * first) + (8 * second), escape.Rate - (Growth * overlap * first),
            8 * firstTeacher * first * first, 1 / (8 * second), Math.Sqrt(start / (8 * escape.Slope)));
    }

    /// <summary>ρ(b), increasing and convex in b with dρ/db = s* vᵀQv, so that |ρ(4) − ρ(4(1 − 3x))| ≤ 12λ₁s*x.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="growth">b &gt; 0.</param>
    public static double RateAt(WeightedModes modes, double growth)
    {
        var squares = new double[modes.Size];
        for (var j = 0; j < squares.Length; j++)
            squares[j] = modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j];

        // The equation has 4s* where this one has bs*.
        return EscapeTheory.FindRate(modes.Eigenvalues, modes.Eigenvalues, squares, modes.TeacherOverlap * growth / 4);
    }
}
