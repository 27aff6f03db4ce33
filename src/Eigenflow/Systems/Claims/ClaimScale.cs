using Eigenflow.Settings;

namespace Eigenflow.Systems;

/// <summary>A size at which a claim was tested, beside that at which its source claims it.</summary>
/// <param name="Quantity">Name or symbol, such as <c>d</c>, <c>M</c> or <c>runs</c>; larger is closer to what is claimed.</param>
/// <param name="Tested">Size of the test.</param>
/// <param name="Claimed">Size in the source; null where it states none, also where it is a limit: how far a limit is reached is what the claim itself tests.</param>
public sealed record ClaimScale(string Quantity, double Tested, double? Claimed = null)
{
    /// <summary>The factor from which on a test is far below what is claimed.</summary>
    public const double FarBelow = 10;

    /// <summary>Whether it was tested far below the size that is claimed.</summary>
    public bool IsReduced => Claimed is { } claimed && !(Tested * FarBelow > claimed);

    /// <summary>Such as <c>d = 100 (claimed: 300)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Quantity} = {Setting.Shown(Tested)}") + (Claimed is { } claimed ? FormattableString.Invariant($" (claimed: {Setting.Shown(claimed)})") : "");
}
