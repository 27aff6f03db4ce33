using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The loss of a run at a time, by its model and seed.</summary>
/// <param name="model">Index of the model.</param>
/// <param name="seed">Index of the seed.</param>
/// <param name="time">Training time.</param>
public delegate double LossAtTime(int model, int seed, double time);

/// <summary>
/// The horizon exponent γ with which curves collapse best: the smallest mean of Δ² over x &lt; 1 for horizons t* = κ p^γ, by cutting constant-rate curves there (proposed in arXiv 2507.02119 beside the frontier).
/// The scale κ is the largest for which every curve reaches its horizon; a multiple of the horizon keeps a collapse. A scan of the whole range, then a finer one about its minimum on the x that all curves cover there, and Brent's method:
/// the end points of noisy curves make the spread a jagged function of γ: for those <see cref="ShapeHorizon"/> is meant, and gives intervals.
/// </summary>
/// <param name="Exponent">γ.</param>
/// <param name="RootMeanSquare">Root of the mean of Δ² there.</param>
/// <param name="Scanned">γ of the last scan.</param>
/// <param name="RootMeanSquares">Root of the mean of Δ² at each.</param>
/// <param name="X">Points of x that were compared.</param>
/// <param name="IsAtEdge">Whether γ is an end of the whole range, so that it is no minimum.</param>
public sealed record CollapseHorizon(double Exponent, double RootMeanSquare, double[] Scanned, double[] RootMeanSquares, double[] X, bool IsAtEdge)
{
    /// <summary>Smallest γ that is looked for unless a range is given.</summary>
    public const double DefaultFrom = 0.05;

    /// <summary>Largest γ.</summary>
    public const double DefaultTo = 2.5;

    /// <summary>Exponents of a scan.</summary>
    public const int Scan = 81;

    private const int MostPasses = 5;
    private const double Reach = 0.4;
    private const double Tolerance = 1e-9;
    private const double Edge = 1e-3;

    /// <summary>Finds for constant-rate runs.</summary>
    /// <param name="runs">Runs of at least three sizes.</param>
    /// <param name="offset">L0, below every loss.</param>
    /// <param name="from">Smallest γ, positive.</param>
    /// <param name="to">Largest γ.</param>
    /// <param name="grid">Points of x, or null for the default grid; those that a curve does not reach at some γ that is compared are left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Fewer than three sizes, γ ≤ 0, an offset that is not below every loss, or curves that begin too late.</exception>
    public static CollapseHorizon Of(IReadOnlyList<LadderRun> runs, double offset, double from = DefaultFrom, double to = DefaultTo, IReadOnlyList<double>? grid = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Check(from, to);
        var curves = new HorizonCurves(runs, offset, grid);
        var center = curves.Coarse(from, to, Scan, cancellation);
        var found = Around(center);
        for (var pass = 1; pass < MostPasses && found.IsAtEdge && found.Exponent > from + Edge && found.Exponent < to - Edge; pass++)
            found = Around(found.Exponent);

        return found with { IsAtEdge = found.Exponent < from + Edge || found.Exponent > to - Edge };

        CollapseHorizon Around(double exponent) => curves.Search(Math.Max(from, exponent - Reach), Math.Min(to, exponent + Reach), Scan, cancellation);
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
    /// <param name="points">Exponents of the scan, at least 3.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">γ ≤ 0.</exception>
    public static CollapseHorizon Of(
        double[] sizes, int[] seeds, LossAtTime loss, Func<double, int, double> horizon, double offset, double from = DefaultFrom, double to = DefaultTo, IReadOnlyList<double>? grid = null, int points = Scan,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Check(from, to);
        double[] x = [.. grid ?? NormalizedCurves.DefaultGrid];
        var problem = new HorizonSpread(sizes, seeds, loss, horizon, offset, x);
        double[] scanned = [.. Enumerable.Range(0, points).Select(k => from + ((to - from) * k / (points - 1)))];
        double[] spreads = [.. scanned.Select(gamma => problem.MeanSquare(gamma))];
        var best = Array.IndexOf(spreads, spreads.Min());
        var (place, value) = ScalarMinimum.Find(gamma => problem.MeanSquare(gamma), scanned[Math.Max(0, best - 1)], scanned[Math.Min(points - 1, best + 1)], 5, Tolerance);
        return new CollapseHorizon(place, Math.Sqrt(value), scanned, [.. spreads.Select(Math.Sqrt)], x, place < from + Edge || place > to - Edge);
    }

    internal static void Check(double from, double to)
    {
        if (!(from > 0 && from < to && double.IsFinite(to)))
            throw new ParameterException("gamma", FormattableString.Invariant($"{from},{to}"), "two positive numbers, the first smaller than the second", "a compute-optimal horizon grows with size");
    }
}
