using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What quantities are called: as the figure of a solution labels them, else by their names.</summary>
internal sealed class MapWords
{
    private readonly IReadOnlyList<string> labels;
    private readonly DrawnSubject? subject;

    private MapWords(IReadOnlyList<string> labels, DrawnSubject? subject) => (this.labels, this.subject) = (labels, subject);

    /// <summary>Names alone.</summary>
    public static MapWords None { get; } = new([], null);

    /// <summary>The labels of the axes of a figure, in their order.</summary>
    public IReadOnlyList<string> Labels => labels;

    /// <summary>The words of the figure of a solution.</summary>
    public static MapWords Of(ISystem system, Solution solution)
    {
        // A panel of several curves labels what they are parts of.
        var panels = system.Draw([solution]).Panels.Where(panel => panel.Series.Count(series => series.Role is not (SeriesRole.Guide or SeriesRole.Reference)) < 2);
        return new([.. panels.SelectMany(panel => (string[])[panel.Y.Label, panel.X.Label]).Where(label => label.Length > 0).Distinct(StringComparer.Ordinal)], system.Subject([solution]));
    }

    /// <summary>Words and symbol, such as <c>test error E</c>.</summary>
    public string Of(MapQuantity quantity)
    {
        var (name, symbol) = (quantity.Quantity.Counted?.Several ?? quantity.Quantity.Words, quantity.Quantity.Symbol);
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
