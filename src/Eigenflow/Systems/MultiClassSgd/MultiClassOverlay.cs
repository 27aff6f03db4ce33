using Eigenflow.Solutions;
using static Eigenflow.Systems.MultiClassSgd.MultiClassParameters;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>How solutions of this system are overlaid: risk, 0–1 error, mean output and clean share against time.</summary>
internal static class MultiClassOverlay
{
    /// <summary>What is compared of SGD on rows.</summary>
    public static readonly RowComparisonPlan Comparison = new(
        MixtureRows.OfRows[0].Name, [("risk-rows", "risk"), ("risk", "risk"), ("error-rows", "error"), ("error", "error"), ("m1", "m1"), ("norm2", "norm2")], ["replicas", "seed", "points", "modes", "rtol", "times", "until", "sampling"],
        reference => reference.Setting[Sampling.Name] is null ? reference.Method : reference.Method + ", Gaussian samples", "theory neglects terms of the order 1/d, which sgd with Gaussian samples has; risk and error are those of the Gaussian mixture with the means and variances of the rows at the weights that SGD has found, risk-rows and error-rows those of the rows themselves.");

    private static readonly OverlayPanel Shared = new("", "", "") { Abscissa = "t", AbscissaLabel = "time t = step/d" };

    public static readonly Overlay Overlay = new()
    {
        Title = "Multi-class SGD",
        Subject = "risk",
        Description = "Population risk, 0–1 error, mean output of the first class and share of the clean modes against time.",
        Panels =
        [
            Shared with { Observable = "risk", Title = "population risk", Label = "R", Beside = ("risk-rows", "over the rows") },
            Shared with { Observable = "error", Title = "0–1 error", Label = "ε", Beside = ("error-rows", "over the rows") },
            Shared with { Observable = "m1", Title = "mean output of class 1", Label = "m_1", IsLogarithmicY = false },
            Shared with { Observable = "clean-share", Title = "share of the clean modes", Label = "c", IsLogarithmicY = false, Range = (-0.5, 1.5) },
            new RatePanel(),
        ],
        Caption = [Dimension, Loss, Classes, Probabilities, ClassSpectra, Exponent, Means, MeanNorm, LearningRate, Rule, MultiClassParameters.Schedule.Shape, Batch, Replicas, Seed],
        Remark = solutions => solutions.Any(Comparison.IsOnRows)
            ? "Dots: SGD on the rows of the file, mean over runs; neutral dots: over the rows, where the others are the Gaussian mixture of their means and variances; bands: 10 to 90 % of the runs."
            : null,
    };

    // A rate that never changes is no picture.
    private sealed record RatePanel : OverlayPanel
    {
        public RatePanel()
            : base("learning-rate", "learning rate", "γ")
        {
            (Abscissa, AbscissaLabel, IsLogarithmicY) = ("t", "time t = step/d", false);
        }

        public override bool IsIn(Solution solution) => base.IsIn(solution) && Array.Exists(solution[Observable], rate => rate != solution[Observable][0]);
    }
}
