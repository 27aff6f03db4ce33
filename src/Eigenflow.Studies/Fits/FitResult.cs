using Eigenflow.Scaling.Fits;

namespace Eigenflow.Studies;

/// <summary>What a fit of scaling laws found.</summary>
/// <param name="Fits">One fit per curve, or per group of seeds.</param>
/// <param name="Seeds">The fits across seeds, as many as groups; empty without seeds.</param>
/// <param name="LeftOut">Why curves were not fitted.</param>
public sealed record FitResult(IReadOnlyList<ScalingFit> Fits, IReadOnlyList<SeedFit> Seeds, IReadOnlyList<string> LeftOut);
