using Eigenflow.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// The compute-optimal horizon by the frontier of constant-rate runs that were trained past it (arXiv 2507.02119, compute-optimal horizons): at 1000 computes the model with the smallest loss, by interpolation of ln L in ln c;
/// computes at which the smallest or the largest model is best are dropped, and ln c is regressed on ln p: c = (p/scale)^d, t* = c/(6 p) ∝ p^γ with γ = d − 1.
/// </summary>
public sealed record FrontierHorizon
{
    /// <summary>Fewest sizes: the smallest and the largest are never on the frontier that is fitted.</summary>
    public const int FewestSizes = 4;

    private const int Points = 1000;
    private const double Level = 0.975;
    private const double LargestEdgeShare = 0.05;

    /// <summary>d.</summary>
    public required double ComputeExponent { get; init; }

    /// <summary>γ = d − 1.</summary>
    public double Exponent => ComputeExponent - 1;

    /// <summary>Size at which the optimal compute is 1.</summary>
    public required double Scale { get; init; }

    /// <summary>Computes that were kept.</summary>
    public required double[] Computes { get; init; }

    /// <summary>Size of the best model at each.</summary>
    public required double[] Best { get; init; }

    /// <summary>Its loss.</summary>
    public required double[] Losses { get; init; }

    /// <summary>Part of the kept points at which the best curve has its first or last record next to the compute.</summary>
    public required double EdgeShare { get; init; }

    /// <summary>Lower end of the 95 % interval of γ: jackknife over the sizes on the frontier, Student's t; NaN for fewer than three.</summary>
    public double Lower { get; init; } = double.NaN;

    /// <summary>Upper end.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>How far the distance of two computes lets the exponent be off: one such distance over the range of ln p. Part of every interval.</summary>
    public required double Resolution { get; init; }

    /// <summary>Warnings, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Optimal training time of a size, c/(6 p), in units in which compute is 6 t p.</summary>
    /// <param name="size">p.</param>
    public double TimeOf(double size) => Math.Pow(size / Scale, ComputeExponent) / (LadderRun.OperationsPerToken * size);

    /// <summary>Finds.</summary>
    /// <param name="runs">Constant-rate runs of at least four sizes.</param>
    /// <exception cref="ParameterException">Fewer sizes, losses that are not positive, or a frontier that only the smallest and largest model make.</exception>
    public static FrontierHorizon Of(IReadOnlyList<LadderRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var curves = runs.GroupBy(run => run.Checked().Size).OrderBy(group => group.Key).Select(group => Curve.Of([.. group])).ToArray();
        if (curves.Length < FewestSizes)
            throw new ParameterException("models", curves.Length, FormattableString.Invariant($"at least {FewestSizes} sizes for a frontier, of which the smallest and the largest are dropped"), "train constant-rate runs of more sizes");
        var all = Fit(curves) ?? throw new ParameterException("frontier", curves.Length, "at least two models between the smallest and the largest that are best at some compute", "train the larger models longer, or add sizes between");

        // Without the points of one size at a time: a regression over a thousand computes has as many independent points as sizes.
        double[] sizes = [.. all.Best.Distinct()], left = sizes.Length > 2 ? [.. sizes.Select(size => Regression(all, size).Slope)] : [];
        var half = double.NaN;
        if (left.Length > 2)
        {
            var mean = left.Average();
            half = StudentT.InvCDF(0, 1, left.Length - 1, Level) * Math.Sqrt((left.Length - 1.0) / left.Length * left.Sum(value => (value - mean) * (value - mean)));
        }

        var notes = new List<string>();
        if (all.EdgeShare > LargestEdgeShare)
            notes.Add(DisplayText.Of($"{100 * all.EdgeShare:0} % of the frontier lies at the first or last record of a curve: the optimum may lie beyond what was trained"));
        if (all.Best.Distinct().Count() is var models && models < 3)
            notes.Add(FormattableString.Invariant($"the frontier has {models} sizes alone: its exponent rests on them"));
        return all with { Lower = all.Exponent - half - all.Resolution, Upper = all.Exponent + half + all.Resolution, Notes = notes };
    }

    private static LeastSquaresLine Regression(FrontierHorizon frontier, double without)
    {
        int[] kept = [.. Enumerable.Range(0, frontier.Best.Length).Where(k => frontier.Best[k] != without)];
        return LeastSquaresLine.Fit([.. kept.Select(k => Math.Log(frontier.Best[k]))], [.. kept.Select(k => Math.Log(frontier.Computes[k]))]);
    }

    private static FrontierHorizon? Fit(Curve[] curves)
    {
        double low = curves.Min(curve => curve.LogComputes[0]), high = curves.Max(curve => curve.LogComputes[^1]);
        List<double> computes = [], best = [], losses = [];
        var edges = 0;
        for (var k = 0; k < Points; k++)
        {
            var at = low + ((high - low) * k / (Points - 1));
            var (winner, loss) = (-1, double.PositiveInfinity);
            for (var m = 0; m < curves.Length; m++)
            {
                var own = curves[m].At(at);
                if (own < loss)
                    (winner, loss) = (m, own);
            }

            if (winner <= 0 || winner == curves.Length - 1)
                continue;
            computes.Add(at);
            best.Add(Math.Log(curves[winner].Size));
            losses.Add(loss);
            edges += curves[winner].IsEdge(at) ? 1 : 0;
        }

        if (best.Distinct().Count() < 2)
            return null;
        var line = LeastSquaresLine.Fit([.. best], [.. computes]);
        return new FrontierHorizon
        {
            ComputeExponent = line.Slope,
            Scale = Math.Exp(-line.Intercept / line.Slope),
            Computes = [.. computes.Select(value => Math.Exp(value))],
            Best = [.. best.Select(value => Math.Exp(value))],
            Losses = [.. losses.Select(value => Math.Exp(value))],
            EdgeShare = (double)edges / computes.Count,
            Resolution = (high - low) / (Points - 1) / (best.Max() - best.Min()),
        };
    }

    // Mean curve of the seeds of a model, in logarithms.
    private sealed class Curve
    {
        private readonly LinearSpline spline;

        private Curve(double size, double[] logComputes, double[] logLosses) => (Size, LogComputes, spline) = (size, logComputes, LinearSpline.InterpolateSorted(logComputes, logLosses));

        public double Size { get; }

        public double[] LogComputes { get; }

        public static Curve Of(LadderRun[] seeds)
        {
            var splines = seeds.Select(run => Logarithms(run)).ToArray();
            double from = splines.Max(one => one.X[0]), to = splines.Min(one => one.X[^1]);
            double[] x = [.. splines[0].X.Where(value => value >= from && value <= to)];
            if (x.Length < 2)
                throw new ParameterException("computes", DisplayText.Plain($"(size {seeds[0].Size:G6})"), "a range that all seeds of a size cover");
            double[] y = [.. x.Select(at => Math.Log(splines.Average(one => Math.Exp(one.Spline.Interpolate(at)))))];
            return new Curve(seeds[0].Size, x, y);
        }

        // Infinite outside of the records.
        public double At(double logCompute) => logCompute < LogComputes[0] || logCompute > LogComputes[^1] ? double.PositiveInfinity : spline.Interpolate(logCompute);

        public bool IsEdge(double logCompute) => logCompute < LogComputes[1] || logCompute > LogComputes[^2];

        private static (double[] X, LinearSpline Spline) Logarithms(LadderRun run)
        {
            var computes = run.AllComputes();
            int[] kept = [.. Enumerable.Range(0, computes.Length).Where(i => computes[i] > 0)];
            if (kept.Any(i => !(run.Losses[i] > 0)))
                throw new ParameterException("losses", run.Losses.Min(), $"above zero ({run.Label})", "a frontier is found in ln L");
            double[] x = [.. kept.Select(i => Math.Log(computes[i]))];
            return (x, LinearSpline.InterpolateSorted(x, [.. kept.Select(i => Math.Log(run.Losses[i]))]));
        }
    }
}
