using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Stationary values of chains, each with its standard error over blocks, from the last row of an ensemble.</summary>
internal sealed class ChainSummary
{
    private const int MostGroups = 40;
    /// <summary>Slopes of the detailed theorem with a larger standard error are not given: paths that are all but reversible have none.</summary>
    public const double LargestSlopeError = 0.5;
    private const string Over = "blocks of chains";

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

    /// <summary>
    /// ⟨exp(−σ) − 1 + σ⟩/⟨σ⟩ of a window, with the standard error over blocks: 1 by the integral theorem, −1 where σ has the wrong sign, 2 where it is twice as large, and not a number where it is zero.
    /// </summary>
    public (double Value, double Error) IntegralRatio(int window)
    {
        if (!HasWindow(window))
            return (double.NaN, double.NaN);
        var place = shape.Window(window);
        var mean = Average(place + 1);
        var ratio = (Average(place) - 1 + mean) / mean;
        var rest = Moment(replica => (ensemble[replica, last, place] - 1 + ((1 - ratio) * ensemble[replica, last, place + 1])) / mean);
        return (ratio, rest.Error);
    }

    /// <summary>Slope of the detailed theorem, with its standard error.</summary>
    public (double Value, double Error) Slope(int window) => HasWindow(window) ? FluctuationTest.Jackknife([.. Blocks.Select(replica => Histogram(replica, window))], Width(window)) : (double.NaN, double.NaN);

    /// <summary>Mean of the excess loss ½⟨δ·Hδ⟩ where all coordinates have columns; else not a number.</summary>
    public (double Value, double Error) ExcessLoss
    {
        get
        {
            var measured = Jackknife((mean, sigma) => 0.5 * ((plan.Theory.Expansion.Hessian * sigma).Trace() + mean.DotProduct(plan.Theory.Expansion.Hessian * mean)));
            return (measured.Value, measured.Error);
        }
    }

    /// <summary>A number of the distance to the posterior where all coordinates have columns, with its standard error and with what sampling alone adds, by leaving out groups of blocks in turn.</summary>
    public (double Value, double Error, double Bias) Distance(Func<PosteriorDistance, double> part) =>
        Jackknife((mean, sigma) => part(PosteriorDistance.Of(mean, sigma, plan.Theory.Expansion.Hessian, plan.Theory.Options.Temperature)));

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

    // A function of mean and covariance, its jackknife error and bias.
    private (double Value, double Error, double Bias) Jackknife(Func<Vector<double>, Matrix<double>, double> function)
    {
        if (plan.Dimension > shape.Columns)
            return (double.NaN, double.NaN, double.NaN);
        var count = ensemble.Replicas.Length;
        var groups = Math.Min(MostGroups, count);
        var numbers = shape.Columns + shape.Pairs;
        var parts = new double[groups][];
        double[] sizes = new double[groups], total = new double[numbers];
        for (var group = 0; group < groups; group++)
            parts[group] = new double[numbers];
        for (var replica = 0; replica < count; replica++)
        {
            sizes[replica % groups]++;
            for (var k = 0; k < numbers; k++)
            {
                var value = ensemble[replica, last, shape.StationaryMean + k];
                total[k] += value;
                parts[replica % groups][k] += value;
            }
        }

        var whole = function(Mean, Covariance);
        if (groups < 2)
            return (whole, double.NaN, double.NaN);
        double[] without = [.. parts.Select((part, group) => Of(k => (total[k] - part[k]) / (count - sizes[group])))];
        var average = without.Average();
        return (whole, Numerics.Jackknife.Error(without), (groups - 1) * (average - whole));

        double Of(Func<int, double> moment)
        {
            var mean = Vector<double>.Build.Dense(shape.Columns, moment);
            var sigma = Matrix<double>.Build.Dense(shape.Columns, shape.Columns);
            foreach (var (place, (i, j)) in EquilibriumColumns.Pairs(shape.Columns).Index())
                sigma[i - 1, j - 1] = sigma[j - 1, i - 1] = moment(shape.Columns + place) - (mean[i - 1] * mean[j - 1]);
            return function(mean, sigma);
        }
    }

    private IEnumerable<SummaryNumber> Numbers()
    {
        static IEnumerable<SummaryNumber> With(NamedQuantity quantity, (double Value, double Error) measured, string meaning) =>
            TheorySummary.With(quantity.Name, quantity.Symbol, "", measured, meaning, Over);
        return
        [
            .. Enumerable.Range(1, shape.Columns).SelectMany(i => With(EquilibriumColumns.Mean(i), MeanOf(i - 1), "Stationary mean of δ.")),
            .. EquilibriumColumns.Pairs(shape.Columns).SelectMany(pair => With(EquilibriumColumns.Covariance(pair.I, pair.J), CovarianceOf(pair.I - 1, pair.J - 1), "Stationary covariance.")),
            .. EquilibriumColumns.Planes(shape.Columns).SelectMany(pair => With(EquilibriumColumns.Circulation(pair.I, pair.J), CirculationOf(pair.I - 1, pair.J - 1), "Stationary circulation per time unit.")),
            .. plan.Theory.Weights is null ? [] : With(EquilibriumColumns.Entropy, Entropy, "Mean entropy production per time unit."),
            .. plan.Theory.Weights is null ? [] : plan.Windows.Index().SelectMany(pair => Theorems(pair.Index, pair.Item)),
            .. TheorySummary.With("excess-loss-measured", "ΔL, measured", "", ExcessLoss, "Mean of ½ δ·Hδ over chains and time units.", Over),
            .. plan.Theory.Options.IsSampler ? Distances() : [],
        ];
    }

    // Where chains are all but reversible, entropy production is rounding or chance, and neither theorem says anything.
    private IEnumerable<SummaryNumber> Theorems(int index, int window)
    {
        var expected = plan.Theory.IsGaussian ? "1 by the {0} fluctuation theorem." : "1 by the {0} fluctuation theorem for Gaussian noise, which that of batches is not: it tells how far they differ.";
        string Of(string name) => expected.Replace("{0}", name, StringComparison.Ordinal);
        if (!(plan.Theory.Exact.Entropy > 0))
            yield break;
        foreach (var number in TheorySummary.With($"integral-theorem-{window}", $"⟨exp(−σ)⟩, τ = {window}", "", Integral(index), $"Mean of exp(−σ) over windows of {window} time units: {Of("integral")}", Over))
            yield return number;
        var slope = Slope(index);
        if (!(slope.Error < LargestSlopeError))
            yield break;
        foreach (var number in TheorySummary.With($"detailed-theorem-{window}", $"slope, τ = {window}", "", slope, $"Slope of ln[P(σ)/P(−σ)] against σ over windows of {window} time units: {Of("detailed")}", Over))
            yield return number;
    }

    private IEnumerable<SummaryNumber> Distances()
    {
        // Without blocks to compare, sampling cannot be told from a divergence.
        if (!double.IsFinite(Distance(one => one.Kl).Error))
            yield break;
        foreach (var number in TheorySummary.Distance(part => (Distance(part).Value, Distance(part).Error), "", ", measured", Over))
            yield return number;
        var bias = Distance(one => one.Kl).Bias;
        if (double.IsFinite(bias))
            yield return new SummaryNumber("kl-bias", "bias of KL", bias, "What sampling alone adds to the measured kl, by leaving out blocks of chains: to be taken off; a kl that is not far above it is not resolved.");
    }
}
