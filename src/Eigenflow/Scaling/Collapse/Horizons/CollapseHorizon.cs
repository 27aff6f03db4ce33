using Eigenflow.Numerics;
using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The loss of a run at a time, by its model and seed.</summary>
/// <param name="model">Index of the model.</param>
/// <param name="seed">Index of the seed.</param>
/// <param name="time">Training time.</param>
public delegate double LossAtTime(int model, int seed, double time);

/// <summary>
/// The horizon exponent γ with which curves collapse best: the smallest mean of Δ² over x &lt; 1 for horizons t* = κ p^γ, by cutting constant-rate curves there (proposed in arXiv 2507.02119 beside the frontier).
/// A scan and Brent's method. The scale κ is the largest for which every curve reaches its horizon; a multiple of the horizon keeps a collapse.
/// </summary>
/// <param name="Exponent">γ.</param>
/// <param name="RootMeanSquare">Root of the mean of Δ² there.</param>
/// <param name="Scanned">γ of the scan.</param>
/// <param name="RootMeanSquares">Root of the mean of Δ² at each.</param>
/// <param name="Lower">Lower end of the 95 % interval from resampled seeds; NaN without seeds.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="IsAtEdge">Whether γ is an end of the range that was scanned, so that it is no minimum.</param>
public sealed record CollapseHorizon(double Exponent, double RootMeanSquare, double[] Scanned, double[] RootMeanSquares, double Lower, double Upper, bool IsAtEdge)
{
    /// <summary>Smallest γ that is looked for unless a range is given.</summary>
    public const double DefaultFrom = 0.05;

    /// <summary>Largest γ.</summary>
    public const double DefaultTo = 2.5;

    /// <summary>Exponents of the scan.</summary>
    public const int Scan = 50;

    private const double Tolerance = 1e-9;

    /// <summary>Finds for constant-rate runs.</summary>
    /// <param name="runs">Runs of at least three sizes.</param>
    /// <param name="offset">L0, below every loss.</param>
    /// <param name="from">Smallest γ, positive.</param>
    /// <param name="to">Largest γ.</param>
    /// <param name="resamples">Resamples of seeds; 0 for no interval.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="grid">Points of x, or null for the default grid; those that a curve does not reach at some γ are left out.</param>
    /// <param name="points">Exponents of the scan, at least 3.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Fewer than three sizes, γ ≤ 0, an offset that is not below every loss, or curves that begin too late.</exception>
    public static CollapseHorizon Of(
        IReadOnlyList<LadderRun> runs, double offset, double from = DefaultFrom, double to = DefaultTo, int resamples = 0, ulong seed = 1, IReadOnlyList<double>? grid = null, int points = Scan, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var models = runs.GroupBy(run => run.Checked().Size).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        if (models.Length < 3)
            throw new ParameterException("models", models.Length, "at least three sizes", "two curves can be laid over each other at one point by any horizon");
        if (runs.MinBy(run => run.Losses.Min()) is { } lowest && !(lowest.Losses.Min() > offset))
            throw new ParameterException("offset", offset, DisplayText.Plain($"below every loss: {lowest.Losses.Min():G6} is one of {lowest.Label}"), "the reducible loss must stay positive");
        var splines = models.Select(model => model.Select(run => LinearSpline.InterpolateSorted(run.Times, run.Losses)).ToArray()).ToArray();
        double[] sizes = [.. models.Select(model => model[0].Size)];
        double[] first = [.. models.Select(model => model.Max(run => run.Times[0]))], last = [.. models.Select(model => model.Min(run => run.EndTime))];

        // The latest start in x over both ends of the range of γ, between which it is at its worst.
        var start = new[] { from, to }.Max(gamma => Latest(sizes, first, last, gamma));
        double[] x = [.. (grid ?? NormalizedCurves.DefaultGrid).Where(value => value >= start - Tolerance)];
        if (x.Length < 3)
            throw new ParameterException("grid", DisplayText.Plain($"x from {start:0.###} on"), "curves that cover a range of x at every exponent", "log losses from an earlier time on, or narrow the range of exponents");
        return Of(sizes, [.. models.Select(model => model.Length)], (m, s, time) => splines[m][s].Interpolate(Math.Clamp(time, first[m], last[m])), (gamma, m) => Horizon(sizes, last, gamma, m), offset, from, to, x, resamples, seed, points, cancellation);
    }

    /// <summary>Finds for losses that are a function.</summary>
    /// <param name="sizes">Sizes p, ascending.</param>
    /// <param name="seeds">Seeds of every model.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="horizon">Horizon t* of an exponent γ and the index of a model.</param>
    /// <param name="offset">L0.</param>
    /// <param name="from">Smallest γ, positive.</param>
    /// <param name="to">Largest γ.</param>
    /// <param name="grid">Points of x, or null for the default grid.</param>
    /// <param name="resamples">Resamples of seeds; 0 for no interval.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="points">Exponents of the scan, at least 3.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">γ ≤ 0.</exception>
    public static CollapseHorizon Of(
        double[] sizes, int[] seeds, LossAtTime loss, Func<double, int, double> horizon, double offset, double from = DefaultFrom, double to = DefaultTo, IReadOnlyList<double>? grid = null, int resamples = 0, ulong seed = 1, int points = Scan,
        CancellationToken cancellation = default)
    {
        if (!(from > 0 && from < to && double.IsFinite(to)))
            throw new ParameterException("gamma", FormattableString.Invariant($"{from},{to}"), "two positive numbers, the first smaller than the second", "a compute-optimal horizon grows with size");
        double[] x = [.. grid ?? NormalizedCurves.DefaultGrid];
        var problem = new HorizonSpread(sizes, seeds, loss, horizon, offset, x);
        double[] scanned = [.. Enumerable.Range(0, points).Select(k => from + ((to - from) * k / (points - 1)))];
        double[] spreads = [.. scanned.Select(gamma => Math.Sqrt(problem.MeanSquare(gamma, null)))];
        cancellation.ThrowIfCancellationRequested();
        var step = (to - from) / (points - 1);
        var (place, value) = ScalarMinimum.Find(gamma => problem.MeanSquare(gamma, null), from, to, points, Tolerance);
        var (lower, upper) = resamples > 0 && seeds.Min() > 1 ? Interval() : (double.NaN, double.NaN);
        return new CollapseHorizon(place, Math.Sqrt(value), scanned, spreads, lower, upper, place < from + (1e-3 * step) || place > to - (1e-3 * step));

        (double Lower, double Upper) Interval()
        {
            var found = new double[resamples];
            for (var replica = 0; replica < resamples; replica++)
            {
                cancellation.ThrowIfCancellationRequested();
                var choice = SeedChoice.Of(seeds, seed, replica);
                found[replica] = ScalarMinimum.Find(gamma => problem.MeanSquare(gamma, choice), Math.Max(from, place - (4 * step)), Math.Min(to, place + (4 * step)), 9, 1e-6).Place;
            }

            return BlockBootstrap.Interval(found);
        }
    }

    /// <summary>The exponent of runs near one that is known: for resampling.</summary>
    internal static double Near(IReadOnlyList<LadderRun> runs, double offset, double exponent)
    {
        const double reach = 0.4;
        return Of(runs, offset, Math.Max(DefaultFrom / 2, exponent - reach), exponent + reach, points: 15).Exponent;
    }

    // Every curve reaches its horizon, and one ends there.
    private static double Horizon(double[] sizes, double[] last, double gamma, int model)
    {
        var scale = double.PositiveInfinity;
        for (var m = 0; m < sizes.Length; m++)
            scale = Math.Min(scale, last[m] * Math.Pow(sizes[model] / sizes[m], gamma));
        return scale;
    }

    private static double Latest(double[] sizes, double[] first, double[] last, double gamma) => Enumerable.Range(0, sizes.Length).Max(m => first[m] / Horizon(sizes, last, gamma, m));
}
