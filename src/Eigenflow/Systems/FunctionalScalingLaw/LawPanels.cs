using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.FunctionalScalingLaw.ScalingLawParameters;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>How solutions of this system are overlaid: schedule, loss against step and against intrinsic time, and the parts of one loss or the signals of several.</summary>
internal static class LawPanels
{
    public static readonly Overlay Overlay = new()
    {
        Title = "Functional scaling law",
        Description = "Excess risk of one-pass SGD under a learning-rate schedule.",
        Panels =
        [
            new("rate", "schedule", "learning rate η") { Abscissa = "step", AbscissaLabel = "step k", IsLogarithmicX = false, IsLogarithmicY = false },
            new("loss", "loss against steps", "excess risk E") { Abscissa = "step", AbscissaLabel = "step k" },
            new("loss", "loss against intrinsic time", "excess risk E") { Abscissa = "t", AbscissaLabel = "intrinsic time t" },
            new("signal", "signal against intrinsic time", "signal") { Abscissa = "t", AbscissaLabel = "intrinsic time t", OfOne = Parts },
        ],
        Caption = [Capacity, Difficulty, Features, ModelSize, ProjectionKind, Noise, Batch, Steps, ScalingLawParameters.Schedule.Shape, Peak, ScalingLawParameters.Schedule.Final, ScalingLawParameters.Schedule.DecaySteps, Replicas, Seed],
    };

    /// <summary>The parts of one loss curve on top of each other.</summary>
    /// <param name="solution">The solution.</param>
    public static Panel Parts(Solution solution)
    {
        var rows = Enumerable.Range(0, solution.Times.Length).Where(row => solution["step"][row] > 0).ToArray();
        double[] Column(string name) => [.. rows.Select(row => solution[name][row])];
        double[] steps = Column("step"), approximation = Column("approximation"), total = Column("loss");
        double[] learned = [.. approximation.Zip(Column("signal"), (a, b) => a + b)];

        // What lies below the frame is data all the same: only the axis ends there.
        double Smallest(double[] values) => values.Where(value => value > 0).DefaultIfEmpty(1).Min();
        var bottom = Math.Min(Smallest(total) * 0.5, Math.Max(Smallest(total) * 0.05, Smallest(approximation) * 0.5));
        Series Band(string label, double[] low, double[] high, int color) => new() { Label = label, X = steps, Y = high, Lower = low, Upper = high, Color = color };
        return new Panel
        {
            Title = "parts of the loss, stacked",
            X = new Axis("step k", true),
            Y = new Axis("excess risk E", true, bottom, total.Max() * 1.5),
            Series =
            [
                Band("noise", learned, total, 1),
                Band("signal", approximation, learned, 0),
                Band("approximation", new double[steps.Length], approximation, 2),
            ],
        };
    }
}
