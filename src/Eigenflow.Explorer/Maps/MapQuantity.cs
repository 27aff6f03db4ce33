using Eigenflow.Explorer.Exports;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What a map shows of every solution: <c>last:NAME</c> is an observable where its curve ends, <c>common:NAME</c> where the first curve of the map ends, <c>event:NAME</c> the time of an event, <c>number:NAME</c> a number of the summary.</summary>
/// <param name="Kind">The first word.</param>
/// <param name="Quantity">The second, with its symbol.</param>
internal sealed record MapQuantity(string Kind, NamedQuantity Quantity)
{
    /// <summary>How it is asked for.</summary>
    public string Text => $"{Kind}:{Quantity.Name}";

    /// <summary>
    /// What may be shown: one quantity, or for <c>auto:NAME</c> several, of which the map takes the first that most of its cells have: the events in their order but for counts, then the observable where the first curve ends,
    /// or where each ends if all end alike; events that are alike in all cells are passed over. <c>auto</c> alone takes the observable that the figure is spoken of by, or one that falls.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="text">What is asked for.</param>
    /// <param name="subject">The observable that figures are spoken of by; empty where that is not known yet.</param>
    /// <exception cref="ParameterException">Nothing of this name.</exception>
    public static IReadOnlyList<MapQuantity> Of(ISystem system, string text, string subject = "")
    {
        var (kind, name) = (text ?? "").Split(':', 2) is [var first, .. var rest] ? (first, rest is [var second] ? second : "") : ("", "");
        return kind switch
        {
            "last" or "common" => [new MapQuantity(kind, Named(system.Observables, name, "observable"))],
            "event" => [new MapQuantity(kind, Named(system.Events, name, "event"))],
            "number" when name.Length > 0 => [new MapQuantity(kind, new NamedQuantity(name, "", ""))],
            "auto" => [.. system.Events.Where(moment => moment.Counted is null).Select(moment => new MapQuantity("event", moment)), .. Ends(Named(system.Observables, name.Length > 0 ? name : system.Observables.Any(observable => string.Equals(observable.Name, subject, StringComparison.Ordinal)) ? subject : StudyText.Ordinate(system.Observables.Skip(1).Select(observable => observable.Name)) ?? "", "observable"))],
            _ => throw new ParameterException("quantity", text ?? "", "auto, last:OBSERVABLE, common:OBSERVABLE, event:EVENT or number:NAME"),
        };
    }

    private static MapQuantity[] Ends(NamedQuantity observable) => [new("common", observable), new("last", observable)];

    private static NamedQuantity Named(IReadOnlyList<NamedQuantity> known, string name, string kind) =>
        known.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal))
        ?? throw new ParameterException(kind, name, "one of " + string.Join(", ", known.Select(candidate => candidate.Name)), Suggestion.For(name, known.Select(candidate => candidate.Name)));
}
