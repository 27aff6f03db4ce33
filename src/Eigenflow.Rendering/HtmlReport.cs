using System.Text;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Reports;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering;

/// <summary>
/// Writes a report as one HTML file that loads nothing: style, script and pictures are inside. Pictures follow the reader's light or dark
/// setting and become charts with values under the pointer, the claims can be sorted and filtered, and the page prints in light colours. Equal input gives equal bytes.
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
        var numbers = new ReportNumbers(content.Sections);
        var shelf = new GlyphShelf();
        var figures = new FigureMarkup(shelf);
        var sections = new StringBuilder();
        for (var section = 0; section < content.Sections.Count; section++)
            AppendSection(sections, content.Sections[section], section, numbers, figures);

        var page = new StringBuilder();
        AppendHead(page, content.Title, figures);
        page.Append("<body>\n").Append(shelf.Markup).Append("<div class=\"page\">\n");
        AppendContents(page, content);
        page.Append("<main>\n");
        AppendSummary(page, content);
        page.Append(sections);
        ClaimsMarkup.Append(page, content.Sections, numbers);
        AppendReferences(page, content);
        AppendProvenance(page, content);
        page.Append("</main>\n</div>\n<script>//<![CDATA[\n").Append(Resource("report.js")).Append(figures.Count > 0 ? ChartMarkup.Script : "").Append("\n//]]></script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void AppendHead(StringBuilder page, string title, FigureMarkup figures)
    {
        var light = Palette.CssDeclarations(ThemeKind.Light);
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\" />\n")
            .Append("<title>").Append(MarkupText.Escape(title)).Append("</title>\n<style>\n")
            .Append(":root{").Append(light).Append("}\n")
            .Append("@media screen and (prefers-color-scheme:dark){:root{").Append(Palette.CssDeclarations(ThemeKind.Dark)).Append("}}\n")
            .Append(Resource("report.css").Replace("/* rules of figures */\n", figures.Rules, StringComparison.Ordinal)).Append(figures.Count > 0 ? ChartMarkup.Style : "").Append("</style>\n</head>\n");
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

    private static void AppendSection(StringBuilder page, ReportSection section, int number, ReportNumbers numbers, FigureMarkup figures)
    {
        page.Append($"<section id=\"{ClaimsMarkup.SectionId(number)}\">\n<h2>{MarkupText.Html(section.Title)}</h2>\n");
        if (section.Result.Claims.Count > 0)
            page.Append($"<p><a href=\"#{ClaimsMarkup.GroupId(number)}\">{ClaimsTable.Count(section.Result.Claims)}</a></p>\n");
        for (var index = 0; index < section.Result.Figures.Count; index++)
            figures.Append(page, section.Result.Figures[index], numbers.Figure(number, index), section.Title);
        for (var index = 0; index < section.Result.Tables.Count; index++)
            TableMarkup.Append(page, section.Result.Tables[index], numbers.Table(number, index));
        page.Append("</section>\n");
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
