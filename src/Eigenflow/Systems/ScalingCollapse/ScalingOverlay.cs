using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.ScalingCollapse.ScalingParameters;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>How solutions of this system are overlaid: losses and normalised losses against the place in the horizon, and the deviation of the ladder.</summary>
internal static class ScalingOverlay
{
    private const string PlaceLabel = "place in the horizon x", LossLabel = "excess loss E", NormalizedLabel = "ℓ(x)", DeviationWords = "normalised curves of all sizes differ by rms Δ =";

    // Sums of powers leave as much.
    private const double Rounding = 1e-12;

    public static readonly Overlay Overlay = new()
    {
        Title = "Scaling collapse",
        Subject = "loss",
        IsTheoryOf = (theory, _) => theory.Method == LadderTheory.Identifier,
        SubjectNumber = (ScalingColumns.RmsDeviation, DeviationWords),

        // Losses of a ladder are many curves: one of them alone says nothing.
        SentenceOf = solutions => solutions is [var one] && one.SummaryOf(ScalingColumns.RmsDeviation) is { } deviation
            ? deviation <= Rounding ? "normalised curves of all sizes are one curve" : $"{DeviationWords} {DisplayNumber.Of(deviation, 2)}" : null,
        Description = "Loss curves in units of their own ends.",
        Panels =
        [
            new("loss", "loss", LossLabel) { AbscissaLabel = PlaceLabel, OfOne = solution => Curves(solution, ScalingColumns.Loss, "loss", LossLabel) },
            new("normalized", "normalised loss", NormalizedLabel) { AbscissaLabel = PlaceLabel, OfOne = solution => Curves(solution, ScalingColumns.Normalized, "normalised loss", NormalizedLabel) },
            new SpreadPanel("deviation", "deviation", "deviation Δ (dots: floor σ)") { AbscissaLabel = PlaceLabel, IsLogarithmicX = false, Beside = ("floor", "floor σ") },
        ],
        Caption = [Models, ModelSize, DataExponent, Offset, Terms, HorizonScale, Capacity, Difficulty, Features, Noise, Batch, Peak, Schedule.Shape, Horizon, Steps, Replicas, Seed],
    };

    // One ladder is drawn with all its models: losses that lie apart, and fall on one.
    private static Panel Curves(Solution solution, NamedQuantity quantity, string title, string label)
    {
        (string Column, string Size)[] models = [.. ScalingColumns.ModelsOf(solution, quantity)];
        return new Panel
        {
            Title = title,
            X = new Axis(PlaceLabel, true),
            Y = new Axis(label, true),
            Series = models.Length == 0
                ? [SolutionSeries.Of(solution, quantity.Name, solution.Method, 0)]
                : [.. models.Select((model, k) => SolutionSeries.Of(solution, model.Column, $"M = {Setting.Shown(double.Parse(model.Size, CultureInfo.InvariantCulture))}", k))],
        };
    }

    /// <summary>A spread that is more than rounding: of an exact collapse nothing is left to draw.</summary>
    private sealed record SpreadPanel(string Observable, string Title, string Label) : OverlayPanel(Observable, Title, Label)
    {
        /// <inheritdoc/>
        public override bool IsIn(Solution solution) => base.IsIn(solution) && Array.Exists(solution[Observable], value => value > Rounding);
    }
}
