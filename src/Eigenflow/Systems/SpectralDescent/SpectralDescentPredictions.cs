namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The numbers that the theory states in advance for a problem on blocks.</summary>
internal static class SpectralDescentPredictions
{
    private const string Derived = "derived (docs/systems/spectral-descent.md)";

    /// <summary>Names, symbols and meanings of all that can be predicted.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All =
    [
        new("signal-rate", "ρ_a", "GD: rate at which ln a grows in the escape, 3 q₀²."),
        new("spike-rate", "ρ_b", "GD: rate at which ln b grows in the escape, q_b q₀."),
        new("bulk-rate", "ρ_c", "GD: rate at which ln c grows in the escape, q_c q₀."),
        new("threshold", "3q₀", "GD: eigenvalue above which a direction grows faster than the signal in the escape; s > 3, that is λ > 2."),
        new("overtaking", "#", "GD: number of directions that grow faster than the signal in the escape; where there are several, the first to saturate slow the others down."),
        new("plateau-loss", "L*", "GD: loss on the misalignment plateau, 2/3 with one spike."),
        new("plateau-spike", "b*", "GD: coefficient of the spike on the plateau, 1/√(3s)."),
        new("spike-time", "τ_b", "GD: time at which the spike saturates, ln(b*/α)/ρ_b."),
        new("alignment-dip", "A_min", "GD: smallest alignment, (α/b*)^(2 − 6/s)."),
        new("escape-time", "τ_a", "GD: time at which the signal is learned."),
        new("escape-steps", "K_a", "GD: the same in steps, at the given learning rate or the default."),
        new("largest-learning-rate", "η_max", "GD: largest stable learning rate, 1/max(s, 3)."),
        new("late-slope", "dS_c⁻¹/dτ", "GD: slope of 1/S_c late, S_c = (d − 2)c²: 4/3 + 4/(d − 2)."),
        new("late-loss-constant", "K", "GD: constant of L ≈ K τ^(−2) late."),
        new("additive-alignment", "A_F", "Spectral descent: alignment while every direction grows alike, 1/√d."),
        new("spike-surface-distance", "u_b", "Spectral descent: distance at which the spike turns, 1/√(tr Q + 2s) − α."),
        new("bulk-surface-distance", "u_c", "Spectral descent: distance at which the bulk turns, about 1/√(tr Q + 2) − α."),
        new("half-steps", "k_½", "Spectral descent: first step with a² ≥ ½, ⌈(√½ − α)/η⌉, whatever the spike."),
        new("sliding-bulk", "c_s", "Spectral descent: c/√(1 − a²) while sliding, 1/√(d + 1)."),
        new("sliding-loss-constant", "L/(1 − a²)²", "Spectral descent: (d + 2)/(2(d + 1))."),
        new("sliding-end", "a²", "Spectral descent: a² at which sliding ends, (d + 1)/(d + 2)."),
        new("finish-distance", "u_f", "Spectral descent: distance at which all noise has vanished, 1 − α + 1/(2d)."),
        new("lattice-limit", "1/√d", "Spectral descent: learning rate above which the lattice of steps is coarser than the bulk scale."),
    ];

    /// <summary>The predictions; those that do not exist for the problem are left out.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="learningRate">η that was asked for, or null for the defaults of each rule.</param>
    public static IReadOnlyList<Prediction> Of(SpectralDescentProblem problem, double? learningRate)
    {
        var list = new List<Prediction>();
        var blocks = problem.Blocks();
        var descent = new GradientDescentTheory(blocks);
        var spectral = new SpectralTheory(blocks);
        var d = blocks.Dimension;
        const string Small = "small start, η → 0";
        Add("signal-rate", descent.SignalRate, PredictionKind.Exact, "linearised at W = 0, η → 0", "per unit τ");
        Add("spike-rate", descent.LoudRate, PredictionKind.Exact, "linearised at W = 0, η → 0", "per unit τ");
        Add("bulk-rate", descent.QuietRate, PredictionKind.Exact, "linearised at W = 0, η → 0", "per unit τ");
        Add("threshold", descent.Threshold, PredictionKind.Asymptotic, Small);
        Add("overtaking", descent.OvertakingCount, PredictionKind.Asymptotic, Small);
        if (descent.IsOvertaken)
        {
            var one = descent.OvertakingCount > 1 ? "one loud direction alone saturated" : "λ well above 2, (d − 2)c² ≪ 1";
            Add("plateau-loss", descent.PlateauLoss, PredictionKind.Asymptotic, one);
            Add("plateau-spike", descent.PlateauCoefficient, PredictionKind.Asymptotic, one);
            if (descent.LoudTime > 0)
            {
                Add("spike-time", descent.LoudTime, PredictionKind.Asymptotic, Small, "τ");
                Add("alignment-dip", descent.AlignmentDip, PredictionKind.Heuristic, "λ > 2, within a factor of about two, before the bulk matters");
            }
        }

        if (blocks.Scale < 1 && (!descent.IsOvertaken || descent.LoudTime > 0))
        {
            var rate = learningRate ?? DefaultRates.Of(problem, UpdateRule.GradientDescent, false).LearningRate;
            Add("escape-time", descent.SignalTime, PredictionKind.Asymptotic, "α → 0, leading order", "τ");
            Add("escape-steps", descent.SignalTime / rate, PredictionKind.Asymptotic, FormattableString.Invariant($"α → 0, learning-rate = {rate:G4}"), "steps");
        }

        Add("largest-learning-rate", GradientDescentTheory.LargestLearningRate(blocks.SignalEigenvalue, blocks.LoudEigenvalue), PredictionKind.Exact, "stable at the signal (1/3) and on the plateau (1/s)");
        if (problem.Covariance.IsSpiked)
        {
            Add("late-slope", descent.LateSlope, PredictionKind.Asymptotic, "τ → ∞ after the signal is learned");
            Add("late-loss-constant", descent.LateLossConstant, PredictionKind.Asymptotic, "τ → ∞, d fixed");
        }

        Add("additive-alignment", spectral.AdditiveAlignment, PredictionKind.Exact, "until the spike turns");
        Add("spike-surface-distance", spectral.LoudSurface - blocks.Scale, PredictionKind.Exact, "η → 0", "u");
        if (problem.Covariance.IsSpiked)
            Add("bulk-surface-distance", spectral.QuietSurface - blocks.Scale, PredictionKind.Asymptotic, "d → ∞, η → 0", "u");
        var step = learningRate ?? DefaultRates.Of(problem, UpdateRule.Spectral, false).LearningRate;
        Add("half-steps", spectral.HalfStep(step), PredictionKind.Exact, FormattableString.Invariant($"learning-rate = {step:G4}, constant, while h_a < 0"), "steps");
        if (problem.Covariance.IsSpiked)
        {
            Add("sliding-bulk", 1 / Math.Sqrt(d + 1), PredictionKind.Exact, "η → 0, sliding");
            Add("sliding-loss-constant", (d + 2) / (2 * (d + 1)), PredictionKind.Exact, "η → 0, sliding");
            Add("sliding-end", spectral.ContractionStart, PredictionKind.Exact, "η → 0");
            Add("finish-distance", spectral.Finish, PredictionKind.Asymptotic, "d → ∞, η ≪ 1/d", "u");
        }

        Add("lattice-limit", spectral.AdditiveAlignment, PredictionKind.Heuristic, "constant learning rate");
        return list;

        void Add(string name, double value, PredictionKind kind, string validity, string unit = "")
        {
            var quantity = All.First(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
            if (double.IsFinite(value))
                list.Add(new Prediction(name, quantity.Symbol, value, kind, Derived, validity, quantity.Meaning, unit));
        }
    }
}
