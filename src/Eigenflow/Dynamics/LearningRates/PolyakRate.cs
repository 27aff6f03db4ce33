using System.Globalization;

namespace Eigenflow.Dynamics;

/// <summary>Polyak's rate: the squared distance from the optimum falls fastest, γ = (R − R*) / (½ E‖g‖²/d) (arXiv 2405.19585, section 2; for squared losses). 0 where the risk is at or below its floor.</summary>
/// <param name="Floor">R* ≥ 0, the least population risk.</param>
public sealed record PolyakRate(double Floor) : LearningRateRule
{
    /// <inheritdoc/>
    public override string Text => "polyak";

    /// <inheritdoc/>
    public override string Identity => string.Create(CultureInfo.InvariantCulture, $"polyak {Floor:R}");

    /// <inheritdoc/>
    public override double Rate(in RateView view) => view.GradientNoise > 0 ? Math.Max(0, view.Risk - Floor) / (0.5 * view.GradientNoise) : 0;
}
