using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.ScalingCollapse.ScalingParameters;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>How solutions of this system are overlaid: losses and normalised losses against the place in the horizon, and the deviation of the ladder.</summary>
internal static class ScalingOverlay
{
    public static readonly Overlay Overlay = new()
    {
        Title = "Scaling collapse",
        Subject = "loss",
        IsTheoryOf = (theory, _) => theory.Method == LadderTheory.Identifier,
        SubjectNumber = (ScalingColumns.RmsDeviation, "rms Δ"),
        Description = "Loss curves in units of their own ends.",
        Panels =
        [
            new("loss", "loss", "excess loss E") { AbscissaLabel = "place in the horizon x" },
            new("normalized", "normalised loss", "ℓ(x)") { AbscissaLabel = "place in the horizon x", OfOne = Curves },
            new SpreadPanel("deviation", "deviation", "deviation Δ (dots: floor σ)") { AbscissaLabel = "place in the horizon x", IsLogarithmicX = false, Beside = ("floor", "floor σ") },
        ],
        Caption = [Models, ModelSize, DataExponent, Offset, Terms, HorizonScale, Capacity, Difficulty, Features, Noise, Batch, Peak, Schedule.Shape, Horizon, Steps, Replicas, Seed],
    };

    // One ladder is drawn with all its models: that is the collapse.
    private static Panel Curves(Solution solution)
    {
        var prefix = ScalingColumns.Normalized.Name + "-";
        string[] models = [.. solution.Observables.Select(column => column.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !ReplicaColumns.IsSpread(name))];
        return new Panel
        {
            Title = "normalised loss",
            X = new Axis("place in the horizon x", true),
            Y = new Axis("ℓ(x)", true),
            Series = models.Length == 0
                ? [SolutionSeries.Of(solution, ScalingColumns.Normalized.Name, solution.Method, 0)]
                : [.. models.Select((name, k) => SolutionSeries.Of(solution, name, $"M = {Setting.Shown(double.Parse(name[prefix.Length..], CultureInfo.InvariantCulture))}", k))],
        };
    }

    /// <summary>A spread that is more than rounding: of an exact collapse nothing is left to draw.</summary>
    private sealed record SpreadPanel(string Observable, string Title, string Label) : OverlayPanel(Observable, Title, Label)
    {
        private const double Rounding = 1e-12;

        /// <inheritdoc/>
        public override bool IsIn(Solution solution) => base.IsIn(solution) && Array.Exists(solution[Observable], value => value > Rounding);
    }
}
