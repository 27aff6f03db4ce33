using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What a map shows of every solution.</summary>
/// <param name="Label">For the colour bar.</param>
/// <param name="Read">Its value, NaN where there is none.</param>
internal sealed record MapQuantity(string Label, Func<Solution, double> Read)
{
    /// <summary>Reads <c>last:NAME</c>, <c>event:NAME</c> or <c>number:NAME</c>.</summary>
    /// <exception cref="ParameterException">Nothing of this name.</exception>
    public static MapQuantity Of(ISystem system, string text)
    {
        var (kind, name) = (text ?? "").Split(':', 2) is [var first, var rest] ? (first, rest) : ("", "");
        return kind switch
        {
            "last" => Last(Named(system.Observables, name, "observable")),
            "event" => At(Named(system.Events, name, "event")),
            "number" when name.Length > 0 => new MapQuantity(name, solution => solution.SummaryOf(name) ?? double.NaN),
            _ => throw new ParameterException("quantity", text ?? "", "last:OBSERVABLE, event:EVENT or number:NAME"),
        };
    }

    private static MapQuantity Last(NamedQuantity observable) =>
        new($"{Words(observable)} at the end of each curve", solution => solution.Has(observable.Name) && solution.Rows > 0 ? solution[observable.Name][^1] : double.NaN);

    private static MapQuantity At(NamedQuantity moment) =>
        new(Words(moment), solution => solution.Events.GetValueOrDefault(moment.Name) ?? double.NaN);

    private static string Words(NamedQuantity quantity) => quantity.Symbol.Length == 0 ? quantity.Name : $"{quantity.Name} {quantity.Symbol}";

    private static NamedQuantity Named(IReadOnlyList<NamedQuantity> known, string name, string kind) =>
        known.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal))
        ?? throw new ParameterException(kind, name, "one of " + string.Join(", ", known.Select(candidate => candidate.Name)), Suggestion.For(name, known.Select(candidate => candidate.Name)));
}
