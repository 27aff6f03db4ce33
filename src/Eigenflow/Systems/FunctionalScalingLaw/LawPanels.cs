using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.FunctionalScalingLaw.ScalingLawParameters;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>How solutions of this system are overlaid: schedule, loss against step and against intrinsic time, and the parts of one loss or the signals of several.</summary>
internal static class LawPanels
{
    // A part below this fraction of the smallest loss is none that is seen in it.
    private const double SmallestPart = 30;

    public static readonly Overlay Overlay = new()
    {
        Title = "Functional scaling law",
        Subject = "loss",
        Description = "Excess risk of one-pass SGD under a learning-rate schedule.",
        Panels =
        [
            new("rate", "schedule", "learning rate η") { Abscissa = "step", AbscissaLabel = "step k", IsLogarithmicX = false, IsLogarithmicY = false },
            new("loss", "loss against steps", "excess risk E") { Abscissa = "step", AbscissaLabel = "step k" },
            new("loss", "loss against intrinsic time", "excess risk E") { Abscissa = "t", AbscissaLabel = "intrinsic time t" },
            new("signal", "signal against intrinsic time", "signal") { Abscissa = "t", AbscissaLabel = "intrinsic time t", OfOne = Parts },
        ],
        Caption = [Capacity, Difficulty, Features, ModelSize, ProjectionKind, Noise, Batch, Steps, ScalingLawParameters.Schedule.Shape, Peak, ScalingLawParameters.Schedule.Final, ScalingLawParameters.Schedule.DecaySteps, .. MomentumSettings, Replicas, Seed],
    };

    /// <summary>One loss curve with its parts, each as a line: on a logarithmic axis heights on top of each other would show sizes that are none.</summary>
    /// <param name="solution">The solution.</param>
    public static Panel Parts(Solution solution)
    {
        // What lies far below the loss is data all the same: only the axis ends there.
        double[] loss = [.. solution["loss"].Where((value, row) => solution["step"][row] > 0 && value > 0 && double.IsFinite(value))];
        return new Panel
        {
            Title = "parts of the loss",
            X = new Axis("step k", true),
            Y = new Axis("excess risk E", true, loss.Length == 0 ? null : loss.Min() / SmallestPart),
            Series =
            [
                SolutionSeries.Of(solution, "approximation", "approximation", 2, SeriesStyle.Line, "step"),
                SolutionSeries.Of(solution, "signal", "signal", 0, SeriesStyle.Line, "step"),
                SolutionSeries.Of(solution, "noise", "noise", 1, SeriesStyle.Line, "step"),
                SolutionSeries.Of(solution, "loss", "loss", CurveColors.Neutral, SeriesStyle.Line, "step") with { Lower = null, Upper = null },
            ],
        };
    }
}
