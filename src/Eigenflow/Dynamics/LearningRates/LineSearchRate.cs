namespace Eigenflow.Dynamics;

/// <summary>Exact line search: the rate at which the mean risk falls fastest, γ = ‖∇R‖² / (E⟨g, ∇²R g⟩/d) (arXiv 2405.19585, section 2; exact for squared losses). 0 at the optimum.</summary>
public sealed record LineSearchRate : LearningRateRule
{
    /// <inheritdoc/>
    public override string Text => "line-search";

    /// <inheritdoc/>
    public override double Rate(in RateView view) => view.CurvatureNoise > 0 ? view.SquaredGradient / view.CurvatureNoise : 0;
}
