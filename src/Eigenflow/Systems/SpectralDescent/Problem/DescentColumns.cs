using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The columns that every method of this system returns.</summary>
internal static class DescentColumns
{
    /// <summary>Names, symbols and meanings, after the time and the step.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All =
    [
        new("a", "a", "Signal coefficient: w of the signal block, or ‖Wᵀθ‖ of a matrix."),
        new("b", "b", "Coefficient of the spike, or of the loudest mode besides the signal (mode 1, or 2 where the signal is mode 1); ‖Wᵀv‖ of a matrix."),
        new("c", "c", "Coefficient of the bulk (root mean square over its directions for a matrix), or of the last mode."),
        new("loss", "L", "Population loss L = ¼ E[(f(x) − y)²] = ¼ (2 tr(QΔQΔ) + T²)."),
        new("alignment", "A_F", "Alignment A_F = ⟨WWᵀ, θθᵀ⟩/‖WWᵀ‖_F."),
        new("energy-fraction", "A_E", "Energy fraction A_E = ‖Wᵀθ‖²/‖W‖_F²."),
        new("signal-to-spike", "a²/b²", "Ratio of the squares of signal and spike; infinite once the spike is exactly zero."),
        new("residual", "T", "Mean residual T = tr(QΔ) = E[f(x) − y]."),
        new("h-a", "h_a", "Slope of the signal, θᵀHθ: a grows while it is negative."),
        new("h-b", "h_b", "Slope of the spike: b grows while it is negative."),
        new("h-c", "h_c", "Slope of the bulk: c grows while it is negative."),
    ];

    private static readonly Func<Observation, double>[] Readers =
    [
        row => row.A, row => row.B, row => row.C, row => row.Loss, row => row.Alignment, row => row.EnergyFraction, row => row.A * row.A / (row.B * row.B), row => row.Residual,
        row => row.SignalSlope, row => row.LoudSlope, row => row.QuietSlope,
    ];

    /// <summary>Time and step, in front of the others.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Clock =
    [
        new("t", "t", "Sum of the learning rates before the step: the time τ of gradient descent, the distance u of spectral descent.") { AxisLabel = "sum of the learning rates t" },
        new("step", "k", "Number of update steps."),
    ];

    /// <summary>All columns that solutions can have.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [.. Clock, .. All, new("w1", "w_1", "Coefficients w1, w2, … of the blocks, with weights = all.")];

    public static List<Observable> Of(long[] steps, LearningRateSchedule schedule, IReadOnlyList<Observation> rows)
    {
        var columns = Begin(steps, schedule);
        for (var k = 0; k < All.Count; k++)
            columns.Add(All[k].Column([.. rows.Select(Readers[k])]));
        return columns;
    }

    public static List<Observable> OfReplicas(EnsembleResult ensemble, LearningRateSchedule schedule)
    {
        var columns = Begin(ensemble.Steps, schedule);
        for (var k = 0; k < All.Count; k++)
        {
            var statistic = k;
            columns.AddRange(ensemble.Columns(All[k], (replica, row) => ensemble[replica, row, statistic]));
        }

        return columns;
    }

    /// <summary>Writes the statistics of a state, in the order of <see cref="All"/>.</summary>
    public static void Write(Observation state, Span<double> row)
    {
        for (var k = 0; k < Readers.Length; k++)
            row[k] = Readers[k](state);
    }

    /// <summary>The state of a row of statistics.</summary>
    public static Observation Row(Func<int, double> statistic) => new(
        statistic(0), statistic(1), statistic(2), statistic(3), statistic(4), statistic(5), statistic(7), statistic(8), statistic(9), statistic(10));

    private static List<Observable> Begin(long[] steps, LearningRateSchedule schedule) =>
    [
        Clock[0].Column([.. steps.Select(schedule.TimeAt)]),
        Clock[1].Column([.. steps.Select(step => (double)step)]),
    ];
}
