using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// The horizon exponent γ with which curves of all sizes have one shape: the smallest spread between sizes of ln(L − L0) over ln x, each run less its own mean, in units of what the noise of seeds leaves in it. Where L0 is not given it is fitted with γ.
/// <para>Collapse does not depend on what runs are divided by, and the mean of a whole run has far less noise than its last record, which makes Δ of <see cref="CollapseHorizon"/> a jagged function of γ. The interval holds every γ that a
/// score test does not refuse at 5 % (Student's t, standard error by the seeds of each size, L0 fitted anew at every γ), and so the uncertainty of L0. Where sizes differ by more than seeds explain at the best γ, the standard
/// error grows by the root of that ratio. (Derived.)</para>
/// </summary>
public sealed record ShapeHorizon
{
    /// <summary>Exponents of a scan.</summary>
    public const int Scan = 81;

    private const double LargestSpread = 0.05;
    private const double Reach = 0.4;
    private const double Edge = 1e-3;
    private const double Tolerance = 1e-5;
    private const int MostPasses = 5;
    private const int MostSteps = 80;
    private const int Halvings = 8;

    /// <summary>γ.</summary>
    public required double Exponent { get; init; }

    /// <summary>L0: given, or fitted with γ.</summary>
    public required double Offset { get; init; }

    /// <summary>Whether L0 was given.</summary>
    public required bool IsOffsetGiven { get; init; }

    /// <summary>Root of the mean over ln x of the variance between the means of sizes at γ: 0.01 is one percent.</summary>
    public required double RootMeanSquare { get; init; }

    /// <summary>γ of a scan about the best one.</summary>
    public required double[] Scanned { get; init; }

    /// <summary>Spread at each, L0 fitted anew; not a number where curves share too little of x.</summary>
    public required double[] RootMeanSquares { get; init; }

    /// <summary>First x that is compared at γ.</summary>
    public required double From { get; init; }

    /// <summary>Lower end of the 95 % interval, an end of the range where it goes on there; NaN without seeds.</summary>
    public double Lower { get; init; } = double.NaN;

    /// <summary>Upper end.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>Variance between the means of sizes over what seeds leave in it, at γ; NaN without seeds.</summary>
    public double Misfit { get; init; } = double.NaN;

    /// <summary>Whether sizes differ at γ by more than seeds explain (p &lt; 0.05), so that the interval was widened.</summary>
    public bool IsMisfit { get; init; }

    /// <summary>Whether curves collapse at no γ: it is an end of what was looked at, or the spread there exceeds 5 %.</summary>
    public bool IsNone => IsAtEdge || RootMeanSquare > LargestSpread;

    /// <summary>Whether γ is an end of what was looked at, so that it is no minimum.</summary>
    public required bool IsAtEdge { get; init; }

    /// <summary>Probability of a shape that contradicts the given L0 as much as this one or more, γ fitted; NaN where L0 is fitted or there are no seeds.</summary>
    public double OffsetProbability { get; init; } = double.NaN;

    /// <summary>Whether the curves contradict the L0 that was given (p &lt; 0.05).</summary>
    public bool IsOffsetRefused => OffsetProbability < SizeMisfit.Significance;

    /// <summary>Whether the interval goes on at both ends of what was looked at: these curves say nothing of γ.</summary>
    public bool IsInconclusive { get; init; }

    /// <summary>Whether the interval goes on at an end of what was looked at.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Finds.</summary>
    /// <param name="runs">Runs at constant rate of at least three sizes.</param>
    /// <param name="offset">L0 where it is known, or null.</param>
    /// <param name="from">Smallest γ, positive.</param>
    /// <param name="to">Largest γ.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Fewer than three sizes, γ ≤ 0, an offset that is not below every loss, or curves that share too little of x at every γ.</exception>
    public static ShapeHorizon Of(IReadOnlyList<LadderRun> runs, double? offset = null, double from = CollapseHorizon.DefaultFrom, double to = CollapseHorizon.DefaultTo, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        CollapseHorizon.Check(from, to);
        var curves = new ShapeCurves(runs);
        if (offset is { } given && !(given < curves.SmallestLoss))
            throw new ParameterException("offset", given, DisplayText.Plain($"below every loss, of which the smallest is {curves.SmallestLoss:G6}"), "the reducible loss must stay positive");

        // Of a wide range the deepest dip, then the scan about it.
        var center = Deepest(curves, offset, from, to, cancellation);
        double low, high, best;
        var pass = 0;
        do
        {
            (low, high) = (Math.Max(from, center - Reach), Math.Min(to, center + Reach));
            best = ScalarMinimum.Find(gamma => Measure(gamma).Ratio, low, high, (Scan / 2) + 1, Tolerance).Place;
            center = best;
        }
        while (++pass < MostPasses && ((best < low + Edge && best > from + Edge) || (best > high - Edge && best < to - Edge)));
        var (l0, between, _) = Measure(best);
        var sample = curves.At(best)!;
        double[] scanned = [.. Enumerable.Range(0, Scan).Select(k => low + ((high - low) * k / (Scan - 1)))];
        var factor = (curves.LogSizes.Length - 1.0) / curves.LogSizes.Length;
        var found = new ShapeHorizon
        {
            Exponent = best,
            Offset = l0,
            IsOffsetGiven = offset is not null,
            RootMeanSquare = Math.Sqrt(factor * between),
            Scanned = scanned,
            RootMeanSquares = [.. scanned.Select(gamma => Math.Sqrt(factor * Measure(gamma).Between))],
            From = sample.From,
            IsAtEdge = best < from + Edge || best > to - Edge,
        };
        return curves.FewestSeeds < 2 ? found : found.WithInterval(curves, runs.Count, offset, from, to, cancellation);

        (double Offset, double Between, double Ratio) Measure(double gamma)
        {
            cancellation.ThrowIfCancellationRequested();
            return Spread(curves, gamma, offset);
        }
    }

    private static (double Offset, double Between, double Ratio) Spread(ShapeCurves curves, double gamma, double? offset)
    {
        if (curves.At(gamma) is not { } sample)
            return (double.NaN, double.NaN, double.PositiveInfinity);
        var own = offset ?? sample.BestOffset();
        var (between, ratio) = sample.Spread(own);
        return (own, between, ratio);
    }

    // Ranges of x differ between exponents far apart: there the spread counts against how far the mean curve falls over the range.
    private static double Deepest(ShapeCurves curves, double? offset, double from, double to, CancellationToken cancellation)
    {
        var (best, smallest) = (double.NaN, double.PositiveInfinity);
        for (var k = 0; k < Scan; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var gamma = from + ((to - from) * k / (Scan - 1));
            if (curves.At(gamma) is not { } sample)
                continue;
            var value = sample.Spread(offset ?? sample.BestOffset()).Ratio / sample.Fall();
            if (value < smallest)
                (best, smallest) = (gamma, value);
        }

        return double.IsFinite(best)
            ? best
            : throw new ParameterException("grid", "", "curves that cover a range of x up to their horizons", "log losses from an earlier time on");
    }

    private ShapeHorizon WithInterval(ShapeCurves curves, int runs, double? offset, double from, double to, CancellationToken cancellation)
    {
        var misfit = new SizeMisfit(Spread(curves, Exponent, offset).Ratio, curves.LogSizes.Length, runs);
        var inflation = misfit.Inflation;
        var own = curves.At(Exponent)!.Test(Offset, false, offset is null);
        var wald = misfit.Quantile(own.Freedom) * own.Error * Math.Sqrt(inflation);
        var (lower, upper) = (End(-1), End(1));
        bool isLowOpen = lower <= from, isHighOpen = upper >= to;
        return this with { Lower = lower, Upper = upper, Misfit = misfit.Ratio, IsMisfit = misfit.IsMisfit, OffsetProbability = offset is null ? double.NaN : curves.At(Exponent)!.Test(Offset, true, true).Probability, IsOpen = isLowOpen || isHighOpen, IsInconclusive = isLowOpen && isHighOpen };

        // Outwards to the first γ that the test refuses; at least as far as the standard error at the best one reaches.
        double End(int side)
        {
            double limit = side < 0 ? from : to, inside = Math.Clamp(Exponent + (side * wald), from, to), step = double.IsFinite(wald) && wald > 0 ? wald / 4 : Tolerance;
            if (inside == limit || !double.IsFinite(inside))
                return limit;
            for (var k = 0; k < MostSteps; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                var next = inside + (side * step);
                if ((side < 0 && next <= limit) || (side > 0 && next >= limit))
                    return limit;
                if (IsRefused(next))
                {
                    for (var halving = 0; halving < Halvings; halving++)
                    {
                        var middle = (inside + next) / 2;
                        (inside, next) = IsRefused(middle) ? (inside, middle) : (middle, next);
                    }

                    return inside;
                }

                (inside, step) = (next, step * 1.2);
            }

            return limit;
        }

        bool IsRefused(double gamma)
        {
            if (curves.At(gamma) is not { } sample)
                return false;
            var test = sample.Test(offset ?? sample.BestOffset(), false, offset is null);
            return Math.Abs(test.Score) > misfit.Quantile(test.Freedom) * Math.Sqrt(inflation * test.Variance);
        }
    }
}
