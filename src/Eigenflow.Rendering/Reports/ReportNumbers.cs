using System.Globalization;

namespace Eigenflow.Rendering.Reports;

/// <summary>The numbers of figures and tables, continuous through a report, and how they are referred to.</summary>
internal sealed class ReportNumbers
{
    private readonly int[] figures;
    private readonly int[] tables;

    public ReportNumbers(IReadOnlyList<ReportSection> sections)
    {
        figures = Starts(sections.Select(section => section.Result.Figures.Count));
        tables = Starts(sections.Select(section => section.Result.Tables.Count));
    }

    /// <summary>Number of a figure, from one.</summary>
    public int Figure(int section, int index) => figures[section] + index + 1;

    /// <summary>Number of a table, from one.</summary>
    public int Table(int section, int index) => tables[section] + index + 1;

    /// <summary>Identifier of a figure in the page.</summary>
    public static string FigureId(int number) => string.Create(CultureInfo.InvariantCulture, $"figure-{number}");

    /// <summary>Identifier of a table in the page.</summary>
    public static string TableId(int number) => string.Create(CultureInfo.InvariantCulture, $"table-{number}");

    /// <summary>The figures and tables of a section as links, such as <c>Figures 3 to 5, Table 2</c>; empty where there are none.</summary>
    public string Links(int section) => string.Join(", ", new[] { Range("Figure", figures, section, FigureId), Range("Table", tables, section, TableId) }.Where(part => part.Length > 0));

    private static string Range(string word, int[] starts, int section, Func<int, string> id)
    {
        var (first, last) = (starts[section] + 1, starts[section + 1]);
        string Link(int number, string text) => string.Create(CultureInfo.InvariantCulture, $"<a href=\"#{id(number)}\">{text}\u00A0{number}</a>");
        return (last - first) switch
        {
            < 0 => "",
            0 => Link(first, word),
            1 => $"{Link(first, word + "s")} and {Link(last, "").Replace("\u00A0", "", StringComparison.Ordinal)}",
            _ => $"{Link(first, word + "s")} to {Link(last, "").Replace("\u00A0", "", StringComparison.Ordinal)}",
        };
    }

    private static int[] Starts(IEnumerable<int> counts)
    {
        var starts = new List<int> { 0 };
        foreach (var count in counts)
            starts.Add(starts[^1] + count);
        return [.. starts];
    }
}
