using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What a map keeps of a solution, or of why there is none.</summary>
internal sealed class MapCell
{
    // More rows than a picture could tell apart.
    private const int MostRows = 2_000;

    private readonly IReadOnlyDictionary<string, double?> events = new Dictionary<string, double?>(StringComparer.Ordinal);
    private readonly double number = double.NaN;
    private readonly double[] x = [];
    private readonly double[] y = [];

    /// <summary>Reads a solution.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="abscissa">The column along which its figure is drawn; empty for the independent variable.</param>
    /// <param name="quantities">What may be shown of it.</param>
    public MapCell(Solution solution, string abscissa, IReadOnlyList<MapQuantity> quantities)
    {
        events = solution.Events;
        Status = solution.Status;
        Warning = solution.Warnings.Count > 0 ? solution.Warnings[0] : "";
        Along = SubjectCurve.AlongOf(solution, abscissa) with { Values = [] };
        var along = SubjectCurve.AlongOf(solution, abscissa).Values;
        IsAlongAxis = string.Equals(Along.Name, solution.Axis.Name, StringComparison.Ordinal);
        RunsBackwards = along.Length > 1 && along[^1] < along[0];
        number = quantities is [{ Kind: "number" } one] ? solution.SummaryOf(one.Quantity.Name) ?? double.NaN : double.NaN;

        // A curve that diverged, or could not go on, has no end: where it was given up is no number of it.
        if (IsWhole && quantities.FirstOrDefault(quantity => quantity.Kind is "last" or "common") is { } observable && solution.Has(observable.Quantity.Name))
        {
            // A curve along another column may run against its rows.
            (x, y) = (Thinned(along), Thinned(solution[observable.Quantity.Name]));
            Array.Sort(x, y);
        }
    }

    private MapCell()
    {
    }

    /// <summary>Why the engine refuses the setting; empty where it does not.</summary>
    public string Refusal { get; private init; } = "";

    /// <summary>How the solve ended.</summary>
    public SolveStatus Status { get; private init; } = SolveStatus.Completed;

    /// <summary>What the engine says of the solution; empty where it says nothing.</summary>
    public string Warning { get; } = "";

    /// <summary>What the curve runs along, without its values; null where there is none.</summary>
    public Observable? Along { get; }

    /// <summary>Whether that is the independent variable of the solution.</summary>
    public bool IsAlongAxis { get; }

    /// <summary>Whether the rows of the curve run against what it is drawn along.</summary>
    public bool RunsBackwards { get; }

    /// <summary>Whether the whole range was solved.</summary>
    public bool IsWhole => Refusal.Length == 0 && Status.Outcome == SolveOutcome.Completed;

    /// <summary>Where the curve ends; NaN where there is none.</summary>
    public double End => x.Length > 0 ? x[^1] : double.NaN;

    /// <summary>A cell whose setting is refused.</summary>
    public static MapCell Refused(string words) => new() { Refusal = words };

    /// <summary>A cell that was given up.</summary>
    public static MapCell GivenUp(string words) => new() { Status = new SolveStatus(SolveOutcome.Cancelled, words) };

    /// <summary>Whether the event has come.</summary>
    public bool Has(string name) => events.GetValueOrDefault(name) is { } time && double.IsFinite(time);

    /// <summary>The value of the quantity, NaN where there is none.</summary>
    /// <param name="quantity">The quantity.</param>
    /// <param name="end">Where the first of all curves ends.</param>
    public double Value(MapQuantity quantity, double end) => quantity.Kind switch
    {
        "event" => events.GetValueOrDefault(quantity.Quantity.Name) ?? double.NaN,
        "number" => number,
        "last" => y.Length > 0 ? y[^1] : double.NaN,
        _ => At(end),
    };

    /// <summary>Where on the curve the value of the quantity stands; NaN for what has no place.</summary>
    /// <param name="quantity">The quantity.</param>
    /// <param name="end">Where the first of all curves ends.</param>
    public double Place(MapQuantity quantity, double end) => quantity.Kind switch
    {
        "last" => End,
        "common" when x.Length > 0 => end,
        _ => double.NaN,
    };

    // Along a power law between rows where there can be one, else straight.
    private double At(double place)
    {
        var next = Array.FindIndex(x, value => value >= place);
        if (next < 0 || (next == 0 && x[0] > place))
            return double.NaN;
        if (x[next] == place)
            return y[next];
        var (x0, x1, y0, y1) = (x[next - 1], x[next], y[next - 1], y[next]);
        var isPositive = x0 > 0 && y0 > 0 && y1 > 0;
        var share = isPositive ? Math.Log(place / x0) / Math.Log(x1 / x0) : (place - x0) / (x1 - x0);
        return isPositive ? y0 * Math.Pow(y1 / y0, share) : y0 + (share * (y1 - y0));
    }

    private static double[] Thinned(double[] values)
    {
        if (values.Length <= MostRows)
            return [.. values];
        return [.. Enumerable.Range(0, MostRows).Select(k => values[(int)((long)k * (values.Length - 1) / (MostRows - 1))])];
    }
}
