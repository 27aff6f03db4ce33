using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Constant-rate curves that are cut at horizons κ p^γ, with the largest κ that every curve reaches.</summary>
internal sealed class HorizonCurves
{
    private const double Slack = 1e-9;
    private readonly double[] sizes;
    private readonly double[] first;
    private readonly double[] last;
    private readonly LinearSpline[][] splines;
    private readonly double offset;
    private readonly IReadOnlyList<double> grid;

    public HorizonCurves(IReadOnlyList<LadderRun> runs, double offset, IReadOnlyList<double>? grid)
    {
        var models = runs.GroupBy(run => run.Checked().Size).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        if (models.Length < 3)
            throw new ParameterException("models", models.Length, "at least three sizes", "two curves can be laid over each other at one point by any horizon");
        var lowest = runs.MinBy(run => run.Losses.Min())!;
        if (!(lowest.Losses.Min() > offset))
            throw new ParameterException("offset", offset, DisplayText.Plain($"below every loss: {lowest.Losses.Min():G6} is one of {lowest.Label}"), "the reducible loss must stay positive");
        (this.offset, this.grid) = (offset, grid ?? NormalizedCurves.DefaultGrid);
        splines = [.. models.Select(model => model.Select(run => LinearSpline.InterpolateSorted(run.Times, run.Losses)).ToArray())];
        sizes = [.. models.Select(model => model[0].Size)];
        first = [.. models.Select(model => model.Max(run => run.Times[0]))];
        last = [.. models.Select(model => model.Min(run => run.EndTime))];
    }

    /// <summary>Scans a range of exponents, on the x that all curves cover throughout: the latest start is at an end of the range.</summary>
    public CollapseHorizon Search(double from, double to, int points, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = Math.Max(Latest(from), Latest(to));
        double[] x = [.. grid.Where(value => value >= start - Slack)];
        return x.Length >= 3
            ? CollapseHorizon.Of(sizes, [.. splines.Select(model => model.Length)], Loss, Horizon, offset, from, to, x, points, cancellation)
            : throw TooLate(start);
    }

    /// <summary>Roughly the best exponent of a wide range, each on the x that all curves cover there: Δ is measured in units of ln x, as which it falls to the end, so that ranges of x can be compared.</summary>
    public double Coarse(double from, double to, int points, CancellationToken cancellation)
    {
        var (best, smallest) = (double.NaN, double.PositiveInfinity);
        for (var k = 0; k < points; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var gamma = from + ((to - from) * k / (points - 1));
            double[] x = [.. grid.Where(value => value >= Latest(gamma) - Slack)];
            if (x.Length < 3)
                continue;
            var value = new HorizonSpread(sizes, [.. splines.Select(model => model.Length)], Loss, Horizon, offset, x).MeanSquare(gamma, true);
            if (value < smallest)
                (best, smallest) = (gamma, value);
        }

        return double.IsFinite(best) ? best : throw TooLate(Latest(from));
    }

    private double Loss(int model, int seed, double time) => splines[model][seed].Interpolate(Math.Clamp(time, first[model], last[model]));

    private static ParameterException TooLate(double start) =>
        new("grid", DisplayText.Plain($"x from {start:0.###} on"), "curves that cover a range of x up to their horizons", "log losses from an earlier time on");

    private double Horizon(double gamma, int model)
    {
        var time = double.PositiveInfinity;
        for (var m = 0; m < sizes.Length; m++)
            time = Math.Min(time, last[m] * Math.Pow(sizes[model] / sizes[m], gamma));
        return time;
    }

    private double Latest(double gamma) => Enumerable.Range(0, sizes.Length).Max(m => first[m] / Horizon(gamma, m));
}
