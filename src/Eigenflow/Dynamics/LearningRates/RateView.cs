namespace Eigenflow.Dynamics;

/// <summary>
/// What a learning-rate rule sees of a state of training, in theory and in simulation alike. The step of SGD is γ/d at a sample of gradient g, time is t = step/d, and G = ∇R is the gradient of the population risk
/// (arXiv 2405.19585, section 2).
/// </summary>
public readonly record struct RateView
{
    /// <summary>Time t = step/d, ≥ 0.</summary>
    public double Time { get; init; }

    /// <summary>Population risk R ≥ 0.</summary>
    public double Risk { get; init; }

    /// <summary>‖∇R‖² ≥ 0: the rate at which a gradient flow of unit rate lowers the risk.</summary>
    public double SquaredGradient { get; init; }

    /// <summary>E‖g‖²/d ≥ 0 of the gradient g of one step: what noise adds to the squared distance from the optimum, per γ² and unit time. A simulation gives the square of the step at hand in place of the mean.</summary>
    public double GradientNoise { get; init; }

    /// <summary>E⟨g, ∇²R g⟩/d ≥ 0: twice what noise adds to the risk, per γ² and unit time.</summary>
    public double CurvatureNoise { get; init; }

    /// <summary>What the rule has accumulated, ∫ <see cref="LearningRateRule.Growth"/> dt; 0 at the start.</summary>
    public double Accumulated { get; init; }
}
