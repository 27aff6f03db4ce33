using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// The compute-optimal horizon by the frontier of constant-rate runs that were trained past it (arXiv 2507.02119, compute-optimal horizons): at 1000 computes the model with the smallest loss, by interpolation of ln L in ln c;
/// computes at which the smallest or the largest model is best are dropped, and ln c is regressed on ln p: c = (p/scale)^d, t* = c/(6 p) ∝ p^γ with γ = d − 1.
/// A size counts where the curves of its neighbours cross its own within the records of both. Where it hands over at the last record of a curve, the place is that of the cut and no optimum: such sizes are left out. (Derived.)
/// </summary>
public sealed record FrontierHorizon
{
    /// <summary>Fewest sizes: the smallest and the largest are never on the frontier that is fitted.</summary>
    public const int FewestSizes = 4;

    private const int Points = 1000;
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

    /// <summary>Sizes that were left out because they hand over where a curve ends or begins.</summary>
    public required double[] Cut { get; init; }

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
    /// <exception cref="ParameterException">Fewer sizes, losses that are not positive, a frontier that only the smallest and largest model make, or one that hands over at the ends of curves.</exception>
    public static FrontierHorizon Of(IReadOnlyList<LadderRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var curves = runs.GroupBy(run => run.Checked().Size).OrderBy(group => group.Key).Select(group => Curve.Of([.. group])).ToArray();
        if (curves.Length < FewestSizes)
            throw new ParameterException("models", curves.Length, FormattableString.Invariant($"at least {FewestSizes} sizes for a frontier, of which the smallest and the largest are dropped"), "train constant-rate runs of more sizes");
        var all = Fit(curves);

        // Without the points of one size at a time: a regression over a thousand computes has as many independent points as sizes.
        double[] sizes = [.. all.Best.Distinct()], left = sizes.Length > 2 ? [.. sizes.Select(size => Regression(all, size).Slope)] : [];
        var half = double.NaN;
        if (left.Length > 2)
            half = StudentInterval.Half(Jackknife.Error(left), left.Length - 1);

        var notes = new List<string>();
        if (all.Cut.Length > 0)
            notes.Add($"the frontier leaves out size {string.Join(", ", all.Cut.Select(size => DisplayNumber.Of(size, 3)))}: the best size changes there where a curve ends or begins, and not where two curves cross");
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

    private static FrontierHorizon Fit(Curve[] curves)
    {
        double low = curves.Min(curve => curve.LogComputes[0]), high = curves.Max(curve => curve.LogComputes[^1]);
        double At(int k) => low + ((high - low) * k / (Points - 1));
        var (winners, lowest, isCut) = (new int[Points], new double[Points], new bool[curves.Length]);
        for (var k = 0; k < Points; k++)
        {
            (winners[k], lowest[k]) = (-1, double.PositiveInfinity);
            for (var m = 0; m < curves.Length; m++)
            {
                var own = curves[m].At(At(k));
                if (own < lowest[k])
                    (winners[k], lowest[k]) = (m, own);
            }

            // Two curves cross where both go on on either side; else one has ended or just begun. A size between them that has ended would have come first.
            if (k > 0 && winners[k] != winners[k - 1] && !(IsWithin(winners[k - 1], k) && IsWithin(winners[k], k - 1) && AreWithin(winners[k - 1], winners[k], k)))
                (isCut[Math.Max(0, winners[k])], isCut[Math.Max(0, winners[k - 1])]) = (true, true);
        }

        bool AreWithin(int one, int other, int k) => Enumerable.Range(Math.Min(one, other) + 1, Math.Max(0, Math.Abs(other - one) - 1)).All(m => IsWithin(m, k));

        bool IsWithin(int model, int k) => model >= 0 && double.IsFinite(curves[model].At(At(k)));
        List<double> computes = [], best = [], losses = [];
        var (edges, cut) = (0, new SortedSet<double>());
        for (var k = 0; k < Points; k++)
        {
            var winner = winners[k];
            if (winner <= 0 || winner == curves.Length - 1)
                continue;
            if (isCut[winner])
            {
                cut.Add(curves[winner].Size);
                continue;
            }

            computes.Add(At(k));
            best.Add(Math.Log(curves[winner].Size));
            losses.Add(lowest[k]);
            edges += curves[winner].IsEdge(At(k)) ? 1 : 0;
        }

        if (best.Distinct().Count() < 2)
        {
            throw cut.Count > 0
                ? new ParameterException("frontier", DisplayText.Plain($"({cut.Count} sizes cut)"), "curves that cross: the best size changes where the curve of the smaller one ends, so that the exponent would be that of the ends", "train the smaller models on, until larger ones overtake them at equal compute")
                : new ParameterException("frontier", curves.Length, "at least two models between the smallest and the largest that are best at some compute", "train the larger models longer, or add sizes between");
        }

        var line = LeastSquaresLine.Fit([.. best], [.. computes]);
        return new FrontierHorizon
        {
            ComputeExponent = line.Slope,
            Scale = Math.Exp(-line.Intercept / line.Slope),
            Computes = [.. computes.Select(value => Math.Exp(value))],
            Best = [.. best.Select(value => Math.Exp(value))],
            Losses = [.. losses.Select(value => Math.Exp(value))],
            Cut = [.. cut],
            EdgeShare = (double)edges / computes.Count,
            Resolution = (high - low) / (Points - 1) / (best.Max() - best.Min()),
        };
    }

    // Mean curve of the seeds of a model, in logarithms.
    private sealed class Curve
    {
        private readonly MonotoneCurve curve;

        private Curve(double size, double[] logComputes, double[] logLosses) => (Size, LogComputes, curve) = (size, logComputes, new MonotoneCurve(logComputes, logLosses));

        public double Size { get; }

        public double[] LogComputes { get; }

        public static Curve Of(LadderRun[] seeds)
        {
            var splines = seeds.Select(run => Logarithms(run)).ToArray();
            double from = splines.Max(one => one.X[0]), to = splines.Min(one => one.X[^1]);
            double[] x = [.. splines[0].X.Where(value => value >= from && value <= to)];
            if (x.Length < 2)
                throw new ParameterException("computes", DisplayText.Plain($"(size {seeds[0].Size:G6})"), "a range that all seeds of a size cover");
            double[] y = [.. x.Select(at => Math.Log(splines.Average(one => Math.Exp(one.Curve.At(at)))))];
            return new Curve(seeds[0].Size, x, y);
        }

        // Infinite outside of the records.
        public double At(double logCompute) => logCompute < LogComputes[0] || logCompute > LogComputes[^1] ? double.PositiveInfinity : curve.At(logCompute);

        public bool IsEdge(double logCompute) => logCompute < LogComputes[1] || logCompute > LogComputes[^2];

        private static (double[] X, MonotoneCurve Curve) Logarithms(LadderRun run)
        {
            var computes = run.AllComputes();
            int[] kept = [.. Enumerable.Range(0, computes.Length).Where(i => computes[i] > 0)];
            if (kept.Any(i => !(run.Losses[i] > 0)))
                throw new ParameterException("losses", run.Losses.Min(), $"above zero ({run.Label})", "a frontier is found in ln L");
            double[] x = [.. kept.Select(i => Math.Log(computes[i]))];
            return (x, new MonotoneCurve(x, [.. kept.Select(i => Math.Log(run.Losses[i]))]));
        }
    }
}
