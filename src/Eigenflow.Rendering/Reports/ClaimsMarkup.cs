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

    /// <summary>The sentence of <see cref="VerdictWords.Sentence"/> with its counts as badges.</summary>
    public static void AppendCounts(StringBuilder page, IReadOnlyList<Claim> claims)
    {
        if (claims.Count == 0)
            return;
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"counts\"><span>{claims.Count} {(claims.Count == 1 ? "claim" : "claims")}:</span>");
        foreach (var verdict in VerdictWords.All)
        {
            var count = claims.Count(claim => claim.Verdict == verdict);
            if (count > 0 || verdict == Verdict.Fails)
                page.Append($"<span class=\"badge {(count == 0 ? "holds" : Class(verdict))}\">{VerdictWords.Counted(count, verdict)}</span>");
        }

        page.Append("</p>\n");
    }

    /// <summary>The whole table with its filters, or nothing when there is no claim.</summary>
    public static void Append(StringBuilder page, IReadOnlyList<ReportSection> sections, ReportNumbers numbers)
    {
        if (sections.All(section => section.Result.Claims.Count == 0))
            return;
        page.Append("<section>\n<h2 id=\"claims\">Claims</h2>\n<div class=\"tools\">")
            .Append("<input id=\"filter-text\" type=\"search\" placeholder=\"Filter\" aria-label=\"Filter by text\" />")
            .Append("<select id=\"filter-verdict\" aria-label=\"Filter by verdict\"><option value=\"\">every verdict</option>")
            .Append(string.Concat(VerdictWords.All.Select(verdict => $"<option value=\"{Class(verdict)}\">{VerdictWords.Of(verdict)}</option>"))).Append("</select>")
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
                .Append($"<a href=\"#{SectionId(number)}\">{MarkupText.Html(sections[number].Title)}</a>{(numbers.Links(number) is { Length: > 0 } links ? $" <span class=\"where\">{links}</span>" : "")}</th></tr>\n");
            foreach (var claim in sections[number].Result.Claims)
                AppendRow(page, claim);
            page.Append("</tbody>\n");
        }

        page.Append("</table></div>\n</section>\n");
    }

    private static void AppendRow(StringBuilder page, Claim claim)
    {
        var kind = Word(claim.Kind);
        var numbers = DisplayNumber.Compared(claim.Predicted, claim.Measured, claim.Uncertainty);
        page.Append($"<tr data-verdict=\"{Class(claim.Verdict)}\" data-kind=\"{kind}\">")
            .Append($"<td><span class=\"badge {Class(claim.Verdict)}\">{VerdictWords.Of(claim.Verdict)}</span></td>")
            .Append($"<td>{MarkupText.Html(claim.Statement)}{Why(claim)}<span class=\"how\">Measured: {MarkupText.Html(claim.Obtained)}</span>")
            .Append($"<span class=\"how\">Tested: {MarkupText.Html(claim.Tested)}{Interval(claim)}</span>")
            .Append($"<span class=\"how\">Source: {MarkupText.Html(claim.Source)}; {kind}</span></td>")
            .Append($"<td class=\"number\" data-value=\"{Raw(claim.Predicted)}\">{MarkupText.Html(numbers.Predicted)}</td>")
            .Append($"<td class=\"number\" data-value=\"{Raw(claim.Measured)}\">{MarkupText.Html(numbers.Measured)}</td>")
            .Append($"<td>{MarkupText.Html(claim.Tolerance)}</td></tr>\n");
    }

    private static string Why(Claim claim) => claim.Reason.Length == 0 ? "" : $"<span class=\"how\">{VerdictWords.Of(claim.Verdict)}: {MarkupText.Html(claim.Reason)}</span>";

    private static string Interval(Claim claim) => claim.Uncertainty is null ? "" : "; ± is the " + MarkupText.Html(claim.Interval);

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
        Verdict.FailsAsPrinted => "printed",
        Verdict.OutOfWindow => "outside",
        Verdict.Inconclusive => "inconclusive",
        _ => "reduced",
    };
}
