using Microsoft.Playwright;

namespace Eigenflow.Browser.Runs;

/// <summary>A window on a panel gives the exponent of its curves with an interval, below the figure and in the chart.</summary>
public sealed class FitTests(BrowserSession session)
{
    [Fact]
    public async Task AWindowInTheAddressIsFitted()
    {
        await using var open = await session.Open();
        await open.GoTo("#/systems/phase-retrieval?panel0=window:10,100");
        await Assertions.Expect(open.Page.Locator(".figure-sentence")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"Exponent −0\.\d+\s±\s0\.\d+ \((95\s%|local exponents); (a|no) power law\) between t\s=\s10 and 100\."));

        // It follows the curve.
        await open.Page.GetByRole(AriaRole.Textbox, new() { Name = "Exponent", Exact = true }).FillAsync("3");
        await Assertions.Expect(open.Page.Locator(".figure-sentence")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"Exponent −0\.6\d+\s±\s0\.\d+ \((95\s%|local exponents); (a|no) power law\) between t\s=\s10 and 100\."));
    }
}
