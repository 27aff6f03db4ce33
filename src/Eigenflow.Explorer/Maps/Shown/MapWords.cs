using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What quantities are called: as the figure of a solution labels them, else by their names.</summary>
internal sealed class MapWords
{
    private readonly IReadOnlyList<string> labels;
    private readonly DrawnSubject? subject;
    private readonly string along;

    private MapWords(IReadOnlyList<string> labels, DrawnSubject? subject, string along, IReadOnlyList<(string Parameter, string Value, string Text)> named) => (this.labels, this.subject, this.along, Named) = (labels, subject, along, named);

    /// <summary>Names alone.</summary>
    public static MapWords None { get; } = new([], null, "", []);

    /// <summary>The labels of the axes of a figure, in their order.</summary>
    public IReadOnlyList<string> Labels => labels;

    /// <summary>The parameters that the caption of a curve names, with their values, and as it writes them.</summary>
    public IReadOnlyList<(string Parameter, string Value, string Text)> Named { get; }

    /// <summary>The words of the figure of a solution.</summary>
    public static MapWords Of(ISystem system, Solution solution)
    {
        var figure = system.Draw([solution]);

        // A panel of several curves labels what they are parts of.
        var panels = figure.Panels.Where(panel => panel.Series.Count(series => series.Role is not (SeriesRole.Guide or SeriesRole.Reference)) < 2);
        var subject = system.Subject([solution]);

        // Events are times of the solution; where its figure runs along something else, they are told along that.
        var along = SubjectCurve.AlongOf(solution, subject?.Abscissa ?? "");
        var isElsewhere = !ReferenceEquals(MapCell.CountedBy(solution).Values, along.Values);
        var words = system.Observables.FirstOrDefault(quantity => string.Equals(quantity.Name, along.Name, StringComparison.Ordinal)) is { } column ? column.AxisLabel.Length > 0 ? column.AxisLabel : QuantityWords.WithSymbol(column.Words, column.Symbol) : along.Name;
        var names = new SolutionNames([solution], system.Parameters);
        string[] told = figure.Caption.TrimEnd('.').Split(", ");
        var named = system.Parameters.Select(parameter => (parameter.Name, Value: Setting.Format(solution.Setting[parameter.Name]), Text: names.Shared([parameter]))).Where(one => one.Text.Length > 0 && Array.Exists(told, part => part == one.Text || part.EndsWith(" " + one.Text, StringComparison.Ordinal)));
        return new([.. panels.SelectMany(panel => (string[])[panel.Y.Label, panel.X.Label]).Where(label => label.Length > 0).Distinct(StringComparer.Ordinal)], subject, isElsewhere ? words : "", [.. named]);
    }

    /// <summary>Words and symbol, such as <c>test error E</c>; of an event that is told along something else than time, what that is.</summary>
    public string Of(MapQuantity quantity)
    {
        var (name, symbol) = (quantity.Quantity.Counted?.Several ?? quantity.Quantity.Words, quantity.Quantity.Symbol);
        if (quantity is { Kind: "event", Quantity.Counted: null } && along.Length > 0)
            return $"{name} at {along}";
        if (quantity.Quantity is { AxisLabel: { Length: > 0 } own, Counted: null })
            return own;
        if (subject is { Words.Length: > 0 } && string.Equals(subject.Observable, quantity.Quantity.Name, StringComparison.Ordinal) && !labels.Any(label => label.EndsWith(" " + symbol, StringComparison.Ordinal)))
            name = subject.Words;
        if (Bare(name).EndsWith(Bare(symbol), StringComparison.Ordinal))
            return name;
        if (symbol.Length == 0)
            return name;
        return labels.FirstOrDefault(label => label.EndsWith(" " + symbol, StringComparison.Ordinal)) ?? (string.Equals(name, symbol, StringComparison.OrdinalIgnoreCase) ? symbol : $"{name} {symbol}");

        static string Bare(string text) => text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
    }

    /// <summary>A name without its hyphens.</summary>
    public static string Plain(string name) => name.Replace('-', ' ');
}
