using System.Globalization;
using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering.Text;
using Eigenflow.Systems;

namespace Eigenflow.Rendering.Reports;

/// <summary>The table of claims of a report, grouped by section.</summary>
internal static class ClaimsMarkup
{
    private static readonly string[] Headings = ["Verdict", "Claim", "Predicted", "Measured", "Tolerance"];

    public static string SectionId(int number) => string.Create(CultureInfo.InvariantCulture, $"section-{number + 1}");

    public static string GroupId(int number) => string.Create(CultureInfo.InvariantCulture, $"claims-{number + 1}");

    /// <summary>The counts of verdicts as badges.</summary>
    public static void AppendCounts(StringBuilder page, IReadOnlyList<Claim> claims)
    {
        if (claims.Count == 0)
            return;
        page.Append("<p class=\"counts\">");
        foreach (var verdict in new[] { Verdict.Holds, Verdict.Fails, Verdict.OutOfWindow })
        {
            var count = claims.Count(claim => claim.Verdict == verdict);
            var words = verdict switch
            {
                Verdict.Holds => count == 1 ? "claim holds" : "claims hold",
                Verdict.Fails => count == 1 ? "fails" : "fail",
                _ => "out of window",
            };
            if (count > 0 || verdict == Verdict.Fails)
                page.Append(CultureInfo.InvariantCulture, $"<span class=\"badge {(count == 0 ? "holds" : Class(verdict))}\">{count} {words}</span>");
        }

        page.Append("</p>\n");
    }

    /// <summary>The whole table with its filters, or nothing when there is no claim.</summary>
    public static void Append(StringBuilder page, IReadOnlyList<ReportSection> sections)
    {
        if (sections.All(section => section.Result.Claims.Count == 0))
            return;
        page.Append("<section>\n<h2 id=\"claims\">Claims</h2>\n<div class=\"tools\">")
            .Append("<input id=\"filter-text\" type=\"search\" placeholder=\"Filter\" aria-label=\"Filter by text\" />")
            .Append("<select id=\"filter-verdict\" aria-label=\"Filter by verdict\"><option value=\"\">every verdict</option>")
            .Append("<option value=\"holds\">holds</option><option value=\"fails\">fails</option><option value=\"outside\">out of window</option></select>")
            .Append("<select id=\"filter-kind\" aria-label=\"Filter by kind\"><option value=\"\">every kind</option>");
        foreach (var kind in Enum.GetValues<PredictionKind>())
            page.Append($"<option value=\"{Word(kind)}\">{Word(kind)}</option>");
        page.Append("</select><span id=\"filter-count\" aria-live=\"polite\"></span></div>\n<div class=\"scroll\"><table class=\"claims\">\n<thead><tr>");
        foreach (var heading in Headings)
            page.Append($"<th scope=\"col\"{(heading is "Predicted" or "Measured" ? " class=\"number\"" : "")}><button type=\"button\">{heading}</button></th>");
        page.Append("</tr></thead>\n");
        for (var number = 0; number < sections.Count; number++)
        {
            if (sections[number].Result.Claims.Count == 0)
                continue;
            page.Append($"<tbody id=\"{GroupId(number)}\">\n<tr class=\"group\"><th colspan=\"{Headings.Length}\" scope=\"rowgroup\">")
                .Append($"<a href=\"#{SectionId(number)}\">{MarkupText.Html(sections[number].Title)}</a></th></tr>\n");
            foreach (var claim in sections[number].Result.Claims)
                AppendRow(page, claim);
            page.Append("</tbody>\n");
        }

        page.Append("</table></div>\n</section>\n");
    }

    private static void AppendRow(StringBuilder page, Claim claim)
    {
        var kind = Word(claim.Kind);
        var word = claim.Verdict == Verdict.Fails ? "fails" : ClaimsTable.Word(claim.Verdict);
        page.Append($"<tr data-verdict=\"{Class(claim.Verdict)}\" data-kind=\"{kind}\">")
            .Append($"<td><span class=\"badge {Class(claim.Verdict)}\">{word}</span></td>")
            .Append($"<td>{MarkupText.Html(claim.Statement)}<span class=\"how\">Measured: {MarkupText.Html(claim.Obtained)}</span>")
            .Append($"<span class=\"how\">Source: {MarkupText.Html(claim.Source)}; {kind}</span></td>")
            .Append($"<td class=\"number\" data-value=\"{Raw(claim.Predicted)}\">{MarkupText.Html(NumberText.Rich(claim.Predicted))}</td>")
            .Append($"<td class=\"number\" data-value=\"{Raw(claim.Measured)}\">{MarkupText.Html(NumberText.Rich(claim.Measured, claim.Uncertainty))}</td>")
            .Append($"<td>{MarkupText.Html(claim.Tolerance)}</td></tr>\n");
    }

    private static string Raw(double value) => WrittenNumber.RoundTrip(value);

    private static string Word(PredictionKind kind) => kind switch
    {
        PredictionKind.Exact => "exact",
        PredictionKind.Asymptotic => "asymptotic",
        PredictionKind.Heuristic => "heuristic",
        _ => "bound",
    };

    private static string Class(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Fails => "fails",
        _ => "outside",
    };
}
