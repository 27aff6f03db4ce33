namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Curves of several sizes over ln t, to be cut at horizons t* = κ p^γ with the largest κ that every curve reaches. Records that lie closer than a fiftieth in ln t are averaged: one record alone carries its noise into a cut curve.
/// </summary>
internal sealed class ShapeCurves
{
    /// <summary>Points of ln x that are compared.</summary>
    public const int Points = 60;

    /// <summary>First x that is compared, where curves begin that early: transients of the beginning are of no power law.</summary>
    public const double Start = 0.05;

    private const double LatestStart = 0.7;
    private const double BinWidth = 0.02;
    private readonly MonotoneCurve[][] models;
    private readonly double[] first;
    private readonly double[] last;

    public ShapeCurves(IReadOnlyList<LadderRun> runs)
    {
        var groups = runs.GroupBy(run => run.Checked().Size).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        if (groups.Length < 3)
            throw new ParameterException("models", groups.Length, "at least three sizes", "two curves can be laid over each other at one point by any horizon");
        var binned = groups.Select(group => group.Select(Binned).ToArray()).ToArray();
        if (Array.Exists(binned, group => Array.Exists(group, run => run.LogTimes.Length < 2)))
            throw new ParameterException("grid", "", "two records or more of every run that lie apart in time");
        models = [.. binned.Select(group => group.Select(run => new MonotoneCurve(run.LogTimes, run.Losses)).ToArray())];
        LogSizes = [.. groups.Select(group => Math.Log(group[0].Size))];
        first = [.. binned.Select(model => model.Max(run => run.LogTimes[0]))];
        last = [.. binned.Select(model => model.Min(run => run.LogTimes[^1]))];
        if (Array.Exists(Enumerable.Range(0, first.Length).ToArray(), m => !(last[m] > first[m])))
            throw new ParameterException("grid", "", "seeds of a size that cover one range of times");
        SmallestLoss = runs.Min(run => run.Losses.Min());
    }

    /// <summary>ln p, ascending.</summary>
    public double[] LogSizes { get; }

    /// <summary>Fewest seeds of a size.</summary>
    public int FewestSeeds => models.Min(model => model.Length);

    /// <summary>The smallest loss: every offset lies below it.</summary>
    public double SmallestLoss { get; }

    /// <summary>The cut curves; null where they share too little of x.</summary>
    /// <param name="exponent">γ.</param>
    public ShapeSample? At(double exponent)
    {
        var ends = new double[models.Length];
        var from = Math.Log(Start);
        for (var m = 0; m < ends.Length; m++)
        {
            ends[m] = double.PositiveInfinity;
            for (var other = 0; other < ends.Length; other++)
                ends[m] = Math.Min(ends[m], last[other] + (exponent * (LogSizes[m] - LogSizes[other])));
            from = Math.Max(from, first[m] - ends[m]);
        }

        if (!(from < Math.Log(LatestStart)))
            return null;
        double[] grid = [.. Enumerable.Range(0, Points).Select(k => from * (1 - (k / (Points - 1.0))))], places = new double[Points];
        var losses = new double[models.Length][][];
        for (var m = 0; m < losses.Length; m++)
        {
            for (var k = 0; k < Points; k++)
                places[k] = grid[k] + ends[m];
            losses[m] = [.. models[m].Select(run => run.At(places))];
        }

        return new ShapeSample(LogSizes, grid, losses, SmallestLoss);
    }

    private static (double[] LogTimes, double[] Losses) Binned(LadderRun run)
    {
        var (times, losses) = (new List<double>(), new List<double>());
        for (int start = Array.FindIndex(run.Times, time => time > 0), end; start < run.Times.Length; start = end)
        {
            double sumTimes = 0, sumLosses = 0;
            for (end = start; end < run.Times.Length && Math.Log(run.Times[end] / run.Times[start]) < BinWidth; end++)
                (sumTimes, sumLosses) = (sumTimes + Math.Log(run.Times[end]), sumLosses + run.Losses[end]);
            times.Add(sumTimes / (end - start));
            losses.Add(sumLosses / (end - start));
        }

        return ([.. times], [.. losses]);
    }
}
