using Eigenflow.Figures;
using Eigenflow.Numerics;

namespace Eigenflow.Systems;

/// <summary>
/// Where a curve goes, in words: from where to where, where it is infinite, and its largest interior maxima. All numbers are those of its rows; between rows a maximum may be higher, and is then told as the least that it is.
/// </summary>
/// <param name="Words">What the curve is called.</param>
/// <param name="Symbol">What its abscissa is called.</param>
/// <param name="Series">The curve, abscissae ascending.</param>
/// <param name="Ordinate">The axis on which it is drawn, whose ends it may leave; null for one that shows all.</param>
internal sealed record CurveCourse(string Words, string Symbol, Series Series, Axis? Ordinate = null)
{
    private const int MostMaxima = 3;

    // A maximum stands out by this part.
    private const double Prominence = 0.05;

    // By this part of its usual size, the median, a curve may be off by rounding; huge values, which a curve has that comes from where it diverged, do not make those of usual size small.
    private const double Vanishing = 1e-15;
    private const double LargestUsual = 1;

    // Maxima this far below the largest value are those of its rounding, summed over some hundred terms.
    private const double Rounding = 1e-13;

    // What moves by less than this part reads the same at three digits, or almost.
    private const double Still = 1e-3;

    // Rows that have a value; a ratio without a limit has none.
    private int[] Rows { get; } = [.. Enumerable.Range(0, Series.X.Length).Where(row => !double.IsNaN(Series.Y[row]) && !double.IsNegativeInfinity(Series.Y[row]))];

    private int[] Finite { get; } = [.. Enumerable.Range(0, Series.X.Length).Where(row => double.IsFinite(Series.Y[row]))];

    private double Largest => Finite.Max(row => Series.Y[row]);

    private double Usual => Math.Min(LargestUsual, Finite.Select(row => Math.Abs(Series.Y[row])).Order().ElementAt(Finite.Length / 2));

    private double Smallest => Finite.Min(row => Series.Y[row]);

    private bool IsStill => Largest - Smallest <= Still * Math.Max(Math.Abs(Largest), Math.Abs(Smallest));

    /// <summary>Where the curve goes, and where it has maxima; empty for one without rows.</summary>
    /// <param name="hasMaxima">Whether maxima are told: those of a random curve are its noise.</param>
    public string Full(bool hasMaxima) => Series.X.Length == 0 ? ""
        : Rows.Length == 0 ? $"{Words} has no value at any row shown"
        : Finite.Length == 0 ? $"{Words} is infinite at all rows shown"
        : Array.TrueForAll(Rows, row => Series.Y[row] == 0) ? $"{Words} is 0 at all rows shown"
        : string.Join(", ", new[] { Way, Divergence }.Concat(hasMaxima ? Extremes() : []).Where(part => part.Length > 0));

    /// <summary>The same in a few words for a title; empty for a curve without values.</summary>
    public string Short
    {
        get
        {
            if (Finite.Length == 0)
                return Rows.Length > 0 ? $"{Words} infinite" : "";
            if (Divergence.Length > 0)
                return $"{Words} {Divergence}";
            if (Rows.Length == 1)
                return Way;
            if (TwoMinima is { Length: > 0 } minima)
                return minima;
            var (from, to) = (Number(Rows[0]), Number(Rows[^1]));
            if (Array.TrueForAll(Rows, row => Series.Y[row] == 0))
                return Full(hasMaxima: false);
            if (IsStill || !string.Equals(from, to, StringComparison.Ordinal))
                return Way.Replace(" stays at ", " still ", StringComparison.Ordinal) + (IsStill ? $" at {Place(Rows[^1])}" : "");
            var row = Rows.MaxBy(row => Math.Abs(Series.Y[row] - Series.Y[Rows[0]]));
            return $"{Words} {(Series.Y[row] > Series.Y[Rows[0]] ? "up" : "down")} to {At(row)}";
        }
    }

    // What a curve that descends twice is about; more minima, and those of a mean over runs, are noise.
    private string TwoMinima
    {
        get
        {
            if (IsStill || Series.Lower is not null || Finite.Length != Series.X.Length || Finite.Any(row => !(Series.Y[row] > 0)))
                return "";
            int[] minima = [.. InteriorMaxima.Of([.. Finite.Select(row => 1 / Series.Y[row])], Prominence)];
            return minima.Length == 2 && !minima.Any(IsUnseen) ? $"{Words} has two minima, {Number(minima[0], 2)} and {Number(minima[1], 2)}, and ends at {Number(Finite[^1], 2)}" : "";
        }
    }

    /// <summary>Where the curve is infinite between or before finite values; empty where it is not.</summary>
    public string Divergence
    {
        get
        {
            int[] infinite = [.. Rows.Where(row => double.IsPositiveInfinity(Series.Y[row]))];
            if (infinite.Length == 0 || Finite.Length == 0)
                return "";
            var (first, last) = (infinite[0], infinite[^1]);
            return infinite.Length == 1 ? $"diverges at {Place(first)}"
                : Rows.Count(row => row >= first && row <= last) == infinite.Length ? $"is infinite from {Place(first)} to {DisplayNumber.Of(Series.X[last], 3)}"
                : $"is infinite at {DisplayNumber.Count(infinite.Length)} rows, first at {Place(first)}";
        }
    }

    /// <summary>The value at the last row that has a finite one, with its place; null where there is none.</summary>
    public (double Value, double X, string Text)? End => Finite.Length == 0 ? null : (Series.Y[Finite[^1]], Series.X[Finite[^1]], Number(Finite[^1], 2));

    // Rows without a value before the first, or behind the last, are said by the place of that.
    private string Way
    {
        get
        {
            if (Finite.Length == 1)
                return $"{Words} {At(Finite[0])}";
            var (first, last) = (Finite[0], Finite[^1]);
            var (from, to) = (Number(first), Number(last));
            var where = first > 0 || last < Series.X.Length - 1 ? $" from {Place(first)} to {DisplayNumber.Of(Series.X[last], 3)}" : "";
            return IsStill ? $"{Words} stays at {to}{where}"
                : string.Equals(from, to, StringComparison.Ordinal) ? $"{Words} ends where it began, at {to}{(where.Length > 0 ? "," + where : "")}"
                : $"{Words} {(Series.Y[last] < Series.Y[first] ? "falls" : "grows")} from {from}{(first > 0 ? $" at {Place(first)}" : "")} to {At(last)}";
        }
    }

    private IEnumerable<string> Extremes()
    {
        if (IsStill || Finite.Any(row => Series.Y[row] < 0))
            yield break;
        int[] maxima = [.. InteriorMaxima.Of([.. Rows.Select(row => Series.Y[row])], Prominence).Select(place => Rows[place]).Where(row => double.IsFinite(Series.Y[row]) && !IsUnseen(row) && Series.Y[row] >= Rounding * Math.Min(LargestUsual, Largest))];
        int[] told = [.. maxima.OrderByDescending(row => Series.Y[row]).Take(MostMaxima).Order()];
        if (told.Length > 0)
        {
            // Those below an end of the curve are maxima of its interior alone.
            var word = (Series.Y[told.MaxBy(row => Series.Y[row])] < Largest ? "interior " : "") + (told.Length == 1 ? "maximum" : "maxima");
            var more = maxima.Length - told.Length;
            string[] texts = [.. told.Select(row => (IsBeyondBetween(row) ? "at least " : "") + At(row))];
            yield return $"{word} {(texts.Length == 1 ? texts[0] : $"{string.Join(", ", texts[..^1])} and {texts[^1]}")}{(more > 0 ? $", and {more} smaller" : "")}";
        }

        var low = Finite.MinBy(row => Series.Y[row]);
        if (!IsUnseen(low) && low > Finite[0] && low < Finite[^1] && Series.Y[low] < Math.Min(Series.Y[Finite[0]], Series.Y[Finite[^1]]) * (1 - Prominence))
            yield return $"smallest {(IsBeyondBetween(low) ? "at most " : "")}{At(low)}";
    }

    // Whether the parabola through the rows around an extreme, in the logarithm of the abscissa where that is positive, goes beyond it by what is seen in the number; beside a row without value nothing is known.
    private bool IsBeyondBetween(int row)
    {
        if (row == 0 || row == Series.X.Length - 1)
            return false;
        double left = Series.Y[row - 1], middle = Series.Y[row], right = Series.Y[row + 1];
        if (!double.IsFinite(left) || !double.IsFinite(right))
            return true;
        double Scaled(double x) => Series.X[row - 1] > 0 ? Math.Log(x) : x;
        var (before, after) = (Scaled(Series.X[row]) - Scaled(Series.X[row - 1]), Scaled(Series.X[row + 1]) - Scaled(Series.X[row]));
        var (up, down) = ((middle - left) / before, (right - middle) / after);
        var (slope, bend) = (((up * after) + (down * before)) / (before + after), (down - up) / (before + after));
        return bend != 0 && !string.Equals(DisplayNumber.Of(middle - (slope * slope / (4 * bend)), 3), DisplayNumber.Of(middle, 3), StringComparison.Ordinal);
    }

    private string At(int row) => $"{Number(row)} at {Place(row)}";

    private string Place(int row) => $"{Symbol} = {DisplayNumber.Of(Series.X[row], 3)}";

    private bool IsUnseen(int row) => Ordinate is { IsLogarithmic: true, Minimum: { } least } && Series.Y[row] > 0 && Series.Y[row] < least && Series.Y[row] < Vanishing * Usual;

    // What is so small beside the curve that it may be its rounding, and that the axis leaves out, is told as far as it is seen.
    private string Number(int row, int digits = 3) => Series.Y[row] switch
    {
        _ when IsUnseen(row) => $"below {DisplayNumber.Of(Ordinate!.Minimum!.Value, 1)}",
        var value => DisplayNumber.Of(value, digits),
    };
}
