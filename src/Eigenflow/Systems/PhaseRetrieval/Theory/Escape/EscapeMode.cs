namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The growing mode of Phase I: the unit eigenvector v_i = √(8/D′) λ_i w*_i/(ρ − 4λ_i s*) of 4s*Q + 8Qw*w*ᵀQ, the negative Hessian at w = 0, with its eigenvalue ρ.
/// While it dominates, w = zv with z ∝ e^(ρt), so that every correlation is a fixed multiple of u (derived; docs/systems/phase-retrieval.md, section 5).
/// </summary>
public sealed class EscapeMode
{
    private readonly WeightedModes modes;
    private readonly double[] gaps;
    private readonly double scale;

    /// <summary>The mode of a problem.</summary>
    /// <param name="modes">Its modes.</param>
    public EscapeMode(WeightedModes modes)
    {
        this.modes = modes;
        Theory = EscapeTheory.Of(modes);
        gaps = EscapeTheory.Resolve(modes).Gaps;
        scale = Math.Sqrt(8 / Theory.Slope);
        SelfOverlap = modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * Direction(j) * Direction(j));
        Amplitude = modes.Sum(j => modes.Weights[j] * Direction(j) * modes.Start[j]);
    }

    /// <summary>Rate ρ, coefficient C and slope D′.</summary>
    public EscapeTheory Theory { get; }

    /// <summary>κ = vᵀQv, which is also the derivative of the eigenvalue of bs*Q + 8Qw*w*ᵀQ by bs* at b = 4.</summary>
    public double SelfOverlap { get; }

    /// <summary>z(0) = vᵀw(0), with v on the teacher's side; C = z(0)/√(8D′).</summary>
    public double Amplitude { get; }

    /// <summary>v·Qw* = 1/√(8D′): u = z times this.</summary>
    public double TeacherOverlap => 1 / Math.Sqrt(8 * Theory.Slope);

    /// <summary>κ_s = s/u² = 64 Σ w*_i² λ_i³/(ρ − 4λ_i s*)², at least 1/s*.</summary>
    public double OverlapRatio => SelfOverlap * 8 * Theory.Slope;

    /// <summary>κ_k = u⁽ᵏ⁾/u = 8 Σ w*_i² λ_i^(k+1)/(ρ − 4λ_i s*): κ_1 = 1, and κ_(k+1) = (ρκ_k − 8s*⁽ᵏ⁺¹⁾)/(4s*), of which the sum keeps the digits.</summary>
    /// <param name="order">k ≥ 1.</param>
    public double CorrelationRatio(int order) => 8 * modes.Sum(j => IsIdle(j) ? 0 : modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j] * Math.Pow(modes.Eigenvalues[j], order + 1) / gaps[j]);

    /// <summary>The linear time ln(level/|C|)/ρ; negative where the level has been passed at the start.</summary>
    /// <param name="level">The level δ s* of |u|.</param>
    public double LinearTime(double level) => Math.Log(level / Math.Abs(Theory.Coefficient)) / Theory.Rate;

    /// <summary>v_j of an entry.</summary>
    /// <param name="j">Index of the entry.</param>
    public double Direction(int j) => IsIdle(j) ? 0 : scale * modes.Eigenvalues[j] * modes.Teacher[j] / gaps[j];

    // An entry without teacher has no part in it, and its gap may be zero.
    private bool IsIdle(int j) => modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j] == 0;
}
