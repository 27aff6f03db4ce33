using static Eigenflow.Systems.QuadraticParameterization.QuadraticParameters;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>How solutions of this system are overlaid: the risk against flow time, which is the sum of step sizes for all methods, and the product of the weights where it is followed.</summary>
internal static class QuadraticOverlay
{
    public static readonly Overlay Overlay = new()
    {
        Title = "Quadratic parameterisation",
        Subject = "risk",
        Description = "Excess risk of quadratically parameterised linear regression.",
        Panels =
        [
            new("risk", "risk", "excess risk R") { AbscissaLabel = "flow time t" },
            new("product", "product of the weights", "v₊v₋/c of the first mode") { AbscissaLabel = "flow time t", IsLogarithmicY = false },
        ],
        Caption = [Exponent, SignalExponent, ModelSize, Dimension, Noise, Model, Start, Signs, Rotation, LearningRate, Dynamics.ScheduleParameters.OfMethods.Shape, Steps, Batch, Replicas, Seed],
    };
}
