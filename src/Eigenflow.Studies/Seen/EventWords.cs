using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>The events of a solution in words: those that are seen in their order along the abscissa on which the solution is drawn, how many are left out, and which have not come.</summary>
internal static class EventWords
{
    private const int MostEvents = 6;
    private const int MostMissing = 3;

    /// <summary>The words, a part each.</summary>
    /// <param name="system">The system.</param>
    /// <param name="solution">The solution.</param>
    /// <param name="along">The column on the abscissa.</param>
    public static IEnumerable<string> Of(ISystem system, Solution solution, Observable along)
    {
        var told = system.Events.Where(quantity => quantity.IsTold && solution.Events.ContainsKey(quantity.Name)).ToArray();
        foreach (var quantity in told)
        {
            if (quantity.Counted is var (one, several) && solution.Events[quantity.Name] is { } value)
                yield return value == 0 ? $"no {one}" : value == 1 ? $"one {one}" : $"{DisplayNumber.Of(value)} {several}";
        }

        // What lies beyond the rows of an interrupted run has not been seen.
        var symbol = SubjectCurve.SymbolOf(along);
        var places = told.Where(quantity => quantity.Counted is null).Select(quantity => (Quantity: quantity, Place: solution.Events[quantity.Name] is { } value ? SubjectCurve.PlaceOf(solution, along, value) : null)).ToArray();
        var reached = places.Where(pair => pair.Place is not null).Select(pair => (pair.Quantity.Name, Event: pair.Place!.Value)).OrderBy(pair => pair.Event.Place).ToArray();

        // Events that all stand at rows were located to them, and are known to the distance between rows.
        var isLocatedToRows = Array.TrueForAll(reached, pair => pair.Event.Grain != EventGrain.Between);
        var count = reached.Length <= MostEvents + 1 ? reached.Length : MostEvents;
        foreach (var (name, one) in reached.Take(count))
        {
            var isSharp = one.IsSharp && !(isLocatedToRows && one.Grain == EventGrain.Row);
            yield return $"{Words(name)} at {(isSharp ? "" : "about ")}{symbol} = {DisplayNumber.Of(one.Place, isSharp ? 3 : 2)}";
        }

        if (reached.Length > count)
            yield return $"{reached.Length - count} later events";
        string[] missing = [.. places.Where(pair => pair.Place is null && !pair.Quantity.IsIncidental).Select(pair => Words(pair.Quantity.Name))];
        if (missing.Length > 0)
            yield return $"no {Listed(missing)} up to {symbol} = {DisplayNumber.Of(along.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max(), 3)}";
    }

    /// <summary>A name in words.</summary>
    /// <param name="name">The name.</param>
    public static string Words(string name) => name.Replace('-', ' ');

    private static string Listed(string[] names) => names switch
    {
        [var one] => one,
        { Length: <= MostMissing } => $"{string.Join(", ", names[..^1])} or {names[^1]}",
        _ => $"{string.Join(", ", names[..(MostMissing - 1)])} or {names.Length - MostMissing + 1} other events",
    };
}
