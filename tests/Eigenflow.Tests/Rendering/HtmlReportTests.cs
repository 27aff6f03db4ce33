using System.Globalization;
using System.Text.RegularExpressions;
using Eigenflow.Rendering;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed partial class HtmlReportTests
{
    private static readonly string Page = HtmlReport.Render(SampleReport.Content);

    // As it is read: variables are slanted, formulas are not broken.
    private static readonly string Text = Page.Replace('\u00A0', ' ').Replace("<i>", "", StringComparison.Ordinal).Replace("</i>", "", StringComparison.Ordinal);

    [Fact]
    public void LoadsNothing()
    {
        Loads().Matches(Page).Select(match => match.Value).ShouldBeEmpty();
        Page.ShouldContain("default-src 'none'");
        Page.ShouldNotContain("@import");

        // Every reference stays inside the page.
        References().Matches(Page).Select(match => match.Groups[1].Value).ShouldAllBe(target => target.StartsWith('#'));
    }

    [Fact]
    public void TitlesCannotInjectMarkup()
    {
        var title = "</title><script>alert(1)</script>";
        var page = HtmlReport.Render(SampleReport.Content with
        {
            Title = title,
            Summary = title,
            Sections = [new ReportSection("s", title, new Eigenflow.Systems.ReproductionResult { Figures = [SampleFigures.PowerLaws() with { Title = title, Caption = title }] })],
        });
        page.ShouldNotContain("<script>alert");
        page.Split("<script>").Length.ShouldBe(2, "the page's own script is the only one");
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    [Fact]
    public void ShowsEveryClaimWithBothNumbersAndItsVerdict()
    {
        foreach (var verdict in new[] { "holds", "fails", "outside", "inconclusive", "reduced", "printed" })
            Page.ShouldContain($"data-verdict=\"{verdict}\"");
        Page.ShouldContain(">0.8123<");
        Page.Replace('\u00A0', ' ').ShouldContain(">0.8130 ± 0.0004<");
        Page.ShouldContain("data-kind=\"asymptotic\"");
        foreach (var count in new[] { "7 claims:", "2 hold", "1 fails", "1 fails as printed", "1 out of window", "1 inconclusive", "1 reduced" })
            Page.ShouldContain($">{count}</span>");
        Text.ShouldContain("Tested: up to t = 10<sup>4</sup> (claimed: 10<sup>4</sup>); at d = 100 (claimed: 10<sup>4</sup>); window: η &lt; 1/8");
        Text.ShouldContain("out of window: d = 10, must be &gt;= 1000");
        Text.ShouldContain("fails as printed: what holds is 2 %, with the ratio 0.65");
        Page.ShouldContain("reduced: it agrees, but far below the size that is claimed");
    }

    [Fact]
    public void IdentifiersAreUniqueAndLinksReachThem()
    {
        var identifiers = Identifiers().Matches(Page).Select(match => match.Groups[1].Value).ToList();
        identifiers.ShouldBeUnique();
        foreach (var target in References().Matches(Page).Select(match => match.Groups[1].Value[1..]).Distinct())
            identifiers.ShouldContain(target);
    }

    [Fact]
    public void FollowsTheLightOrDarkSettingAndIsDeterministic()
    {
        Page.ShouldContain("prefers-color-scheme:dark");
        Page.ShouldContain("var(--ef-series-0)");
        HtmlReport.Render(SampleReport.Content).ShouldBe(Page);
    }

    [Fact]
    public void ContainsTheTables()
    {
        Page.ShouldContain("Predicted and fitted exponents");
        Text.ShouldContain("t in [1e3, 1e6] &amp; above");
    }

    [Fact]
    public void FiguresAndTablesAreNumberedThroughTheReport()
    {
        foreach (var text in new[] { "<figure id=\"figure-1\">", "<b>Figure 1.</b>", "<figure id=\"figure-2\">", "<b>Figure 2.</b>", "<h3 id=\"table-1\">Table 1. Predicted and fitted exponents" })
            Page.Split(text).Length.ShouldBe(2, text);

        // Claims say by number where their curves are.
        Page.ShouldContain("<a href=\"#figure-1\">Figure\u00A01</a>");
        var two = SampleReport.Content.Sections[0] with { Result = SampleReport.Content.Sections[0].Result with { Figures = [SampleFigures.PowerLaws(), SampleFigures.ManyCurves()] } };
        var page = HtmlReport.Render(SampleReport.Content with { Sections = [two, SampleReport.Content.Sections[1]] });
        page.ShouldContain("<a href=\"#figure-1\">Figures\u00A01</a> and <a href=\"#figure-2\">2</a>");
        page.ShouldContain("<b>Figure 3.</b> <b>Overlap");
    }

    [Fact]
    public void EveryFigureIsThereForWideAndForNarrowScreens()
    {
        var sizes = Sizes().Matches(Page).Select(match => (Width: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Height: int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))).ToArray();
        sizes.Length.ShouldBe(4);
        foreach (var (wide, narrow) in sizes.Chunk(2).Select(pair => (pair[0], pair[1])))
        {
            wide.Width.ShouldBeGreaterThan(700);
            narrow.Width.ShouldBeLessThanOrEqualTo(358);
        }

        // Panels one below the other.
        sizes[3].Height.ShouldBeGreaterThan(4 * 250);
    }

    [Fact]
    public void LettersAreKeptOnce()
    {
        var outlines = Glyphs().Matches(Page).Select(match => match.Groups[1].Value).ToArray();
        outlines.Length.ShouldBeGreaterThan(20);
        outlines.ShouldBeUnique();
    }

    [GeneratedRegex("<svg [^>]*viewBox=\"0 0 ([0-9]+) ([0-9]+)\"", RegexOptions.None, 2000)]
    private static partial Regex Sizes();

    [GeneratedRegex("<path id=\"[^\"]*\" d=\"([^\"]*)\"", RegexOptions.None, 2000)]
    private static partial Regex Glyphs();

    [GeneratedRegex("(?:src|href|url\\()\\s*=?\\s*[\"']?(?:https?:|//|data:)[^\"' >]*", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Loads();

    [GeneratedRegex("(?:xlink:)?href=\"([^\"]*)\"", RegexOptions.None, 2000)]
    private static partial Regex References();

    [GeneratedRegex(" id=\"([^\"]*)\"", RegexOptions.None, 2000)]
    private static partial Regex Identifiers();
}
