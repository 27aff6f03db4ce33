using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The columns that every method of this system returns.</summary>
internal static class PhaseObservables
{
    /// <summary>The column of the mean squared error.</summary>
    public const string SquaredError = "mse";

    private static readonly NamedQuantity Time = new("t", "t", "Flow time; for discrete methods the sum of the learning rates of the steps before.") { AxisLabel = "flow time t" };
    private static readonly NamedQuantity Step = new("step", "n", "Number of update steps (discrete methods).") { AxisLabel = "step n" };

    /// <summary>Names, symbols and meanings; the statistics that belong to them follow in the same order.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All =
    [
        new("s", "s", "Self overlap s = wᵀQw."),
        new("u", "u", "Teacher overlap u = wᵀQw*, with the sign relative to the given teacher."),
        new(SquaredError, "MSE", "Mean squared error (1/d) min(‖w − w*‖², ‖w + w*‖²). For an ensemble and for the theory of one: the smaller of the two means over it, one sign for all runs."),
        new("loss", "L", "Population loss L = 3s² + 3s*² − 4u² − 2ss*, without label noise; for another input-law (universality, sgd) the loss of that law. For an ensemble the mean of L over runs; for its theory L at the mean s and u."),
        new("one-minus-s", "1 − s/s*", "Shortfall of the self overlap, accurate down to underflow."),
        new("one-minus-u", "1 − |u|/s*", "Shortfall of the teacher overlap, accurate down to underflow."),
    ];

    /// <summary>The mean squared error to the better sign of each run, which SGD alone has.</summary>
    public static readonly NamedQuantity BestSign = new(
        "mse-best-sign", "MSE_±", "Mean squared error with the better sign of each run by itself: the mean of min(‖w − w*‖², ‖w + w*‖²)/d. At most mse, which takes one sign for all runs as the theory does.");

    /// <summary>The loss over rows of data, which SGD on rows alone has.</summary>
    public static readonly NamedQuantity RowLoss = new(
        "loss-rows", "L_rows", "Loss over the rows of inputs themselves (an even selection of them when there are many), without label noise; loss is the Gaussian formula of s and u.")
    { Words = "loss over the rows" };

    /// <summary>The loss above the floor of a student of few modes.</summary>
    public static readonly NamedQuantity ExcessLoss = new(
        "loss-excess", "L − L_p", "Loss above the least one of a student of model-size modes, without cancellation (flow and gd with model-size).")
    { AxisLabel = "L − L_p" };

    /// <summary>All columns that solutions can have.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [Time, Step, .. All, BestSign, RowLoss, ExcessLoss, .. WideStatistics.Quantities, CumulantStatistics.StudentParticipation, FiniteSampleDescent.TrainLoss, .. FluctuationStatistics.Described];

    /// <summary>The statistic of each column.</summary>
    public static readonly Func<PhaseStatistics, double>[] Readers =
    [
        row => row.S, row => row.U, row => row.MeanSquaredError, row => row.Loss, row => row.Shortfall, row => row.Misalignment,
    ];

    /// <summary>Columns of a continuous trajectory.</summary>
    public static List<Observable> Columns(IReadOnlyList<double> times, IReadOnlyList<PhaseStatistics> rows)
    {
        var columns = Clock([.. times]);
        for (var k = 0; k < All.Count; k++)
            columns.Add(new Observable(All[k].Name, All[k].Symbol, All[k].Meaning, [.. rows.Select(Readers[k])]));
        if (rows.Any(row => row.Excess != 0))
            columns.Add(ExcessLoss.Column([.. rows.Select(row => row.Excess)]));
        return columns;
    }

    /// <summary>Columns of a discrete trajectory: also the step.</summary>
    public static List<Observable> Columns(IReadOnlyList<long> steps, LearningRateSchedule schedule, IReadOnlyList<PhaseStatistics> rows)
    {
        var columns = Columns([.. steps.Select(schedule.TimeAt)], rows);
        columns.Insert(1, Step.Column([.. steps.Select(step => (double)step)]));
        return columns;
    }

    /// <summary>The columns of time and step.</summary>
    public static List<Observable> Clock(double[] times, IReadOnlyList<long>? steps = null) => steps is null ? [Time.Column(times)] : [Time.Column(times), Step.Column([.. steps.Select(step => (double)step)])];

    /// <summary>One row as a dictionary, for dense output.</summary>
    public static Dictionary<string, double> Row(double time, PhaseStatistics statistics)
    {
        var row = new Dictionary<string, double>(StringComparer.Ordinal) { ["t"] = time };
        for (var k = 0; k < All.Count; k++)
            row[All[k].Name] = Readers[k](statistics);
        if (statistics.Excess != 0)
            row[ExcessLoss.Name] = statistics.Excess;
        return row;
    }
}
