using Eigenflow.Numerics;
using Eigenflow.Solutions;
using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The estimates of a trajectory as summary numbers, with standard errors by leaving out its blocks in turn.</summary>
internal sealed class TrajectorySummary(ParameterPath path, double[] deviations, double[] centre, PathEstimate whole, PathEstimate[] without, PathGradients? gradients, int window)
{
    /// <summary>All numbers.</summary>
    public IEnumerable<SummaryNumber> Numbers(int columns)
    {
        var numbers = new List<SummaryNumber>();
        void Add(string name, string symbol, Func<PathEstimate, double> value, string meaning, double offset = 0)
        {
            if (!double.IsFinite(value(whole)))
                return;
            numbers.Add(new SummaryNumber(name, symbol, value(whole) + offset, meaning));
            AddError(name, symbol, [.. without.Select(value)]);
        }

        void AddError(string name, string symbol, double[] values)
        {
            if (values.Length > 0)
                numbers.Add(new SummaryNumber(name + ReplicaColumns.Error, "SE of " + symbol, Jackknife.Error(values), $"Standard error of {name} by leaving out {values.Length} blocks of the trajectory in turn."));
        }

        for (var i = 0; i < columns; i++)
        {
            var k = i;
            Add($"mean-{i + 1}", EquilibriumColumns.Mean(i + 1).Symbol, one => one.Mean[k], "Mean of a parameter over the trajectory.", centre[k]);
        }

        foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
            Add($"cov-{i}{j}", EquilibriumColumns.Covariance(i, j).Symbol, one => one.Covariance[i - 1, j - 1], "Covariance over the trajectory.");
        foreach (var (i, j) in EquilibriumColumns.Planes(columns))
            Add($"circulation-{i}{j}", EquilibriumColumns.Circulation(i, j).Symbol, one => one.Circulation[i - 1, j - 1], "Circulation per step over the trajectory.");
        foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
            Add($"diffusion-{i}{j}", $"D_{i}{j}", one => one.Diffusion[i - 1, j - 1], "Diffusion matrix: half of the covariance of what a linear map leaves of a step.");
        Add("entropy", EquilibriumColumns.Entropy.Symbol, one => one.Entropy, "Entropy production per step of the stationary linear chain that fits the trajectory, never negative; chance alone makes it about d(d − 1)/steps.");
        Add("relaxation", "τ", one => one.Relaxation, "Rows in which the slowest direction of the fitted chain forgets, −1/ln|a| of its largest eigenvalue.");
        if (whole.Weights is { } weights && without.Length > 0)
            numbers.AddRange(Theorems(weights));
        foreach (var (name, symbol, value, leftOut, meaning) in gradients?.Numbers(columns) ?? [])
        {
            numbers.Add(new SummaryNumber(name, symbol, value, meaning));
            AddError(name, symbol, leftOut);
        }

        return numbers;
    }

    // The entropy production of windows, weighed with the fit of the whole trajectory.
    private IEnumerable<SummaryNumber> Theorems(PathWeights weights)
    {
        var (d, n, blocks) = (path.Dimension, path.Steps, without.Length);
        double[] pair = weights.Pair.ToRowMajorArray(), boundary = weights.Boundary.ToRowMajorArray(), steps = new double[n], ends = new double[n + 1];
        for (var t = 0; t <= n; t++)
        {
            var at = deviations.AsSpan(t * d, d);
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j < d; j++)
                {
                    ends[t] += 0.5 * (at[i] - whole.Mean[i]) * boundary[(i * d) + j] * (at[j] - whole.Mean[j]);
                    if (t < n)
                        steps[t] += (at[i] - whole.Mean[i]) * pair[(i * d) + j] * (deviations[((t + 1) * d) + j] - whole.Mean[j]);
                }
            }
        }

        foreach (var length in new[] { 1, 2, 3, window }.Distinct().Order())
        {
            var count = n / length;
            if (count < 2 * blocks)
                continue;
            var entropies = new double[count];
            for (var w = 0; w < count; w++)
            {
                for (var t = w * length; t < (w + 1) * length; t++)
                    entropies[w] += steps[t];
                entropies[w] += ends[(w + 1) * length] - ends[w * length];
            }

            var width = Math.Sqrt(entropies.Sum(value => value * value) / count) / ChainRow.BinsPerDeviation;
            if (!(width > 0))
                continue;
            double[] sums = new double[blocks], sizes = new double[blocks];
            var histograms = Enumerable.Range(0, blocks).Select(_ => new double[ChainRow.Bins]).ToArray();
            for (var w = 0; w < count; w++)
            {
                var block = (int)((long)w * blocks / count);
                sums[block] += Math.Exp(-entropies[w]);
                sizes[block]++;
                var place = Math.Floor(entropies[w] / width) + (ChainRow.Bins / 2);
                if (place >= 0 && place < ChainRow.Bins)
                    histograms[block][(int)place]++;
            }

            double sum = sums.Sum(), size = sizes.Sum();
            yield return new SummaryNumber($"integral-theorem-{length}", $"⟨exp(−σ)⟩, τ = {length}", sum / size, $"Mean of exp(−σ) over windows of {length} steps: 1 by the integral fluctuation theorem for Gaussian noise.");
            yield return new SummaryNumber($"integral-theorem-{length}{ReplicaColumns.Error}", $"SE of ⟨exp(−σ)⟩, τ = {length}", Jackknife.Error([.. sums.Select((part, k) => (sum - part) / (size - sizes[k]))]), "Standard error by leaving out blocks of the trajectory.");
            var (slope, error) = FluctuationTest.Jackknife(histograms, width);
            if (!double.IsFinite(slope) || !(error < ChainSummary.LargestSlopeError))
                continue;
            yield return new SummaryNumber($"detailed-theorem-{length}", $"slope, τ = {length}", slope, $"Slope of ln[P(σ)/P(−σ)] against σ over windows of {length} steps: 1 by the detailed fluctuation theorem for Gaussian noise.");
            yield return new SummaryNumber($"detailed-theorem-{length}{ReplicaColumns.Error}", $"SE of slope, τ = {length}", error, "Standard error by leaving out blocks of the trajectory.");
        }
    }
}
