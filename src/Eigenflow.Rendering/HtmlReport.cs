using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;
using Eigenflow.Rendering.Reports;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering;

/// <summary>
/// Writes a report as one HTML file that loads nothing: style, script and pictures are inside. Pictures follow the reader's light or dark
/// setting, the claims can be sorted and filtered, and the page prints in light colours. Equal input gives equal bytes.
/// The page is XML as well as HTML: no text in it can become an element without that being seen.
/// </summary>
public static class HtmlReport
{
    /// <summary>Renders a report.</summary>
    /// <param name="content">What it shows.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ParameterException">A figure or table contradicts itself.</exception>
    public static string Render(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var page = new StringBuilder();
        AppendHead(page, content.Title);
        page.Append("<body>\n<div class=\"page\">\n");
        AppendContents(page, content);
        page.Append("<main>\n");
        AppendSummary(page, content);
        for (var number = 0; number < content.Sections.Count; number++)
            AppendSection(page, content.Sections[number], number);
        ClaimsMarkup.Append(page, content.Sections);
        AppendReferences(page, content);
        AppendProvenance(page, content);
        page.Append("</main>\n</div>\n<script>//<![CDATA[\n").Append(Resource("report.js")).Append("//]]></script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void AppendHead(StringBuilder page, string title)
    {
        var light = Palette.CssDeclarations(ThemeKind.Light);
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\" />\n")
            .Append("<title>").Append(MarkupText.Escape(title)).Append("</title>\n<style>\n")
            .Append(":root{").Append(light).Append("}\n")
            .Append("@media screen and (prefers-color-scheme:dark){:root{").Append(Palette.CssDeclarations(ThemeKind.Dark)).Append("}}\n")
            .Append(Resource("report.css")).Append("</style>\n</head>\n");
    }

    private static void AppendContents(StringBuilder page, ReportContent content)
    {
        page.Append("<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n<li><a href=\"#summary\">Summary</a></li>\n");
        for (var number = 0; number < content.Sections.Count; number++)
            page.Append($"<li><a href=\"#{ClaimsMarkup.SectionId(number)}\">{MarkupText.Html(content.Sections[number].Title)}</a></li>\n");
        if (content.Sections.Any(section => section.Result.Claims.Count > 0))
            page.Append("<li><a href=\"#claims\">Claims</a></li>\n");
        if (content.Citations.Count > 0)
            page.Append("<li><a href=\"#references\">References</a></li>\n");
        page.Append("<li><a href=\"#provenance\">Provenance</a></li>\n</ol>\n</nav>\n");
    }

    private static void AppendSummary(StringBuilder page, ReportContent content)
    {
        page.Append("<header id=\"summary\" class=\"summary\">\n<h1>").Append(MarkupText.Html(content.Title)).Append("</h1>\n");
        foreach (var paragraph in content.Summary.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            page.Append("<p>").Append(MarkupText.Html(paragraph.Trim())).Append("</p>\n");
        ClaimsMarkup.AppendCounts(page, [.. content.Sections.SelectMany(section => section.Result.Claims)]);
        page.Append("</header>\n");
    }

    private static void AppendSection(StringBuilder page, ReportSection section, int number)
    {
        page.Append($"<section id=\"{ClaimsMarkup.SectionId(number)}\">\n<h2>{MarkupText.Html(section.Title)}</h2>\n");
        if (section.Result.Claims.Count > 0)
            page.Append($"<p><a href=\"#{ClaimsMarkup.GroupId(number)}\">{ClaimsTable.Count(section.Result.Claims)}</a></p>\n");
        for (var index = 0; index < section.Result.Figures.Count; index++)
            AppendFigure(page, section.Result.Figures[index], FormattableString.Invariant($"s{number}-{index}-"));
        foreach (var table in section.Result.Tables)
            AppendTable(page, table);
        page.Append("</section>\n");
    }

    private static void AppendFigure(StringBuilder page, Figure figure, string prefix)
    {
        // One panel gets most of the column with its legend beside it; several share the column.
        var columns = PanelColumns.Of(figure);
        var options = new RenderOptions
        {
            Width = columns == 1 ? 760 : Math.Max(360, 960 / columns),
            Height = columns == 1 ? 440 : 330,
            ShowTitle = false,
            ShowCaption = false,
        };
        page.Append(columns == 1 ? "<figure>\n<div class=\"picture\">" : "<figure>\n<div class=\"picture wide\">")
            .Append(FigureRenderer.SvgForPage(figure, options, prefix))
            .Append("</div>\n<figcaption><b>").Append(MarkupText.Html(figure.Title)).Append(figure.Title.EndsWith('.') ? "</b> " : ".</b> ")
            .Append(MarkupText.Html(figure.Caption)).Append("</figcaption>\n</figure>\n");
    }

    private static void AppendTable(StringBuilder page, Table table)
    {
        TableText.CheckRows(table);
        var numeric = Enumerable.Range(0, table.Columns.Count).Select(column => TableText.IsNumeric(table, column) ? " class=\"number\"" : "").ToList();
        page.Append($"<h3>{MarkupText.Html(table.Title)}</h3>\n<div class=\"scroll\"><table>\n<thead><tr>");
        for (var column = 0; column < table.Columns.Count; column++)
            page.Append($"<th scope=\"col\"{numeric[column]}>{MarkupText.Html(table.Columns[column])}</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
                page.Append($"<td{numeric[column]}>{MarkupText.Html(row[column])}</td>");
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
        if (table.Caption.Length > 0)
            page.Append($"<p class=\"caption\">{MarkupText.Html(table.Caption)}</p>\n");
    }

    private static void AppendReferences(StringBuilder page, ReportContent content)
    {
        if (content.Citations.Count == 0)
            return;
        page.Append("<section id=\"references\">\n<h2>References</h2>\n<ol>\n");
        foreach (var citation in content.Citations)
        {
            page.Append($"<li>{MarkupText.Escape(citation.Title)}. {MarkupText.Escape(citation.Identifier)}.")
                .Append($"<details><summary>BibTeX</summary><pre>{MarkupText.Escape(citation.BibTeX)}</pre></details></li>\n");
        }

        page.Append("</ol>\n</section>\n");
    }

    private static void AppendProvenance(StringBuilder page, ReportContent content)
    {
        page.Append("<section id=\"provenance\">\n<h2>Provenance</h2>\n<dl>\n");
        foreach (var (name, value) in content.Provenance.Prepend(new KeyValuePair<string, string>("Eigenflow", content.Version)))
            page.Append($"<dt>{MarkupText.Escape(name)}</dt><dd>{MarkupText.Escape(value)}</dd>\n");
        page.Append("</dl>\n</section>\n");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Reports/" + name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
