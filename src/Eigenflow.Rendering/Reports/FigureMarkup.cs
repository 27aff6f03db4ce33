using System.Globalization;
using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering.Layout;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Reports;

/// <summary>
/// The figures of a report. Each is laid out twice, as it stands in a wide column and with one panel per row for telephones, and the page shows the one whose text is legible in the width that
/// there is. Where the build has charts, the data stand beside the pictures, for a chart that takes their place on a screen.
/// </summary>
internal sealed class FigureMarkup(GlyphShelf shelf)
{
    private const int SingleWidth = 760;
    private const int SingleHeight = 440;
    private const int SharedWidth = 960;
    private const int LeastWidth = 360;
    private const int SharedHeight = 330;
    private const int NarrowWidth = 340;
    private const int NarrowHeight = 270;

    // The wide picture is shown down to this part of its size: its smallest labels of 11.5 pixels are then 9 pixels high.
    private const double SmallestScale = 0.78;

    private readonly SortedSet<int> limits = [];

    /// <summary>Number of figures so far.</summary>
    public int Count { get; private set; }

    /// <summary>The rules that choose between the two pictures of each figure by the width of their column.</summary>
    public string Rules => string.Concat(limits.Select(limit => string.Create(
        CultureInfo.InvariantCulture, $"@container (min-width:{limit}px){{.from-{limit} .wide{{display:block}}.from-{limit} .narrow{{display:none}}}}\n")));

    /// <summary>Appends a figure.</summary>
    /// <param name="page">The page.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="number">Its number in the report.</param>
    /// <param name="section">Title of its section, which its caption does not repeat.</param>
    public void Append(StringBuilder page, Figure figure, int number, string section)
    {
        // One panel gets most of the column with its legend beside it; several share the column.
        var columns = PanelColumns.Of(figure);
        var wide = Options(columns == 1 ? SingleWidth : Math.Max(LeastWidth, SharedWidth / columns), columns == 1 ? SingleHeight : SharedHeight);
        var limit = (int)Math.Ceiling(SmallestScale * columns * wide.Width);
        limits.Add(limit);
        Count++;
        var data = string.Create(CultureInfo.InvariantCulture, $"data-{number}");
        page.Append(CultureInfo.InvariantCulture, $"<figure id=\"{ReportNumbers.FigureId(number)}\">\n<div class=\"picture from-{limit}\"{(ChartMarkup.Exist ? $" data-figure=\"{data}\"" : "")}>\n<div class=\"wide\">")
            .Append(shelf.Take(FigureRenderer.SvgForPage(figure, wide, string.Create(CultureInfo.InvariantCulture, $"w{number}-"))))
            .Append("</div>\n<div class=\"narrow\">")
            .Append(shelf.Take(FigureRenderer.SvgForPage(figure with { Columns = 1 }, Options(NarrowWidth, NarrowHeight), string.Create(CultureInfo.InvariantCulture, $"n{number}-"))))
            .Append(CultureInfo.InvariantCulture, $"</div>\n</div>\n");
        if (ChartMarkup.Exist)
            ChartMarkup.AppendData(page, figure, data);
        page.Append(CultureInfo.InvariantCulture, $"<figcaption><b>Figure {number}.</b> ");
        if (!string.Equals(figure.Title, section, StringComparison.Ordinal))
            page.Append($"<b>{MarkupText.Html(figure.Title)}{(figure.Title.EndsWith('.') ? "" : ".")}</b> ");
        page.Append(MarkupText.Html(EdgePainter.Caption(figure))).Append("</figcaption>\n</figure>\n");
    }

    private static RenderOptions Options(int width, int height) => new() { Width = width, Height = height, ShowTitle = false, ShowCaption = false };
}
