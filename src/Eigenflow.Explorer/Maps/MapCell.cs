using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What a map keeps of a solution, or of why there is none.</summary>
internal sealed class MapCell
{
    // More rows than a picture could tell apart.
    private const int MostRows = 2_000;

    private const string Time = "t";
    private readonly Dictionary<string, double> events = new(StringComparer.Ordinal);
    private readonly double number = double.NaN;
    private readonly double[] x = [];
    private readonly double[] y = [];

    /// <summary>Reads a solution.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="abscissa">The column along which its figure is drawn; empty for the independent variable.</param>
    /// <param name="quantities">What may be shown of it.</param>
    public MapCell(Solution solution, string abscissa, IReadOnlyList<MapQuantity> quantities)
    {
        Status = solution.Status;
        Warning = solution.Warnings.Count > 0 ? solution.Warnings[0] : "";
        var column = SubjectCurve.AlongOf(solution, abscissa);
        Along = column with { Values = [] };
        var along = column.Values;
        IsAlongAxis = string.Equals(Along.Name, solution.Axis.Name, StringComparison.Ordinal);
        RunsBackwards = along.Length > 1 && along[^1] < along[0];
        number = quantities is [{ Kind: "number" } one] ? solution.SummaryOf(one.Quantity.Name) ?? double.NaN : double.NaN;

        // Events are told where they stand on the abscissa of the figure, whose unit its axis says.
        var counted = CountedBy(solution).Values;
        Counted = CountedBy(solution).Name;
        HasEventsElsewhere = !ReferenceEquals(counted, along);
        foreach (var quantity in quantities)
        {
            if (quantity.Kind is "event" && solution.Events.GetValueOrDefault(quantity.Quantity.Name) is { } value)
                events[quantity.Quantity.Name] = quantity.Quantity.Counted is null && HasEventsElsewhere ? Sorted(counted, along) is var (times, places) ? Between(times, places, value) : double.NaN : value;
        }

        // A curve that is drawn along another column ends where that is largest.
        Horizon = along.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

        // A curve that diverged, or could not go on, has no end: where it was given up is no number of it.
        if (IsWhole && quantities.FirstOrDefault(quantity => quantity.Kind is "last" or "common") is { } observable && solution.Has(observable.Quantity.Name))
            (x, y) = Sorted(Thinned(along), Thinned(solution[observable.Quantity.Name]));
    }

    private MapCell()
    {
    }

    /// <summary>Why the engine refuses the setting; empty where it does not.</summary>
    public string Refusal { get; private init; } = "";

    /// <summary>How the solve ended.</summary>
    public SolveStatus Status { get; private init; } = SolveStatus.Completed;

    /// <summary>Whether it was given up because it took too long, or too much memory.</summary>
    public bool IsGivenUp { get; private init; }

    /// <summary>What the engine says of the solution; empty where it says nothing.</summary>
    public string Warning { get; } = "";

    /// <summary>What the curve runs along, without its values; null where there is none.</summary>
    public Observable? Along { get; }

    /// <summary>Whether that is the independent variable of the solution.</summary>
    public bool IsAlongAxis { get; }

    /// <summary>The column in which the solution has its events.</summary>
    public string Counted { get; } = "";

    /// <summary>Whether times of events had to be looked up on what the curve runs along.</summary>
    public bool HasEventsElsewhere { get; }

    /// <summary>Whether the rows of the curve run against what it is drawn along.</summary>
    public bool RunsBackwards { get; }

    /// <summary>Whether the whole range was solved.</summary>
    public bool IsWhole => Refusal.Length == 0 && Status.Outcome == SolveOutcome.Completed;

    /// <summary>Where the curve ends; NaN where there is none.</summary>
    public double End => x.Length > 0 ? x[^1] : double.NaN;

    /// <summary>How far the rows go; NaN where there are none.</summary>
    public double Horizon { get; } = double.NaN;

    /// <summary>A cell whose setting is refused.</summary>
    public static MapCell Refused(string words) => new() { Refusal = words };

    /// <summary>A cell that was given up.</summary>
    public static MapCell GivenUp(string words) => new() { Status = new SolveStatus(SolveOutcome.Cancelled, words), IsGivenUp = true };

    /// <summary>The column in which events are times, or places.</summary>
    public static Observable CountedBy(Solution solution) => solution.Observables.FirstOrDefault(column => string.Equals(column.Name, Time, StringComparison.Ordinal)) ?? solution.Axis;

    /// <summary>Whether the event has come.</summary>
    public bool Has(string name) => events.TryGetValue(name, out var time) && double.IsFinite(time);

    /// <summary>The value of the quantity, NaN where there is none.</summary>
    /// <param name="quantity">The quantity.</param>
    /// <param name="place">Where all curves are looked at.</param>
    public double Value(MapQuantity quantity, double place) => quantity.Kind switch
    {
        "event" => events.GetValueOrDefault(quantity.Quantity.Name, double.NaN),
        "number" => number,
        "last" => y.Length > 0 ? y[^1] : double.NaN,
        _ => Between(x, y, place),
    };

    /// <summary>Where on the curve the value of the quantity stands; NaN for what has no place.</summary>
    /// <param name="quantity">The quantity.</param>
    /// <param name="place">Where all curves are looked at.</param>
    public double Place(MapQuantity quantity, double place) => quantity.Kind switch
    {
        "last" => End,
        "common" when x.Length > 0 => place,
        _ => double.NaN,
    };

    /// <summary>Whether a place lies between two rows of the curve.</summary>
    public bool IsBetweenRows(double place) => x.Length > 1 && place > x[0] && place < x[^1] && Array.BinarySearch(x, place) < 0;

    /// <summary>Why the quantity has no finite value.</summary>
    /// <param name="quantity">The quantity.</param>
    /// <param name="place">Where all curves are looked at.</param>
    public string Missing(MapQuantity quantity, double place) =>
        quantity.Kind is "event" ? $"no {quantity.Quantity.Words} before the curve ends"
        : double.IsInfinity(Value(quantity, place)) ? "infinite"
        : quantity.Kind is "common" && End < place ? $"the curve ends before {SubjectCurve.SymbolOf(Along!)} = {DisplayNumber.Of(place)}"
        : "no finite value";

    // Along a power law between rows where there can be one, else straight: as a study derives a value.
    private static double Between(double[] x, double[] y, double place)
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

    // A curve along another column may run against its rows.
    private static (double[] X, double[] Y) Sorted(double[] x, double[] y)
    {
        (x, y) = ([.. x], [.. y]);
        Array.Sort(x, y);
        return (x, y);
    }

    private static double[] Thinned(double[] values) =>
        values.Length <= MostRows ? values : [.. Enumerable.Range(0, MostRows).Select(k => values[(int)((long)k * (values.Length - 1) / (MostRows - 1))])];
}
