using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Stationary values of chains, each with its standard error over blocks, from the last row of an ensemble.</summary>
internal sealed class ChainSummary
{
    private readonly ChainPlan plan;
    private readonly EnsembleResult ensemble;
    private readonly ChainRow shape;
    private readonly int last;

    private ChainSummary(ChainPlan plan, EnsembleResult ensemble)
    {
        (this.plan, this.ensemble, shape, last) = (plan, ensemble, plan.Row, ensemble.Steps.Length - 1);
        Mean = Vector<double>.Build.Dense(shape.Columns, i => Average(shape.StationaryMean + i));
        Covariance = Matrix<double>.Build.Dense(shape.Columns, shape.Columns);
        var pair = 0;
        for (var i = 0; i < shape.Columns; i++)
        {
            for (var j = i; j < shape.Columns; j++)
                Covariance[i, j] = Covariance[j, i] = Average(shape.StationaryMoment + pair++) - (Mean[i] * Mean[j]);
        }
    }

    /// <summary>Stationary mean of δ, of the coordinates with columns.</summary>
    public Vector<double> Mean { get; }

    /// <summary>Stationary covariance of the coordinates with columns.</summary>
    public Matrix<double> Covariance { get; }

    /// <summary>The values of a run; null where nothing was recorded.</summary>
    public static ChainSummary? Stationary(ChainPlan plan, EnsembleResult ensemble) => ensemble.Steps.Length > 0 && ensemble.Steps[^1] > plan.BurnIn ? new ChainSummary(plan, ensemble) : null;

    /// <summary>The summary numbers of a run.</summary>
    public static IEnumerable<SummaryNumber> Of(ChainPlan plan, EnsembleResult ensemble) => Stationary(plan, ensemble)?.Numbers() ?? [];

    /// <summary>Mean and standard error over blocks of a mean coordinate, from 0.</summary>
    public (double Value, double Error) MeanOf(int i) => Moment(replica => ensemble[replica, last, shape.StationaryMean + i]);

    /// <summary>Covariance of two coordinates i ≤ j from 0, with the standard error over blocks.</summary>
    public (double Value, double Error) CovarianceOf(int i, int j)
    {
        var place = shape.StationaryMoment + (i * shape.Columns) - (i * (i - 1) / 2) + j - i;

        // To first order in the deviations of the means.
        return Moment(replica => ensemble[replica, last, place] - (Mean[i] * ensemble[replica, last, shape.StationaryMean + j]) - (Mean[j] * ensemble[replica, last, shape.StationaryMean + i]) + (Mean[i] * Mean[j]));
    }

    /// <summary>Circulation in a plane i &lt; j from 0, with the standard error over blocks.</summary>
    public (double Value, double Error) CirculationOf(int i, int j)
    {
        var place = shape.Circulation + (i * (shape.Columns - 1)) - (i * (i - 1) / 2) + j - i - 1;
        return Moment(replica => ensemble[replica, last, place]);
    }

    /// <summary>Entropy production per time unit, with the standard error over blocks.</summary>
    public (double Value, double Error) Entropy => Moment(replica => ensemble[replica, last, shape.Entropy]);

    /// <summary>⟨exp(−σ)⟩ of a window, with the standard error over blocks; not a number where there was no whole window.</summary>
    public (double Value, double Error) Integral(int window) => HasWindow(window) ? Moment(replica => ensemble[replica, last, shape.Window(window)]) : (double.NaN, double.NaN);

    /// <summary>Slope of the detailed theorem, with its standard error.</summary>
    public (double Value, double Error) Slope(int window) => HasWindow(window) ? FluctuationTest.Jackknife([.. Blocks.Select(replica => Histogram(replica, window))], Width(window)) : (double.NaN, double.NaN);

    /// <summary>Mean of the excess loss ½ tr HΣ where all coordinates have columns; else not a number.</summary>
    public double ExcessLoss => plan.Dimension > shape.Columns ? double.NaN : 0.5 * ((plan.Theory.Expansion.Hessian * Covariance).Trace() + Mean.DotProduct(plan.Theory.Expansion.Hessian * Mean));

    /// <summary>The histogram of a window over all blocks.</summary>
    public double[] Histogram(int window)
    {
        var sum = new double[ChainRow.Bins];
        foreach (var replica in Blocks)
        {
            var own = Histogram(replica, window);
            for (var k = 0; k < sum.Length; k++)
                sum[k] += own[k];
        }

        return sum;
    }

    /// <summary>Width of a bin of a window.</summary>
    public double Width(int window) => plan.Spread(plan.Windows[window]) / ChainRow.BinsPerDeviation;

    private IEnumerable<int> Blocks => Enumerable.Range(0, ensemble.Replicas.Length);

    private bool HasWindow(int window) => Average(shape.Window(window) + 3) > 0;

    private double[] Histogram(int replica, int window) => [.. Enumerable.Range(0, ChainRow.Bins).Select(k => ensemble[replica, last, shape.Histogram(window) + k])];

    private double Average(int statistic) => ensemble.Mean(last, statistic);

    private (double Value, double Error) Moment(Func<int, double> value)
    {
        var count = ensemble.Replicas.Length;
        var (sum, squares) = (0.0, 0.0);
        for (var replica = 0; replica < count; replica++)
            sum += value(replica) / count;
        for (var replica = 0; replica < count; replica++)
            squares += (value(replica) - sum) * (value(replica) - sum);
        return (sum, Math.Sqrt(squares / (count - 1.0) / count));
    }

    private List<SummaryNumber> Numbers()
    {
        static IEnumerable<SummaryNumber> With(NamedQuantity quantity, (double Value, double Error) measured, string meaning)
        {
            if (!double.IsFinite(measured.Value))
                yield break;
            yield return new SummaryNumber(quantity.Name, quantity.Symbol, measured.Value, meaning);
            if (double.IsFinite(measured.Error))
                yield return new SummaryNumber(quantity.Name + ReplicaColumns.Error, "SE of " + quantity.Symbol, measured.Error, $"Standard error of {quantity.Name} over blocks of chains.");
        }

        var numbers = new List<SummaryNumber>();
        for (var i = 0; i < shape.Columns; i++)
            numbers.AddRange(With(EquilibriumColumns.Mean(i + 1), MeanOf(i), "Stationary mean of δ."));
        foreach (var (i, j) in EquilibriumColumns.Pairs(shape.Columns))
            numbers.AddRange(With(EquilibriumColumns.Covariance(i, j), CovarianceOf(i - 1, j - 1), "Stationary covariance."));
        foreach (var (i, j) in EquilibriumColumns.Planes(shape.Columns))
            numbers.AddRange(With(EquilibriumColumns.Circulation(i, j), CirculationOf(i - 1, j - 1), "Stationary circulation per time unit."));
        if (plan.Theory.Weights is not null)
        {
            numbers.AddRange(With(EquilibriumColumns.Entropy, Entropy, "Mean entropy production per time unit."));
            foreach (var (index, window) in plan.Windows.Index())
            {
                numbers.AddRange(With(new($"integral-theorem-{window}", $"⟨exp(−σ)⟩, T = {window}", ""), Integral(index), $"Mean of exp(−σ) over windows of {window} time units: 1 by the integral fluctuation theorem."));
                numbers.AddRange(With(new($"detailed-theorem-{window}", $"slope, T = {window}", ""), Slope(index), $"Slope of ln[P(σ)/P(−σ)] against σ over windows of {window} time units: 1 by the detailed fluctuation theorem."));
            }
        }

        if (double.IsFinite(ExcessLoss))
            numbers.Add(new SummaryNumber("excess-loss-measured", "ΔL, measured", ExcessLoss, "Mean of ½ δ·Hδ over chains and time units."));
        if (plan.Theory.Options.IsSampler && plan.Dimension <= shape.Columns)
            numbers.AddRange(TheorySummary.Distance(PosteriorDistance.Of(Mean, Covariance, plan.Theory.Expansion.Hessian, plan.Theory.Options.Temperature), "", ", measured"));
        return numbers;
    }
}
