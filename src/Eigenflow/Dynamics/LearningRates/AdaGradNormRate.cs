using System.Globalization;

namespace Eigenflow.Dynamics;

/// <summary>AdaGrad-norm: γ = η/√(b² + G) with dG/dt = E‖g‖²/d (arXiv 2405.19585, table 1); for SGD G is the sum of ‖g_k‖²/d² over the steps, with the square of each sample and not its mean.</summary>
/// <param name="Scale">η &gt; 0.</param>
/// <param name="Offset">b &gt; 0; the first rate is η/b.</param>
public sealed record AdaGradNormRate(double Scale, double Offset) : LearningRateRule
{
    /// <inheritdoc/>
    public override string Text => string.Create(CultureInfo.InvariantCulture, $"adagrad-norm:{Scale:R}:{Offset:R}");

    /// <inheritdoc/>
    public override bool SeesState => false;

    /// <inheritdoc/>
    public override double Rate(in RateView view) => Scale / Math.Sqrt((Offset * Offset) + view.Accumulated);

    /// <inheritdoc/>
    public override double Growth(in RateView view) => view.GradientNoise;
}
