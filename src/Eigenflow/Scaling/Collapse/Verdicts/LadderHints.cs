namespace Eigenflow.Scaling.Collapse;

/// <summary>What may keep curves from collapsing, by the shape of what is left between models (signs derived from the two-term law of arXiv 2507.02119).</summary>
internal static class LadderHints
{
    private const double MostlyShare = 0.7;
    private const double Outlier = 3;
    private const double Early = 0.1;
    private const double Late = 0.2;
    private const double BetterOffset = 0.5;

    // Below this nothing is left to explain.
    private const double Nothing = 1e-9;

    public static IReadOnlyList<string> Of(NormalizedCurves curves, CollapseStatistics statistics, ModelTest? test, CollapseDrift drift, OffsetScan scan, LadderOptions options)
    {
        if (!(statistics.RootMeanSquare > Nothing))
            return [];
        var hints = new List<string>();
        var inner = curves.Inner();
        if (OneModel(curves, statistics, options.IsUnbiased) is { } outlier)
            hints.Add(outlier);
        if (scan.Smallest < BetterOffset * statistics.RootMeanSquare)
            hints.Add(DisplayText.Of($"with an offset of {scan.Best:G4} in place of {curves.Offset:G4} the rms of Δ would be {100 * scan.Smallest:G3} %: look at L0 first"));
        var place = drift.Nearest(Early);
        var (down, up) = (inner.Count(i => drift.Monotone[i] < 0), inner.Count(i => drift.Monotone[i] > 0));
        var numbers = DisplayText.Of($"d ln ℓ/d ln p = {drift.Slope[place]:0.####} at x = {drift.X[place]:0.##}");
        var isEarly = IsResolved(drift, inner, x => x < Late, 0.5) && !IsResolved(drift, inner, x => x >= Late, 0.2);
        if (isEarly)
            hints.Add($"models differ at x < {Late} alone ({numbers}): a transient, such as a warm-up that is not the same part of every run");
        else if (down >= MostlyShare * inner.Length && IsTold(-1))
            hints.Add($"larger models lie lower ({numbers}): the horizon may grow too fast with size (data exponent too large)");
        else if (up >= MostlyShare * inner.Length && IsTold(1))
            hints.Add($"larger models lie higher ({numbers}): the horizon may grow too slowly with size (data exponent too small)");
        else if (hints.Count == 0 && test?.Share > options.Share && down < MostlyShare * inner.Length && up < MostlyShare * inner.Length)
            hints.Add("the shape differs between models without an order in size: an offset that is not L0, or a parametrisation whose best learning rate changes with size");
        return hints;

        // By its interval; without seeds and with few models, where every curve has the same order throughout.
        bool IsTold(int sign) => Math.Sign(drift.Slope[place]) == sign
            && (IsResolved(drift, inner, _ => true, 0.5) || (!statistics.HasFloor && inner.All(i => drift.Monotone[i] == sign)));
    }

    // The model without which Δ falls by a factor.
    private static string? OneModel(NormalizedCurves curves, CollapseStatistics statistics, bool isUnbiased)
    {
        if (curves.Models < 4)
            return null;
        var found = Enumerable.Range(0, curves.Models).Select(m => (Model: m, Rms: CollapseStatistics.Of(curves.Without(m), isUnbiased).RootMeanSquare)).ToArray();
        var best = found.MinBy(pair => pair.Rms);
        var second = found.Where(pair => pair.Model != best.Model).Min(pair => pair.Rms);
        return best.Rms * Outlier < statistics.RootMeanSquare && best.Rms * 2 < second
            ? DisplayText.Of($"size {curves.Sizes[best.Model]:G4} alone stands apart: without it the rms of Δ is {100 * best.Rms:G3} %: look at its runs")
            : null;
    }

    // Whether the drift is told from zero on a part of these places.
    private static bool IsResolved(CollapseDrift drift, int[] inner, Func<double, bool> where, double part)
    {
        int[] places = [.. inner.Where(i => where(drift.X[i]))];
        return places.Length > 0 && places.Count(i => drift.Lower[i] > 0 || drift.Upper[i] < 0) > part * places.Length;
    }
}
