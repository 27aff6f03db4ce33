using Eigenflow.Numerics;
using System.Globalization;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The exponent α with which x/size^α collapses curves best: the minimum of the score over α, by a scan and a golden section.</summary>
/// <param name="Exponent">α.</param>
/// <param name="Score">The score there.</param>
/// <param name="Lower">Lower end of the 95 % interval; NaN without seeds.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="IntervalMethod">
/// Where exponent and interval are from: mean and Student's interval of the exponents that every seed gives alone, where at least three seeds are paired across models; else the smallest spread of all curves, and all α whose spread is at most the upper end of the interval of the score at the best one.
/// </param>
public sealed record CollapseExponent(double Exponent, CollapseScore Score, double Lower, double Upper, string IntervalMethod)
{
    /// <summary>Whether α is an end of the range, or of the exponents at which curves overlap: then it is no minimum and has no interval.</summary>
    public bool IsAtEdge { get; init; }

    /// <summary>Whether curves do not collapse even at α: models differ there by more than the noise of seeds.</summary>
    public bool IsNone => Score.IsNone;

    /// <summary>Largest magnitude of an exponent that is looked for.</summary>
    public const double LargestExponent = 1000;

    private const int FewestSeeds = 3;
    private const int Scan = 121;
    private const double EdgePart = 0.01;
    private const double Golden = 0.6180339887498949;

    /// <summary>Finds.</summary>
    /// <param name="curves">The curves before rescaling; the name of a model is its size, a positive number.</param>
    /// <param name="from">Smallest α.</param>
    /// <param name="to">Largest α.</param>
    /// <param name="options">Options of the score. A range is one of the unscaled x and not used.</param>
    /// <exception cref="ParameterException">Sizes that are not positive numbers, or no α at which all curves overlap.</exception>
    public static CollapseExponent Find(IReadOnlyList<CollapseCurve> curves, double from, double to, CollapseOptions? options = null)
    {
        options = (options ?? new CollapseOptions()) with { From = null, To = null };
        if (!(from < to && from >= -LargestExponent && to <= LargestExponent))
            throw new ParameterException("find-exponent", FormattableString.Invariant($"{from},{to}"), FormattableString.Invariant($"two numbers from -{LargestExponent} to {LargestExponent}, the first smaller than the second"));
        var sizes = curves.Select(curve => double.TryParse(curve.Model, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw new ParameterException("models", curve.Model, "a column of positive numbers, of which x is divided by a power")).ToArray();
        var step = (to - from) / (Scan - 1);
        var (exponent, scanned) = Best(curves, sizes) ?? throw new ParameterException("find-exponent", FormattableString.Invariant($"{from},{to}"), "a range with exponents at which the curves overlap");
        var score = CollapseScore.Of(Scaled(curves, sizes, exponent), options);
        if (IsEnd(exponent, scanned))
            return AtEdge();
        if (double.IsNaN(score.Upper))
            return new CollapseExponent(exponent, score, double.NaN, double.NaN, "seeds would say how well it is determined");
        if (score.IsPaired && score.Seeds >= FewestSeeds)
        {
            var groups = curves.Zip(sizes).GroupBy(pair => pair.First.Seed, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
            var each = groups.Select(group => Best([.. group.Select(pair => pair.First)], [.. group.Select(pair => pair.Second)])).Where(best => best is not null).Select(best => best!.Value).ToArray();
            if (Array.Exists(each, best => IsEnd(best.Exponent, best.Scanned)))
                return AtEdge();
            double[] own = [.. each.Select(best => best.Exponent)];
            if (own.Length >= FewestSeeds)
            {
                double mean = own.Average(), deviation = Math.Sqrt(own.Sum(value => (value - mean) * (value - mean)) / (own.Length - 1));
                var half = StudentInterval.Quantile(own.Length - 1) * deviation / Math.Sqrt(own.Length);
                return new CollapseExponent(mean, CollapseScore.Of(Scaled(curves, sizes, mean), options), mean - half, mean + half, FormattableString.Invariant($"mean of the exponents that {own.Length} seeds give alone, with Student's 95 % interval"));
            }
        }

        var (lower, upper) = (End(-1), End(1));
        return new CollapseExponent(exponent, score, lower, upper, "the noise of seeds cannot tell it from exponents in that range" + (lower <= from || upper >= to ? ", which reaches an end of what was looked at" : ""));

        CollapseExponent AtEdge() => new(exponent, score, double.NaN, double.NaN, FormattableString.Invariant($"the spread falls up to an end of the exponents that were looked at ({scanned[0].Alpha:G6} to {scanned[^1].Alpha:G6}): widen the range")) { IsAtEdge = true };

        bool IsEnd(double value, (double Alpha, double Spread)[] within) => value - within[0].Alpha < EdgePart * step || within[^1].Alpha - value < EdgePart * step;

        // Where the spread crosses the upper end of the interval of the smallest.
        double End(int side)
        {
            var beyond = scanned.Where(pair => side * (pair.Alpha - exponent) > 0 && pair.Spread > score.Upper).OrderBy(pair => side * pair.Alpha).Select(pair => (double?)pair.Alpha).FirstOrDefault();
            if (beyond is not { } outside)
                return side < 0 ? from : to;
            var inside = exponent;
            for (var halving = 0; halving < 40; halving++)
            {
                var middle = (inside + outside) / 2;
                if (At(curves, sizes, middle) > score.Upper)
                    outside = middle;
                else
                    inside = middle;
            }

            return inside;
        }

        (double Exponent, (double Alpha, double Spread)[] Scanned)? Best(IReadOnlyList<CollapseCurve> some, double[] own)
        {
            var tried = Enumerable.Range(0, Scan).Select(i => (Alpha: from + (step * i), Spread: At(some, own, from + (step * i)))).Where(pair => double.IsFinite(pair.Spread)).ToArray();
            if (tried.Length == 0)
                return null;
            var (best, _) = tried.MinBy(pair => pair.Spread);
            double left = Math.Max(from, best - step), right = Math.Min(to, best + step);
            while (right - left > 1e-6 * Math.Max(1, Math.Abs(best)))
            {
                double a = right - (Golden * (right - left)), b = left + (Golden * (right - left));
                if (At(some, own, a) < At(some, own, b))
                    right = b;
                else
                    left = a;
            }

            return ((left + right) / 2, tried);
        }

        // Infinite where the curves do not overlap over a decade: a spread over next to nothing would always be the smallest.
        double At(IReadOnlyList<CollapseCurve> some, double[] own, double alpha)
        {
            var scaled = Scaled(some, own, alpha);
            return scaled.Min(curve => curve.X.Max()) >= 10 * scaled.Max(curve => curve.X.Min()) ? CollapseScore.SpreadOf(scaled, options) : double.PositiveInfinity;
        }
    }

    private static CollapseCurve[] Scaled(IReadOnlyList<CollapseCurve> curves, double[] sizes, double alpha) =>
        [.. curves.Select((curve, index) => curve with { X = [.. curve.X.Select(x => x / Math.Pow(sizes[index], alpha))] })];
}
