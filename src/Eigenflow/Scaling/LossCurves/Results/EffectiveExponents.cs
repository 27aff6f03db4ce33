namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The exponents of the functional scaling law that a fit implies: the relative difficulty s, the exponent of forgetting (p of the direct form, g of the form by parts), and from it the capacity exponent β: p = 2 − 1/β, g = 1 − 1/β.
/// Easy means s ≥ 1 − 1/β. Exponents of forgetting and times of forgetting are nearly degenerate: a fit may forecast well and still say little about β.
/// </summary>
public sealed record EffectiveExponents
{
    private EffectiveExponents()
    {
    }

    /// <summary>s.</summary>
    public double Difficulty { get; private init; }

    /// <summary>Interval of s.</summary>
    public (double Lower, double Upper) DifficultyInterval { get; private init; }

    /// <summary>Symbol of the exponent of forgetting.</summary>
    public string Symbol { get; private init; } = "";

    /// <summary>The exponent of forgetting, p or g.</summary>
    public double Forgetting { get; private init; }

    /// <summary>Interval of the exponent of forgetting.</summary>
    public (double Lower, double Upper) ForgettingInterval { get; private init; }

    /// <summary>β, or null where the exponent of forgetting is outside the range that has one.</summary>
    public double? Capacity { get; private init; }

    /// <summary>Interval of β; the upper end is infinite where that of the exponent of forgetting reaches the end of its range.</summary>
    public (double Lower, double Upper) CapacityInterval { get; private init; }

    /// <summary>Easy, hard, or undecided, in words.</summary>
    public string Regime { get; private init; } = "";

    // An interval holds its estimate.
    private static (double Lower, double Upper) Around(double value, (double Lower, double Upper) interval) => (Math.Min(value, interval.Lower), Math.Max(value, interval.Upper));

    /// <summary>Derives the exponents.</summary>
    /// <param name="symbol">p or g.</param>
    /// <param name="s">Relative difficulty.</param>
    /// <param name="forgetting">Exponent of forgetting.</param>
    /// <param name="resamples">Both of every resample.</param>
    /// <param name="level">Level of intervals.</param>
    internal static EffectiveExponents Of(string symbol, double s, double forgetting, IReadOnlyList<(double S, double Forgetting)> resamples, double level)
    {
        // x = 1 − 1/β lies in (0, 1).
        var offset = symbol == "p" ? 1 : 0;
        var x = forgetting - offset;
        var interval = Around(forgetting, BlockBootstrap.Interval([.. resamples.Select(one => one.Forgetting)], level));
        var isCapacity = x is > 0 and < 1;
        var easy = resamples.Count == 0 ? double.NaN : resamples.Count(one => one.S >= one.Forgetting - offset) / (double)resamples.Count;
        return new EffectiveExponents
        {
            Symbol = symbol,
            Difficulty = s,
            DifficultyInterval = Around(s, BlockBootstrap.Interval([.. resamples.Select(one => one.S)], level)),
            Forgetting = forgetting,
            ForgettingInterval = interval,
            Capacity = isCapacity ? 1 / (1 - x) : null,
            CapacityInterval = (1 / (1 - Math.Clamp(interval.Lower - offset, 0, 1)), interval.Upper - offset >= 1 ? double.PositiveInfinity : 1 / (1 - Math.Clamp(interval.Upper - offset, 0, 1))),
            Regime = !isCapacity
                ? $"no capacity exponent; report {symbol} only: it lies outside ({offset}, {offset + 1})"
                : double.IsNaN(easy) ? "undecided: no resamples"
                : easy >= (1 + level) / 2 ? "easy: s >= 1 - 1/beta"
                : easy <= (1 - level) / 2 ? "hard: s < 1 - 1/beta"
                : DisplayText.Of($"undecided: easy in {100 * easy:0} % of the resamples"),
        };
    }
}
