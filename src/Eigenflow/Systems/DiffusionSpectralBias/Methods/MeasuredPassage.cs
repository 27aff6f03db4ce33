using Eigenflow.Numerics;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Noise;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// When one measured variance passes its threshold: ln λ~ is smoothed as far as its noise asks for, and passes on a monotone cubic in ln(τ + s), s the first step in time.
/// The error of the time is what noise makes of it (two standard errors), and what every second row alone, a start before the first row, and an end behind the last one would change.
/// </summary>
internal sealed class MeasuredPassage
{
    /// <summary>Fewest rows of a mode.</summary>
    public const int FewestRows = 6;

    /// <summary>Most that the logarithm of the time may be uncertain by interpolation or by its start.</summary>
    public const double WidestError = 0.25;

    /// <summary>Part of the way of a mode that the last tenth of the rows, or the time before the first row, may hold.</summary>
    public const double Levelled = 0.1;

    private const int FewestHalved = 3;
    private const int FirstResolved = 2;
    private const double Errors = 2;

    // Standard errors below the threshold that a smoothed row may fall back by chance.
    private const double FallsBack = 3;

    private readonly double[] times;
    private readonly double[] abscissae;
    private readonly double shift;
    private readonly LocalSmoothing smooth;
    private readonly MonotoneCurve curve;
    private readonly Criterion criterion;
    private readonly double start;
    private readonly double goal;

    private MeasuredPassage(double[] times, double[] values, double? target, Criterion criterion)
    {
        (this.times, this.criterion, shift) = (times, criterion, times[1] - times[0]);
        abscissae = [.. times.Select(time => Math.Log(time + shift))];
        smooth = new(abscissae, [.. values.Select(value => Math.Log(value))]);
        curve = new(abscissae, smooth.Values);
        start = smooth.Values[0];
        goal = target is { } given ? Math.Log(given) : smooth.Values[^1];
    }

    private double[] Rows => smooth.Values;

    /// <summary>Measures.</summary>
    /// <param name="times">Training times, ascending.</param>
    /// <param name="values">Variances; not a number where there was none.</param>
    /// <param name="target">λ, or null for the last row.</param>
    /// <param name="criterion">The criterion.</param>
    public static Emergence Of(double[] times, double[] values, double? target, Criterion criterion)
    {
        var first = Array.FindIndex(values, double.IsFinite);
        int[] rows = [.. Enumerable.Range(0, times.Length).Where(row => values[row] is > 0 and < double.PositiveInfinity)];

        // A start from nothing has no threshold.
        if (rows.Length < FewestRows || rows[0] != first || target <= 0)
            return new(double.NaN, rows.Length > 0 && rows[0] == first ? Math.Log(values[first]) : rows.Length > 0 ? double.NegativeInfinity : double.NaN, target ?? double.NaN);
        var whole = Part(rows, target);
        var end = target ?? Math.Exp(whole.goal);
        var entry = whole.Entry(whole.start);
        if (entry >= rows.Length || whole.start == whole.goal)
            return new(double.NaN, whole.start, end);
        var time = whole.Time(whole.start);
        if (entry == 0)
            return new(time, whole.start, end) { IsUnresolved = true };
        var before = whole.Before();
        var drift = target is null ? whole.Drift : 0;
        double[] others = [Halved(1), Halved(2), whole.Time(whole.start - before), drift == 0 ? time : Part(rows, Math.Exp(whole.goal + drift)).Time(whole.start)];
        var changes = others.Select(other => Math.Abs(Math.Log(other / time))).ToArray();
        var noise = Errors * whole.NoiseOf(entry, time, target is null);
        return new(time, whole.start, end)
        {
            Alternatives = others,
            Error = time * Math.Sqrt((noise * noise) + Math.Pow(Math.Max(changes[0], changes[1]), 2) + (changes[2] * changes[2]) + (changes[3] * changes[3])),
            IsUnresolved = entry < FirstResolved || !changes.All(change => change <= WidestError) || Math.Abs(drift) > Levelled * Math.Abs(whole.goal - whole.start),
            IsLate = Math.Abs(before) > Levelled * Math.Abs(whole.goal - whole.start),
        };

        double Halved(int from)
        {
            var half = Part([rows[0], .. rows.Where((_, row) => row >= from && (row - from) % 2 == 0)], target);
            return half.Time(half.start);
        }

        MeasuredPassage Part(int[] part, double? to) => new([.. part.Select(row => times[row])], [.. part.Select(row => values[row])], to, criterion);
    }

    // What the last rows have still to go is about what the last tenth of them went.
    private double Drift => goal - Rows[^(1 + (Rows.Length / 10))];

    // What a file that does not begin at time 0 leaves out: as much again as the logarithm changes until twice its first time, and half of it for its curvature.
    private double Before() => times[0] > 0 ? 1.5 * (curve.At(Math.Log((2 * times[0]) + shift)) - start) : 0;

    private double Excess(double from, int row) => criterion.Excess(from, goal, Rows[row]);

    private int Entry(double from) => criterion.Kind == CriterionKind.Stay
        ? Enumerable.Range(0, times.Length).LastOrDefault(row => !(Excess(from, row) <= 0), -1) + 1
        : Enumerable.Range(0, times.Length).FirstOrDefault(row => Excess(from, row) <= 0, times.Length);

    private double Time(double from)
    {
        var entry = times.Length < FewestHalved ? times.Length : Entry(from);
        if (entry >= times.Length)
            return double.NaN;
        if (entry == 0)
            return times[0];
        var passage = Root(from, entry);
        if (criterion.IsBand)
            return Math.Exp(passage) - shift;

        // Noise makes the first passage early and the last one late: their middle is neither.
        var last = entry;
        for (var row = entry; row < times.Length && Math.Abs(Excess(from, row)) <= FallsBack * smooth.Errors[row]; row++)
        {
            if (Excess(from, row) > 0 && row + 1 < times.Length && Excess(from, row + 1) <= 0)
                last = row + 1;
        }

        return Math.Exp(0.5 * (passage + Root(from, last))) - shift;
    }

    private double Root(double from, int row) => ScalarRoot.Find(at => criterion.Excess(from, goal, curve.At(at)), abscissae[row - 1], abscissae[row]);

    // What the errors of the row and of the threshold make of ln τ.
    private double NoiseOf(int entry, double time, bool endIsMeasured)
    {
        var error = Math.Sqrt(Square(entry) + (0.25 * (Square(0) + (endIsMeasured ? Square(times.Length - 1) : 0))));
        var slope = Math.Abs(Rows[entry] - Rows[entry - 1]) / (abscissae[entry] - abscissae[entry - 1]);
        return error == 0 ? 0 : error / slope * (time + shift) / time;

        double Square(int row) => smooth.Errors[row] * smooth.Errors[row];
    }
}
