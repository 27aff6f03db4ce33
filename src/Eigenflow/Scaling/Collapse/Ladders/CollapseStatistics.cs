using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Collapse deviation Δ(x) beside the noise floor σ(x) of seeds (arXiv 2507.02119). Models have equal weight, whatever their number of seeds: E is the mean over models of the mean over seeds, and
/// Var ℓ = Var_p E_ω ℓ + E_p Var_ω ℓ. Variances are those of the population (divided by n) unless <see cref="IsUnbiased"/>. x = 1 takes no part in numbers: Δ(1) = 0 by definition.
/// </summary>
public sealed record CollapseStatistics
{
    /// <summary>x from which <see cref="LargestLate"/> counts.</summary>
    public const double Late = 0.2;

    private const double SparsePart = 0.5;
    private const int OnsetDecimals = 12;

    /// <summary>The grid.</summary>
    public required double[] X { get; init; }

    /// <summary>E ℓ.</summary>
    public required double[] Mean { get; init; }

    /// <summary>Δ = √Var ℓ / E ℓ over models and seeds.</summary>
    public required double[] Delta { get; init; }

    /// <summary>σ of every model: √Var_ω (L − L̂) / E_ω (L − L̂); NaN for a model with one seed.</summary>
    public required double[][] Floor { get; init; }

    /// <summary>Aggregate floor: root of the mean over models of σ²; NaN where a model has one seed.</summary>
    public required double[] MeanFloor { get; init; }

    /// <summary>Var_p E_ω ℓ: between models.</summary>
    public required double[] Between { get; init; }

    /// <summary>E_p Var_ω ℓ: between seeds of a model.</summary>
    public required double[] Within { get; init; }

    /// <summary>Whether variances are unbiased (divided by n − 1, and the variance between models without what seeds leave in their means) and not those of the population.</summary>
    public required bool IsUnbiased { get; init; }

    /// <summary>Whether every model has at least two seeds, so that there is a floor.</summary>
    public required bool HasFloor { get; init; }

    /// <summary>Root of the mean of Δ² over x &lt; 1: 0.01 is one percent.</summary>
    public required double RootMeanSquare { get; init; }

    /// <summary>Median of Δ over x &lt; 1.</summary>
    public required double Median { get; init; }

    /// <summary>Δ at x = 1/2; NaN where the grid does not hold it.</summary>
    public required double AtHalf { get; init; }

    /// <summary>Largest Δ on 0.2 ≤ x &lt; 1; NaN where the grid has none.</summary>
    public required double LargestLate { get; init; }

    /// <summary>
    /// Length of the stretch of x before the end in which Δ &lt; σ̄ throughout: 1 − x of its first grid point, where it ends at the last point before 1; 0 where Δ is not below σ̄ there. NaN without floor.
    /// </summary>
    public required double Onset { get; init; }

    /// <summary>Mean of Δ/σ̄ over x &lt; 1; NaN without floor.</summary>
    public required double MeanRatio { get; init; }

    /// <summary>Root of the mean of Δ² over that of σ̄², both over 0.2 ≤ x &lt; 1; NaN without floor.</summary>
    public required double LateRatio { get; init; }

    /// <summary>
    /// Root of the mean of Δ² over that of the part of it within models, both over 0.2 ≤ x &lt; 1: about 1 where models differ by the noise of seeds alone, whatever Δ/σ̄ is then (√2 for independent noise of every record). NaN without floor.
    /// </summary>
    public required double SeedRatio { get; init; }

    /// <summary>
    /// What sizes differ by beyond what seeds leave in their means, over what the seeds of one size differ by: the root of the ratio of these two (unbiased) parts of Var ℓ/E²ℓ, means over 0.2 ≤ x &lt; 1. Independent noise of every
    /// record is in the second part alone. NaN without floor.
    /// </summary>
    public required double SystematicRatio { get; init; }

    /// <summary>That difference between sizes beyond what seeds leave, relative to the mean of ℓ: a root mean square over 0.2 ≤ x &lt; 1. NaN without floor.</summary>
    public required double Systematic { get; init; }

    /// <summary>What the seeds of one size differ by in ℓ, relative to its mean: a root mean square over 0.2 ≤ x &lt; 1. NaN without floor.</summary>
    public required double SeedNoise { get; init; }

    /// <summary>What of the difference between sizes interpolation between records may make, by leaving out every second record. NaN without floor.</summary>
    public required double Interpolation { get; init; }

    /// <summary>Whether that may be more than half of what sizes differ by, and of what seeds leave in their means: records are then too far apart for a difference between sizes to say something.</summary>
    public bool IsSparse => Interpolation > SparsePart * Math.Max(Systematic, SeedNoise / Math.Sqrt(FewestSeeds));

    /// <summary>Fewest seeds of a model.</summary>
    public required int FewestSeeds { get; init; }

    /// <summary>The onset with the median over models of σ in place of its root mean square, which one model with a stray run can dominate. NaN without floor.</summary>
    public required double MedianOnset { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="isUnbiased">Whether variances are unbiased.</param>
    public static CollapseStatistics Of(NormalizedCurves curves, bool isUnbiased = false)
    {
        ArgumentNullException.ThrowIfNull(curves);
        int models = curves.Models, points = curves.X.Length;
        double[] mean = new double[points], delta = new double[points], meanFloor = new double[points], between = new double[points], within = new double[points], means = new double[models];
        double systematic = 0, random = 0, interpolation = 0;
        var unit = curves.SmallestLoss - curves.Offset;
        double[][] floor = [.. Enumerable.Range(0, models).Select(_ => new double[points])];
        for (var i = 0; i < points; i++)
        {
            double inMeans = 0, seedParts = 0, allInMeans = 0;
            for (var m = 0; m < models; m++)
            {
                var seeds = curves.Seeds[m].Length;
                var (own, variance) = Moments(curves.Value, m, i, seeds, isUnbiased);
                var (reducible, scatter) = Moments((model, seed, point) => curves.Reducible(model, seed, point) / unit, m, i, seeds, isUnbiased);
                means[m] = own;
                mean[i] += own;
                within[i] += variance / models;
                inMeans += variance / seeds / models;
                var free = isUnbiased ? variance : seeds < 2 ? 0 : variance * seeds / (seeds - 1);
                (seedParts, allInMeans) = (seedParts + (free / models), allInMeans + (free / seeds / models));
                floor[m][i] = seeds < 2 ? double.NaN : Math.Sqrt(scatter) / reducible;
                meanFloor[i] += floor[m][i] * floor[m][i] / models;
            }

            // Divided once: curves that are 1 have the mean 1, and no spread.
            mean[i] /= models;

            foreach (var one in means)
                between[i] += (one - mean[i]) * (one - mean[i]) / (isUnbiased ? models - 1 : models);
            if (curves.X[i] >= Late - 1e-9)
            {
                systematic += ((between[i] * (isUnbiased ? 1 : models / (models - 1.0))) - allInMeans) / (mean[i] * mean[i]);
                random += seedParts / (mean[i] * mean[i]);
                interpolation += InterpolationOf(curves, i) / (mean[i] * mean[i]);
            }

            between[i] -= isUnbiased ? inMeans : 0;
            delta[i] = Math.Sqrt(Math.Max(0, between[i] + within[i])) / mean[i];
            meanFloor[i] = Math.Sqrt(meanFloor[i]);
        }

        var inner = curves.Inner();
        int[] late = [.. inner.Where(i => curves.X[i] >= Late - 1e-9)];
        var hasFloor = curves.FewestSeeds > 1;
        return new CollapseStatistics
        {
            X = curves.X,
            Mean = mean,
            Delta = delta,
            Floor = floor,
            MeanFloor = meanFloor,
            Between = between,
            Within = within,
            IsUnbiased = isUnbiased,
            HasFloor = hasFloor,
            RootMeanSquare = Root(delta, inner),
            Median = Quantile.Median([.. inner.Select(i => delta[i])]),
            AtHalf = Array.FindIndex(curves.X, x => Math.Abs(x - 0.5) < 1e-9) is >= 0 and var half ? delta[half] : double.NaN,
            LargestLate = late.Length == 0 ? double.NaN : late.Max(i => delta[i]),
            Onset = hasFloor ? OnsetOf(curves.X, delta, meanFloor, inner) : double.NaN,
            MedianOnset = hasFloor ? OnsetOf(curves.X, delta, [.. Enumerable.Range(0, points).Select(i => Quantile.Median([.. floor.Select(own => own[i])]))], inner) : double.NaN,
            MeanRatio = hasFloor ? inner.Average(i => delta[i] / meanFloor[i]) : double.NaN,
            LateRatio = hasFloor && late.Length > 0 ? Root(delta, late) / Root(meanFloor, late) : double.NaN,
            Systematic = hasFloor && late.Length > 0 ? Math.Sqrt(Math.Max(0, systematic) / late.Length) : double.NaN,
            FewestSeeds = curves.FewestSeeds,
            SeedNoise = hasFloor && late.Length > 0 ? Math.Sqrt(random / late.Length) : double.NaN,
            Interpolation = hasFloor && late.Length > 0 ? Math.Sqrt(Math.Max(0, interpolation) / late.Length) : double.NaN,
            SystematicRatio = hasFloor && late.Length > 0 ? Math.Sqrt(Math.Max(0, systematic) / random) : double.NaN,
            SeedRatio = hasFloor && late.Length > 0 ? Root(delta, late) / Math.Sqrt(late.Average(i => within[i] / (mean[i] * mean[i]))) : double.NaN,
        };
    }

    private static double OnsetOf(double[] x, double[] delta, double[] floor, int[] inner)
    {
        var first = inner.Length;
        while (first > 0 && delta[inner[first - 1]] < floor[inner[first - 1]])
            first--;
        return first == inner.Length ? 0 : Math.Round(1 - x[inner[first]], OnsetDecimals);
    }

    private static (double Mean, double Variance) Moments(Func<int, int, int, double> value, int model, int point, int seeds, bool isUnbiased)
    {
        double mean = 0, squares = 0;
        for (var s = 0; s < seeds; s++)
            mean += value(model, s, point);
        mean /= seeds;
        for (var s = 0; s < seeds; s++)
        {
            var off = value(model, s, point) - mean;
            squares += off * off;
        }

        return (mean, seeds < 2 ? 0 : squares / (isUnbiased ? seeds - 1 : seeds));
    }

    // Variance between sizes of what interpolation may be off by, without what noise of the records makes of it.
    private static double InterpolationOf(NormalizedCurves curves, int point)
    {
        double sum = 0, squares = 0, noise = 0;
        for (var m = 0; m < curves.Models; m++)
        {
            var seeds = curves.Seeds[m].Length;
            var (mean, variance) = Moments(curves.Interpolated, m, point, seeds, true);
            (sum, squares, noise) = (sum + mean, squares + (mean * mean), noise + (variance / seeds));
        }

        return ((squares - (sum * sum / curves.Models)) / (curves.Models - 1)) - (noise / curves.Models);
    }

    private static double Root(double[] values, int[] points) => Math.Sqrt(points.Average(i => values[i] * values[i]));
}
