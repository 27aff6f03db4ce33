using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Means over runs of the statistics of a state, with their standard deviations between runs.</summary>
/// <param name="Mean">The means; the loss is the mean of the loss.</param>
/// <param name="S">Standard deviation of s.</param>
/// <param name="U">That of u.</param>
/// <param name="MeanSquaredError">That of the MSE.</param>
/// <param name="Loss">That of the loss.</param>
/// <param name="Contributions">Number of steps that the variance of u comes from, (Σ v_k)²/Σ v_k² with v_k the part of it that step k has made: the excess kurtosis of a step over it is that of u, and small where the law is nearly normal.</param>
internal readonly record struct FluctuationStatistics(PhaseStatistics Mean, double S, double U, double MeanSquaredError, double Loss, double Contributions)
{
    /// <summary>The contributions from which on bands are given: quantiles are then within about a tenth of the spread.</summary>
    public const double LeastContributions = 100;

    /// <summary>What is added to the name of an observable for its standard deviation between runs.</summary>
    public const string Deviation = "-sd";

    // Normal quantile of 90 %.
    private const double Quantile = 1.2815515655446004;

    private static readonly (int Index, Func<FluctuationStatistics, double> Deviation)[] Deviations = [(0, row => row.S), (1, row => row.U), (2, row => row.MeanSquaredError), (3, row => row.Loss)];

    /// <summary>The columns of standard deviations.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described =
    [
        .. Deviations.Select(one => new NamedQuantity(PhaseObservables.All[one.Index].Name + Deviation, $"sd({PhaseObservables.All[one.Index].Symbol})", $"Standard deviation of {PhaseObservables.All[one.Index].Name} between runs of sgd, by the theory of its fluctuations.")),
    ];

    /// <summary>The columns of a trajectory: means, bands from the 10 to the 90 % quantile, and standard deviations.</summary>
    /// <param name="steps">The saved steps.</param>
    /// <param name="schedule">The learning rates.</param>
    /// <param name="rows">The rows.</param>
    public static List<Observable> Columns(IReadOnlyList<long> steps, LearningRateSchedule schedule, IReadOnlyList<FluctuationStatistics> rows)
    {
        var means = PhaseObservables.Columns(steps, schedule, [.. rows.Select(row => row.Mean)]);
        var columns = means.Take(2).ToList();
        foreach (var mean in means.Skip(2))
        {
            columns.Add(mean);
            columns.Add(new Observable(mean.Name + ReplicaColumns.Low, "", $"10 % quantile of {mean.Name} over runs, by its mean and standard deviation; none where few steps make up the spread.", [.. rows.Select(row => Band(row, mean.Name).Low)]));
            columns.Add(new Observable(mean.Name + ReplicaColumns.High, "", $"90 % quantile of {mean.Name} over runs, by its mean and standard deviation; none where few steps make up the spread.", [.. rows.Select(row => Band(row, mean.Name).High)]));
        }

        columns.AddRange(Described.Zip(Deviations, (quantity, one) => quantity.Column([.. rows.Select(one.Deviation)])));
        return columns;
    }

    // u and s vary about a large value and are normal; sums of squares are positive, as gamma variables are.
    // A few steps have a law of heavy tails, whose quantiles are not those of a normal variable.
    private static (double Low, double High) Band(FluctuationStatistics row, string name) => row.Contributions < LeastContributions ? (double.NaN, double.NaN) : name switch
    {
        "s" => Gamma(row.Mean.S, row.S),
        "u" => Normal(row.Mean.U, row.U),
        PhaseObservables.SquaredError => Gamma(row.Mean.MeanSquaredError, row.MeanSquaredError),
        "loss" => Gamma(row.Mean.Loss, row.Loss),
        "one-minus-s" => Normal(row.Mean.Shortfall, row.S * Scale(row.Mean.S, row.Mean.Shortfall)),
        _ => Normal(row.Mean.Misalignment, row.U * Scale(Math.Abs(row.Mean.U), row.Mean.Misalignment)),
    };

    // 1/s*, from x and 1 − x/s*.
    private static double Scale(double value, double shortfall) => value == 0 ? 0 : (1 - shortfall) / value;

    private static (double Low, double High) Normal(double mean, double deviation) => (mean - (Quantile * deviation), mean + (Quantile * deviation));

    // The cube root of a gamma variable is nearly normal (E. B. Wilson and M. M. Hilferty, PNAS 17:684, 1931).
    private static (double Low, double High) Gamma(double mean, double deviation)
    {
        if (!(deviation > 0) || !(mean > 0))
            return (mean, mean);
        var part = deviation / mean;
        double At(double quantile) => mean * Math.Pow(Math.Max(0, 1 - (part * part / 9) + (quantile * part / 3)), 3);
        return (At(-Quantile), At(Quantile));
    }
}
