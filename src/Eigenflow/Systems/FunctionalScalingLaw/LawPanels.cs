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
        double[] steps = Column("step"), approximation = Column("approximation"), signal = Column("signal"), noise = [.. Column("noise").Select(value => Math.Max(0, value))];
        double[] learned = [.. approximation.Zip(signal, (a, b) => a + b)], total = [.. learned.Zip(noise, (a, b) => a + b)];
        var floor = total.Where(value => value > 0).DefaultIfEmpty(1).Min() * 0.05;
        var bottom = Math.Max(floor, approximation.Where(value => value > 0).DefaultIfEmpty(floor).Min() * 0.5);
        bottom = Math.Min(bottom, total.Where(value => value > 0).DefaultIfEmpty(1).Min() * 0.5);
        double[] Clipped(double[] values) => [.. values.Select(value => Math.Max(value, bottom))];
        Series Band(string label, double[] low, double[] high, int color) => new() { Label = label, X = steps, Y = Clipped(high), Lower = Clipped(low), Upper = Clipped(high), Color = color };
        return new Panel
        {
            Title = "parts of the loss, stacked",
            X = new Axis("step k", true),
            Y = new Axis("excess risk E", true, bottom, total.Max() * 1.5),
            Series =
            [
                Band("noise", learned, total, 1),
                Band("signal", approximation, learned, 0),
                Band("approximation", [.. steps.Select(_ => bottom)], approximation, 2),
            ],
        };
    }
}
