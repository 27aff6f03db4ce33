using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What a map keeps of a solution.</summary>
internal sealed class MapCell
{
    // More rows than a picture could tell apart.
    private const int MostRows = 2_000;

    private readonly IReadOnlyDictionary<string, double?> events;
    private readonly double number;
    private readonly double[] x;
    private readonly double[] y;

    /// <summary>Reads a solution.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="abscissa">The column along which its figure is drawn; empty for the independent variable.</param>
    /// <param name="quantities">What may be shown of it.</param>
    public MapCell(Solution solution, string abscissa, IReadOnlyList<MapQuantity> quantities)
    {
        events = solution.Events;
        Warning = solution.Warnings.Count > 0 ? solution.Warnings[0] : "";
        var along = SubjectCurve.AlongOf(solution, abscissa);
        Axis = SubjectCurve.SymbolOf(along);
        number = quantities is [{ Kind: "number" } one] ? solution.SummaryOf(one.Quantity.Name) ?? double.NaN : double.NaN;

        // A curve that diverged, or could not go on, has no end: where it was given up is no number of it.
        var hasEnd = solution.Status.Outcome == SolveOutcome.Completed;
        if (hasEnd && quantities.FirstOrDefault(quantity => quantity.Kind is "last" or "common") is { } observable && solution.Has(observable.Quantity.Name))
        {
            // A curve along another column may run against its rows.
            (x, y) = (Thinned(along.Values), Thinned(solution[observable.Quantity.Name]));
            Array.Sort(x, y);
        }
        else
            (x, y) = ([], []);
    }

    /// <summary>What the engine says of the solution; empty where it says nothing.</summary>
    public string Warning { get; }

    /// <summary>What the curve runs along.</summary>
    public string Axis { get; }

    /// <summary>Where the curve ends; NaN where there is none.</summary>
    public double End => x.Length > 0 ? x[^1] : double.NaN;

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

    // Along a power law between rows where there can be one, else straight.
    private double At(double place)
    {
        var next = Array.FindIndex(x, value => value >= place);
        if (next < 0 || (next == 0 && x[0] > place))
            return double.NaN;
        if (x[next] == place)
            return y[next];
        var (x0, x1, y0, y1) = (x[next - 1], x[next], y[next - 1], y[next]);
        var share = x0 > 0 ? Math.Log(place / x0) / Math.Log(x1 / x0) : (place - x0) / (x1 - x0);
        return y0 > 0 && y1 > 0 ? y0 * Math.Pow(y1 / y0, share) : y0 + (share * (y1 - y0));
    }

    private static double[] Thinned(double[] values)
    {
        if (values.Length <= MostRows)
            return [.. values];
        return [.. Enumerable.Range(0, MostRows).Select(k => values[(int)((long)k * (values.Length - 1) / (MostRows - 1))])];
    }
}
