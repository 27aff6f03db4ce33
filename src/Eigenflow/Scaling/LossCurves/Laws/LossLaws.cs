namespace Eigenflow.Scaling.LossCurves;

/// <summary>The laws that are compared.</summary>
public static class LossLaws
{
    internal static DirectLaw Direct { get; } = new();

    internal static IReadOnlyList<LossLaw> All { get; } = [Direct, new PartsLaw(), new MultiPowerLaw(), new MomentumLaw(), new BlindLaw(false), new BlindLaw(true)];

    /// <summary>Names of the laws: <c>direct</c>, <c>by-parts</c>, <c>multi-power</c>, <c>momentum</c>, <c>power-time</c>, <c>power-steps</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(law => law.Name)];

    /// <summary>The baseline that sees nothing of a schedule but its intrinsic time.</summary>
    internal static string Baseline => "power-time";
}
