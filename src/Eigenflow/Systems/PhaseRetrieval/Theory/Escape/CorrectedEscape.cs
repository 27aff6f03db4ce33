using Eigenflow.Dynamics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The escape time beyond T_lin = ln(δs*/|C|)/ρ (derived; docs/systems/phase-retrieval.md, section 5): T₁ = T_modal + (T_c − T_lin). T_modal is the time at which the linear flow,
/// with all its modes, reaches the level. T_c is that of the growing mode alone with its saturation: ż = ρz − cz³ with c = 12κ², κ = vᵀQv, while the other
/// directions are slaved, so that u = g₁z + g₃z³ with g₁ = v·Qw* and g₃ = −12κ qᵀ(3ρ − 4s*Q − 8qqᵀ)⁻¹(Qv − κv), q = Qw*.
/// </summary>
/// <param name="Linear">T_lin.</param>
/// <param name="Modal">T_modal; not a number where u does not get there.</param>
/// <param name="Saturated">T_c; not a number where the expansion has ended before.</param>
public sealed record CorrectedEscape(double Linear, double Modal, double Saturated)
{
    /// <summary>The size κ_s δ² s* = s/s* at the escape, from which on the expansion is refused.</summary>
    public const double LargestSize = 0.1;

    // The linear flow is cheap, and T₁ is wanted to 1 %.
    private const double Tolerance = 1e-9;

    /// <summary>T₁.</summary>
    public double Time => Modal + Saturated - Linear;

    /// <summary>The times of a problem with the escape threshold that it has.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes.</param>
    public static CorrectedEscape Of(PhaseRetrievalProblem problem, WeightedModes modes)
    {
        var mode = new EscapeMode(modes);
        var level = problem.EscapeThreshold * modes.TeacherOverlap;
        var linear = mode.LinearTime(level);
        return new CorrectedEscape(linear, ModalTime(problem, modes, level, Math.Max(0, linear) + (5 / mode.Theory.Rate)), SaturatedTime(modes, mode, level));
    }

    private static double ModalTime(PhaseRetrievalProblem problem, WeightedModes modes, double level, double expected)
    {
        const double Latest = 10;
        if (!double.IsFinite(expected))
            return double.NaN;
        var system = new FlowSystem(modes.Merged(), isLinear: true);
        var run = ContinuousRun.Run(
            system, system.InitialState, [Latest * expected], Tolerance, new PhaseEvents(problem, modes.TeacherOverlap), modes.RepresentationName, default,
            stop: (_, statistics) => Math.Abs(statistics.U) >= level);
        return run.Events[PhaseEvents.Escape] ?? double.NaN;
    }

    private static double SaturatedTime(WeightedModes modes, EscapeMode mode, double level)
    {
        var (rate, own) = (mode.Theory.Rate, mode.SelfOverlap);
        double along = 0, driven = 0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var gap = (3 * rate) - (4 * modes.TeacherOverlap * modes.Eigenvalues[j]);
            var q = modes.Eigenvalues[j] * modes.Teacher[j];
            along += modes.Weights[j] * q * q / gap;
            driven += modes.Weights[j] * q * (modes.Eigenvalues[j] - own) * mode.Direction(j) / gap;
        }

        // By Sherman and Morrison.
        var cubic = -12 * own * driven / (1 - (8 * along));
        var first = mode.TeacherOverlap;
        double U(double z) => z * (first + (cubic * z * z));

        // Up to the largest u that the expansion has.
        var largest = cubic < 0 ? Math.Sqrt(-first / (3 * cubic)) : level / first;
        if (!(U(largest) >= level))
            return double.NaN;
        var end = ScalarRoot.Find(z => U(z) - level, 0, largest);
        var (start, saturation) = (Math.Abs(mode.Amplitude), 12 * own * own);
        return (Math.Log(end / start) - (0.5 * Math.Log((rate - (saturation * end * end)) / (rate - (saturation * start * start))))) / rate;
    }
}
