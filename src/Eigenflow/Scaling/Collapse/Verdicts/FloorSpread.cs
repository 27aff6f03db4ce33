namespace Eigenflow.Scaling.Collapse;

/// <summary>What the uncertainty of L0 makes of Δ: the numbers at every floor that noise of the end points may have left.</summary>
/// <param name="Lower">Lower end of the 95 % interval of the root mean square of Δ; NaN without floors.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="OnsetLower">Lower end of the interval of the onset; NaN without seeds or floors.</param>
/// <param name="OnsetUpper">Upper end.</param>
/// <param name="Kinds">The verdict at every floor; empty without seeds or floors.</param>
/// <param name="Within">The verdict at every floor where systematic differences within the noise of seeds do not count: at a floor that is not the true one sizes differ although they collapse.</param>
public sealed record FloorSpread(double Lower, double Upper, double OnsetLower, double OnsetUpper, LadderVerdictKind[] Kinds, LadderVerdictKind[] Within)
{
    internal static FloorSpread Of(NormalizedCurves curves, IReadOnlyList<double> floors, LadderOptions options, CancellationToken cancellation)
    {
        if (floors.Count == 0)
            return new FloorSpread(double.NaN, double.NaN, double.NaN, double.NaN, [], []);
        double[] spreads = new double[floors.Count], onsets = new double[floors.Count];
        var (kinds, within) = (new List<LadderVerdictKind>(), new List<LadderVerdictKind>());
        var top = curves.SmallestLoss;
        for (var k = 0; k < floors.Count; k++)
        {
            cancellation.ThrowIfCancellationRequested();

            // A floor above a loss that is used was not the true one.
            if (!(floors[k] < top))
            {
                (spreads[k], onsets[k]) = (double.NaN, double.NaN);
                continue;
            }

            var own = curves.With(floors[k]);
            var statistics = CollapseStatistics.Of(own, options.IsUnbiased);
            (spreads[k], onsets[k]) = (statistics.RootMeanSquare, statistics.Onset);
            if (ModelTest.Of(own) is not { } test)
                continue;
            kinds.Add(LadderVerdict.KindOf(statistics, test, options));
            within.Add(LadderVerdict.KindOf(statistics, test, options with { Drift = double.PositiveInfinity }));
        }

        var (lower, upper) = BlockBootstrap.Interval(spreads);
        var (onsetLower, onsetUpper) = BlockBootstrap.Interval(onsets);
        return new FloorSpread(lower, upper, onsetLower, onsetUpper, [.. kinds], [.. within]);
    }
}
