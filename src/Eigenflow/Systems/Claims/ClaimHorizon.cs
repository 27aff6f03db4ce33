using Eigenflow.Settings;

namespace Eigenflow.Systems;

/// <summary>How far along its trajectory a claim was tested.</summary>
/// <param name="Symbol">The variable, such as <c>t</c> (time) or <c>k</c> (steps).</param>
/// <param name="Tested">Largest value that the test reached.</param>
/// <param name="Claimed">The value up to which the source claims it, or up to which the test would do if nothing were claimed for all times; null where there is none.</param>
/// <param name="IsForAllTimes">Whether it is claimed for all times: the test then runs to <see cref="AllTimes"/> times the claimed value.</param>
public sealed record ClaimHorizon(string Symbol, double Tested, double? Claimed = null, bool IsForAllTimes = false)
{
    /// <summary>The multiple of the horizon that stands for all times.</summary>
    public const double AllTimes = 10;

    // Steps and times are computed in different ways: what falls short by rounding does not.
    private const double Rounding = 1e-9;

    /// <summary>The value that the test has to reach; zero where the source names none.</summary>
    public double Needed => (Claimed ?? 0) * (IsForAllTimes ? AllTimes : 1);

    /// <summary>Whether the run ended before.</summary>
    public bool IsShort => !(Tested >= Needed * (1 - Rounding));

    /// <summary>Such as <c>t = 1000 (for all times, claimed from 100)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Symbol} = {Setting.Shown(Tested)}") + (Claimed is not { } claimed ? ""
        : IsForAllTimes ? DisplayText.Of($" ({AllTimes:0} times the horizon {Setting.Shown(claimed)}, for all times)")
        : FormattableString.Invariant($" (claimed: {Setting.Shown(claimed)})"));
}
