namespace Eigenflow.Scaling.Collapse;

/// <summary>What may keep curves from collapsing, by the shape of what is left between models (signs derived from the two-term law of arXiv 2507.02119).</summary>
internal static class LadderHints
{
    private const double MostShare = 0.5;
    private const double SmallShare = 0.2;
    private const double Outlier = 3;
    private const double Early = 0.1;
    private const double Late = 0.2;
    private const double BetterOffset = 0.5;

    // Below this nothing is left to explain.
    private const double Nothing = 1e-9;

    public static IReadOnlyList<string> Of(NormalizedCurves curves, CollapseStatistics statistics, ModelTest? test, CollapseDrift drift, OffsetScan scan, ReducibleLossFit? fit, HorizonUsed horizon, HorizonError? error, LadderOptions options)
    {
        if (!(statistics.RootMeanSquare > Nothing))
            return [];
        var hints = new List<string>();
        var inner = curves.Inner();
        if (OneModel(curves, statistics, options.IsUnbiased) is { } outlier)
            hints.Add(outlier);
        if (error?.IsOffsetRefused == true)
            hints.Add(DisplayText.Of($"L0 = {curves.Offset:G4} contradicts the shape of the curves, which fits {error.Offset:G4}: look at L0 first"));
        else if (error is not { IsTold: true } && scan.Smallest < BetterOffset * statistics.RootMeanSquare && IsPlausible())
            hints.Add(DisplayText.Of($"with an offset of {scan.Best:G4} in place of {curves.Offset:G4} the rms of Δ would be {100 * scan.Smallest:G3} %: look at L0 first"));
        var place = drift.Nearest(Early);
        var numbers = DisplayText.Of($"d ln ℓ/d ln p = {drift.Slope[place]:0.####} at x = {drift.X[place]:0.##}");
        var (down, up) = (IsTold(-1), IsTold(1));
        if (Resolved(x => x < Late, 0) > MostShare && Resolved(x => x >= Late, 0) < SmallShare)
            hints.Add($"models differ at x < {Late} alone{(Excludes(1) || Excludes(-1) ? $" ({numbers})" : "")}: a transient, such as a warm-up that is not the same part of every run, or an offset that is not L0");
        else if (error is { IsTold: true })
            hints.Add(OfHorizon(error));
        else if (!horizon.IsPowerLaw)
            return hints;
        else if ((down || up) && error is not null)
            hints.Add(DisplayText.Of($"larger models lie {(down ? "lower" : "higher")} ({numbers}), as with a horizon that grows too {(down ? "fast" : "slowly")}; but the shapes of the curves {(error.IsOffsetGiven ? "" : "with L0 free ")}allow the exponent that was used ({Range(error)})"));
        else if (down)
            hints.Add($"larger models lie lower ({numbers}): the horizon may grow too fast with size (data exponent too large)");
        else if (up)
            hints.Add($"larger models lie higher ({numbers}): the horizon may grow too slowly with size (data exponent too small)");
        else if (hints.Count == 0 && test?.Share > options.Share)
            hints.Add("the shape differs between models without an order in size: an offset that is not L0, or a parametrisation whose best learning rate changes with size");
        return hints;

        // A smaller offset makes curves flat, and with them Δ: it must lie where noise may have left L0, and gain on the noise of seeds too.
        bool IsPlausible()
        {
            if (fit is { IsGiven: false } && !(scan.Best >= fit.Lower && scan.Best <= fit.Upper))
                return false;
            return statistics.HasFloor ? CollapseStatistics.Of(curves.With(scan.Best), options.IsUnbiased).SeedRatio < BetterOffset * statistics.SeedRatio : fit is not { IsGiven: true };
        }

        // By its interval on most of x and at the place that is shown; without seeds and with few models, where every curve has the same order throughout.
        bool IsTold(int sign) => Math.Sign(drift.Slope[place]) == sign && Excludes(sign) && (Resolved(_ => true, sign) > MostShare || (!statistics.HasFloor && Array.TrueForAll(inner, i => drift.Monotone[i] == sign)));

        bool Excludes(int sign) => sign > 0 ? drift.Lower[place] > 0 : drift.Upper[place] < 0;

        // Part of these places at which the drift is told from zero, on either side or on one.
        double Resolved(Func<double, bool> where, int sign)
        {
            int[] places = [.. inner.Where(i => where(drift.X[i]))];
            return places.Length == 0 ? 0 : (double)places.Count(i => (sign >= 0 && drift.Lower[i] > 0) || (sign <= 0 && drift.Upper[i] < 0)) / places.Length;
        }
    }

    // What the estimate of the horizon says.
    private static string OfHorizon(HorizonError error)
    {
        var (pace, side) = error.Value > 0 ? ("fast", "large") : ("slowly", "small");
        return error.HasSize
            ? DisplayText.Of($"the horizon grows too {pace} with size: the data exponent {error.Used:0.###} is too {side} by about {Math.Abs(error.Value):0.###} ({Range(error)}); shapes agree at {error.Used - error.Value:0.###}")
            : DisplayText.Of($"shapes drift with size as where the horizon grows too {pace}: the data exponent {error.Used:0.###} may be too {side}{(error.IsOffsetGiven ? " with L0 as given" : "")}; by how much is not told, because the rate decays");
    }

    private static string Range(HorizonError error) => error.HasSize ? DisplayText.Of($"error {error.Lower:0.###} to {error.Upper:0.###}{(error.IsOffsetGiven ? " with L0 as given" : "")}") : "p > 0.05";

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
}
