using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>What an error does over time.</summary>
public enum ErrorShape
{
    /// <summary>No turning point.</summary>
    Monotone,

    /// <summary>One minimum: learned, then overfitted.</summary>
    UShaped,

    /// <summary>A minimum, a maximum, and a fall.</summary>
    DoubleDescent,

    /// <summary>A minimum first, and more than one maximum: more than two scales.</summary>
    MultipleDescent,

    /// <summary>A maximum first.</summary>
    Other,
}

/// <summary>A turning point.</summary>
/// <param name="Time">Where.</param>
/// <param name="Error">E there.</param>
/// <param name="IsMinimum">A minimum, or a maximum.</param>
public readonly record struct TurningPoint(double Time, double Error, bool IsMinimum);

/// <summary>The turning points of an error over time, from all that changes by more than 1e-7, and what follows from them.</summary>
public sealed record ErrorPhases
{
    private const double Smallest = 1e-7;
    private const int PerDecade = 20;
    private const string Count = "turning-points";
    private static readonly string[] Names = ["first-minimum", "maximum", "second-minimum"];

    /// <summary>Names, symbols and meanings of the events.</summary>
    public static IReadOnlyList<NamedQuantity> Events { get; } =
    [
        new("first-minimum", "t_1", "First minimum of the error: the fast directions are learned and begin to overfit."),
        new("maximum", "t_max", "Maximum of the error after the first minimum: what is slow acts as label noise on what is fast."),
        new("second-minimum", "t_2", "Second minimum of the error: the slow directions are learned too."),
        new("optimal-time", "t_opt", "Time of the smallest error; none where it is smallest at the end."),
    ];

    /// <summary>The turning points in their order.</summary>
    public required IReadOnlyList<TurningPoint> Points { get; init; }

    /// <summary>Time and value of the smallest error.</summary>
    public required (double Time, double Error) Best { get; init; }

    /// <summary>Time and value of the last error.</summary>
    public required (double Time, double Error) End { get; init; }

    /// <summary>The class.</summary>
    public ErrorShape Shape => Points switch
    {
        [] => ErrorShape.Monotone,
        [{ IsMinimum: true }] => ErrorShape.UShaped,
        [{ IsMinimum: true }, _] or [{ IsMinimum: true }, _, _] => ErrorShape.DoubleDescent,
        [{ IsMinimum: true }, ..] => ErrorShape.MultipleDescent,
        _ => ErrorShape.Other,
    };

    /// <summary>The class in words.</summary>
    public string Words => WordsOf(Shape == ErrorShape.Other ? double.NaN : Points.Count);

    /// <summary>The turning point of an event, or null.</summary>
    /// <param name="number">0 for the first minimum, 1 for the maximum, 2 for the second minimum.</param>
    public TurningPoint? this[int number] => Points.Count > number && Points[0].IsMinimum ? Points[number] : null;

    /// <summary>The phases of rows.</summary>
    /// <param name="times">Ascending.</param>
    /// <param name="errors">As many; rows that are not finite are left out.</param>
    public static ErrorPhases Of(IReadOnlyList<double> times, IReadOnlyList<double> errors)
    {
        int[] rows = [.. Enumerable.Range(0, times.Count).Where(row => double.IsFinite(errors[row]))];
        var points = new List<TurningPoint>();
        if (rows.Length == 0)
            return new ErrorPhases { Points = points, Best = (double.NaN, double.NaN), End = (double.NaN, double.NaN) };

        // Only what has moved by more than the threshold since it last did counts as a direction.
        var (reference, direction, extreme) = (rows[0], 0, rows[0]);
        foreach (var row in rows)
        {
            if ((direction >= 0 && errors[row] > errors[extreme]) || (direction <= 0 && errors[row] < errors[extreme]))
                extreme = row;
            var change = errors[row] - errors[reference];
            if (Math.Abs(change) <= Smallest)
                continue;
            var sign = Math.Sign(change);
            if (direction != 0 && sign != direction)
            {
                points.Add(new TurningPoint(times[extreme], errors[extreme], direction < 0));
                extreme = row;
            }

            (direction, reference) = (sign, row);
        }

        var best = rows.MinBy(row => errors[row]);
        return new ErrorPhases { Points = points, Best = (times[best], errors[best]), End = (times[rows[^1]], errors[rows[^1]]) };
    }

    /// <summary>The phases of a curve between two times: 20 points per decade, and every turning point to about 1e-4 of its time.</summary>
    /// <param name="error">E(t).</param>
    /// <param name="from">First time, &gt; 0.</param>
    /// <param name="to">Last time, &gt; from.</param>
    public static ErrorPhases Of(Func<double, double> error, double from, double to)
    {
        var grid = Coarse(error, from, to, out var errors);
        var coarse = Of(grid, errors);
        TurningPoint[] points = [.. coarse.Points.Select(point => Refined(error, grid, point))];
        var best = points.Where(point => point.IsMinimum).Select(point => (point.Time, point.Error)).Append(coarse.Best).MinBy(pair => pair.Error);
        return coarse with { Points = points, Best = best };
    }

    /// <summary>The class of a curve, without refining its turning points.</summary>
    /// <param name="error">E(t).</param>
    /// <param name="from">First time, &gt; 0.</param>
    /// <param name="to">Last time, &gt; from.</param>
    public static ErrorPhases Classify(Func<double, double> error, double from, double to) => Of(Coarse(error, from, to, out var errors), errors);

    /// <summary>The events of a solution.</summary>
    public IReadOnlyDictionary<string, double?> ToEvents() => new Dictionary<string, double?>(StringComparer.Ordinal)
    {
        [Names[0]] = this[0]?.Time,
        [Names[1]] = this[1]?.Time,
        [Names[2]] = this[2]?.Time,
        ["optimal-time"] = Best.Error < End.Error - Smallest ? Best.Time : null,
    };

    /// <summary>The numbers that describe a solution.</summary>
    public IReadOnlyList<SummaryNumber> ToSummary()
    {
        var numbers = new List<SummaryNumber>();
        string[] symbols = ["E(t_1)", "E(t_max)", "E(t_2)"];
        for (var k = 0; k < Names.Length; k++)
        {
            if (this[k] is { } point)
                numbers.Add(new SummaryNumber(Names[k] + "-error", symbols[k], point.Error, $"Error at the {Names[k].Replace('-', ' ')}."));
        }

        if (double.IsFinite(Best.Error))
        {
            numbers.Add(new SummaryNumber("optimal-error", "E(t_opt)", Best.Error, "Smallest error."));
            numbers.Add(new SummaryNumber("final-error", "E(T)", End.Error, "Error at the end."));
            numbers.Add(new SummaryNumber(Count, "#", Shape == ErrorShape.Other ? double.NaN : Points.Count, "Turning points of the error, the first a minimum."));
        }

        return numbers;
    }

    /// <summary>The class of a solution in words; empty for one that has none.</summary>
    internal static string WordsOf(Solution solution) => solution.SummaryOf(Count) is { } count ? WordsOf(count) : "";

    private static string WordsOf(double points) => points switch
    {
        double.NaN => "other",
        0 => "monotone",
        1 => "U-shaped",
        _ => $"{(points < 4 ? "double" : points < 6 ? "triple" : "multiple")} descent{(points % 2 == 1 ? ", then a rise" : "")}",
    };

    private static double[] Coarse(Func<double, double> error, double from, double to, out double[] errors)
    {
        var count = Math.Max(3, (int)Math.Ceiling(PerDecade * Math.Log10(to / from)) + 1);
        var grid = TimeGrid.Logarithmic(from, to, count)[1..];
        errors = [.. grid.Select(error)];
        return grid;
    }

    private static TurningPoint Refined(Func<double, double> error, double[] grid, TurningPoint point)
    {
        var row = Array.BinarySearch(grid, point.Time);
        double left = grid[Math.Max(0, row - 1)], right = grid[Math.Min(grid.Length - 1, row + 1)];
        var sign = point.IsMinimum ? 1 : -1;
        var (place, value) = ScalarMinimum.Find(log => sign * error(Math.Exp(log)), Math.Log(left), Math.Log(right), 3, 1e-5);
        return point with { Time = Math.Exp(place), Error = sign * value };
    }
}
