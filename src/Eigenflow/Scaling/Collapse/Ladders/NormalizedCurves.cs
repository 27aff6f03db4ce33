namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// The loss curves of a ladder on a common grid of x = t/t*, each divided by its own end point: ℓ(x) = (L(x t*) − L̂)/(L(t*) − L̂) (arXiv 2507.02119, section on scaling collapse), with monotone cubics over ln x between records: straight lines lie above convex curves, and by different amounts where sizes are logged at different x.
/// The denominator is the final loss of the same run: it is a control variate, and the mean over seeds in its place would leave the noise of seeds in the ratio.
/// </summary>
public sealed class NormalizedCurves
{
    // What rounding leaves of a first record at x = 0.01.
    private const double Slack = 1e-9;

    private readonly double[][][] losses;
    private readonly double[][] ends;

    private NormalizedCurves(double[] x, double[] sizes, string[][] seeds, double[][][] losses, double[][] ends, RecordSpacing spacing, double offset, IReadOnlyList<string> notes) =>
        (X, Sizes, Seeds, this.losses, this.ends, Spacing, Offset, Notes) = (x, sizes, seeds, losses, ends, spacing, offset, notes);

    /// <summary>0.01, 0.02, …, 1.</summary>
    public static IReadOnlyList<double> DefaultGrid { get; } = [.. Enumerable.Range(1, 100).Select(i => i / 100.0)];

    /// <summary>The grid; the last point is 1 where all curves are normalised.</summary>
    public double[] X { get; }

    /// <summary>Sizes of the models, ascending.</summary>
    public double[] Sizes { get; }

    /// <summary>Labels of the seeds of every model.</summary>
    public string[][] Seeds { get; }

    /// <summary>What is subtracted from every loss.</summary>
    public double Offset { get; }

    /// <summary>Whether the grid was cut, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>What is open between the records.</summary>
    internal RecordSpacing Spacing { get; }

    /// <summary>Number of models.</summary>
    public int Models => Sizes.Length;

    /// <summary>Fewest seeds of a model.</summary>
    public int FewestSeeds => Seeds.Min(own => own.Length);

    /// <summary>The smallest loss that is used: the offset lies below it.</summary>
    public double SmallestLoss => Math.Min(losses.Min(model => model.Min(curve => curve.Min())), ends.Min(model => model.Min()));

    /// <summary>Normalises.</summary>
    /// <param name="runs">The runs: at least two sizes.</param>
    /// <param name="offset">L̂, below every loss that is used: L0 for a collapse.</param>
    /// <param name="grid">Points of x in (0, 1], ascending; null for <see cref="DefaultGrid"/>. Points that a run does not cover are left out for all, and <see cref="Notes"/> says so.</param>
    /// <exception cref="ParameterException">Fewer than two sizes, a run that is not valid, an offset that is not below every loss, or no grid point that all runs cover.</exception>
    public static NormalizedCurves Of(IReadOnlyList<LadderRun> runs, double offset, IReadOnlyList<double>? grid = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        foreach (var run in runs)
            _ = run.Checked();
        var models = runs.GroupBy(run => run.Size).OrderBy(group => group.Key).Select(group => group.OrderBy(run => run.Seed, StringComparer.Ordinal).ToArray()).ToArray();
        if (models.Length < 2)
            throw new ParameterException("models", models.Length, "at least two models of different size", "a collapse needs a ladder of models");
        var (x, notes) = Covered(runs, grid ?? DefaultGrid);
        double[][][] losses = [.. models.Select(model => model.Select(run => Interpolate(run, x)).ToArray())];
        return new NormalizedCurves(
            x, [.. models.Select(model => model[0].Size)], [.. models.Select(model => model.Select(run => run.Seed).ToArray())], losses, [.. models.Select(model => model.Select(run => run.EndLoss).ToArray())], RecordSpacing.Of(models, x), 0, notes).With(offset);
    }

    /// <summary>The same curves with another offset.</summary>
    /// <param name="offset">L̂.</param>
    /// <exception cref="ParameterException">It is not below every loss that is used.</exception>
    public NormalizedCurves With(double offset)
    {
        if (!double.IsFinite(offset))
            throw new ParameterException("offset", offset, "a finite number");
        for (var m = 0; m < Models; m++)
        {
            for (var s = 0; s < losses[m].Length; s++)
            {
                if (!(ends[m][s] > offset))
                    throw Refuse(ends[m][s], $"the final loss of size {DisplayText.Plain($"{Sizes[m]:G6}")}{SeedWords(m, s)}");
                var lowest = losses[m][s].Min();
                if (!(lowest > offset))
                    throw Refuse(lowest, $"a loss of size {DisplayText.Plain($"{Sizes[m]:G6}")}{SeedWords(m, s)}");
            }
        }

        return new NormalizedCurves(X, Sizes, Seeds, losses, ends, Spacing, offset, Notes);

        ParameterException Refuse(double loss, string where) =>
            new("offset", offset, DisplayText.Plain($"below every loss that is used: {loss:G6} is {where}"), "the reducible loss must stay positive");
    }

    /// <summary>The curves without one model.</summary>
    internal NormalizedCurves Without(int model)
    {
        int[] kept = [.. Enumerable.Range(0, Models).Where(m => m != model)];
        return new NormalizedCurves(X, [.. kept.Select(m => Sizes[m])], [.. kept.Select(m => Seeds[m])], [.. kept.Select(m => losses[m])], [.. kept.Select(m => ends[m])], Spacing.Without(model), Offset, Notes);
    }

    /// <summary>ℓ of a run at a point of the grid.</summary>
    /// <param name="model">Index into <see cref="Sizes"/>.</param>
    /// <param name="seed">Index into the seeds of the model.</param>
    /// <param name="point">Index into <see cref="X"/>.</param>
    public double Value(int model, int seed, int point) => (losses[model][seed][point] - Offset) / (ends[model][seed] - Offset);

    /// <summary>By how much interpolation between records may move ℓ of a run at a point of the grid.</summary>
    internal double Interpolated(int model, int seed, int point) => Spacing.At(model, seed, point) / (ends[model][seed] - Offset);

    /// <summary>Reducible loss L − L̂ of a run at a point of the grid.</summary>
    /// <param name="model">Index into <see cref="Sizes"/>.</param>
    /// <param name="seed">Index into the seeds of the model.</param>
    /// <param name="point">Index into <see cref="X"/>.</param>
    public double Reducible(int model, int seed, int point) => losses[model][seed][point] - Offset;

    /// <summary>Mean of ℓ over the seeds of a model, on the grid.</summary>
    /// <param name="model">Index into <see cref="Sizes"/>.</param>
    public double[] ModelMean(int model)
    {
        var mean = new double[X.Length];
        var count = losses[model].Length;
        for (var s = 0; s < count; s++)
        {
            for (var i = 0; i < mean.Length; i++)
                mean[i] += Value(model, s, i) / count;
        }

        return mean;
    }

    /// <summary>The points of the grid before the end, x &lt; 1, where ℓ is 1 by definition.</summary>
    internal int[] Inner() => InnerOf(X);

    internal static int[] InnerOf(double[] x) => [.. Enumerable.Range(0, x.Length).Where(i => x[i] < 1 - Slack)];

    private string SeedWords(int model, int seed) => Seeds[model][seed].Length > 0 ? $", seed {Seeds[model][seed]}" : "";

    private static (double[] X, IReadOnlyList<string> Notes) Covered(IReadOnlyList<LadderRun> runs, IReadOnlyList<double> grid)
    {
        for (var i = 0; i < grid.Count; i++)
        {
            if (!(grid[i] > 0 && grid[i] <= 1 + Slack) || (i > 0 && !(grid[i] > grid[i - 1])))
                throw new ParameterException("grid", grid[i], "ascending numbers above 0 and at most 1");
        }

        var last = runs.MaxBy(run => run.Times[0] / run.EndTime)!;
        var from = last.Times[0] / last.EndTime;
        double[] x = [.. grid.Where(value => value >= from * (1 - Slack))];
        return x.Length >= 2 && x[0] < 1 - Slack
            ? (x, x.Length == grid.Count ? [] : [DisplayText.Plain($"curves are compared from x = {x[0]:0.####} on: {last.Label} begins at x = {from:0.####}")])
            : throw new ParameterException("grid", DisplayText.Plain($"{grid[0]:G4} to {grid[^1]:G4}"), DisplayText.Plain($"points that all runs cover: {last.Label} begins at x = {from:0.####}"), "log losses from an earlier time on");
    }

    private static double[] Interpolate(LadderRun run, double[] x)
    {
        var values = run.LossesAt([.. x.Select(place => place * run.EndTime)]);
        for (var i = 0; i < x.Length; i++)
            values[i] = x[i] >= 1 - Slack ? run.EndLoss : values[i];
        return values;
    }
}
