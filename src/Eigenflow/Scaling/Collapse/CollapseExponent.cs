using System.Globalization;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The exponent α with which x/size^α collapses curves best: the minimum of the score over α, by a scan and a golden section.</summary>
/// <param name="Exponent">α.</param>
/// <param name="Score">The score there.</param>
/// <param name="Lower">Smallest α whose spread is at most the interval's upper end at the best one: exponents that the noise of seeds cannot tell apart; NaN without seeds.</param>
/// <param name="Upper">Largest such α.</param>
public sealed record CollapseExponent(double Exponent, CollapseScore Score, double Lower, double Upper)
{
    private const int Scan = 121;
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
        if (!(from < to) || !double.IsFinite(to - from))
            throw new ParameterException("exponent", FormattableString.Invariant($"{from},{to}"), "two numbers, the first smaller than the second");
        var sizes = curves.Select(curve => double.TryParse(curve.Model, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw new ParameterException("models", curve.Model, "a column of positive numbers, of which x is divided by a power")).ToArray();
        var step = (to - from) / (Scan - 1);
        var scanned = Enumerable.Range(0, Scan).Select(i => (Alpha: from + (step * i), Score: At(from + (step * i)))).Where(pair => pair.Score is not null).ToArray();
        if (scanned.Length == 0)
            throw new ParameterException("exponent", FormattableString.Invariant($"{from} to {to}"), "a range with exponents at which the curves overlap");
        var best = scanned.MinBy(pair => pair.Score!.Score);
        double left = Math.Max(from, best.Alpha - step), right = Math.Min(to, best.Alpha + step);
        while (right - left > 1e-6 * Math.Max(1, Math.Abs(best.Alpha)))
        {
            double a = right - (Golden * (right - left)), b = left + (Golden * (right - left));
            if ((At(a)?.Score ?? double.PositiveInfinity) < (At(b)?.Score ?? double.PositiveInfinity))
                right = b;
            else
                left = a;
        }

        var exponent = (left + right) / 2;
        var score = At(exponent) ?? best.Score!;
        var same = double.IsNaN(score.Upper) ? [] : scanned.Where(pair => pair.Score!.Score <= score.Upper).Select(pair => pair.Alpha).ToArray();
        return new CollapseExponent(exponent, score, double.IsNaN(score.Upper) ? double.NaN : Math.Min(exponent, same.DefaultIfEmpty(exponent).Min()), double.IsNaN(score.Upper) ? double.NaN : Math.Max(exponent, same.DefaultIfEmpty(exponent).Max()));

        // Null where the curves do not overlap over a decade: a spread over next to nothing would always be the smallest.
        CollapseScore? At(double alpha)
        {
            var scaled = curves.Select((curve, index) => curve with { X = [.. curve.X.Select(x => x / Math.Pow(sizes[index], alpha))] }).ToArray();
            var start = scaled.Max(curve => curve.X.Min());
            var end = scaled.Min(curve => curve.X.Max());
            return end >= 10 * start ? CollapseScore.Of(scaled, options) : null;
        }
    }
}
