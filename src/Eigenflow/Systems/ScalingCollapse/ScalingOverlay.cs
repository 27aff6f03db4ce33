using static Eigenflow.Systems.ScalingCollapse.ScalingParameters;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>How solutions of this system are overlaid: losses and normalised losses against the place in the horizon, and the deviation of the ladder.</summary>
internal static class ScalingOverlay
{
    public static readonly Overlay Overlay = new()
    {
        Title = "Scaling collapse",
        Subject = "normalized",
        Description = "Loss curves in units of their own ends.",
        Panels =
        [
            new("loss", "loss", "excess loss E") { AbscissaLabel = "place in the horizon x" },
            new("normalized", "normalised loss", "ℓ(x)") { AbscissaLabel = "place in the horizon x" },
            new("deviation", "deviation", "deviation Δ (dots: floor σ)") { AbscissaLabel = "place in the horizon x", IsLogarithmicX = false, Beside = ("floor", "floor σ") },
        ],
        Caption = [Models, ModelSize, DataExponent, Offset, Terms, HorizonScale, Capacity, Difficulty, Features, Noise, Batch, Peak, Schedule.Shape, Horizon, Steps, Replicas, Seed],
    };
}
