using Eigenflow.Systems;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Runs;

/// <summary>Predictions follow the controls, beside what the curve shows; a claim of the paper is checked in the page.</summary>
public sealed class ClaimTests(BrowserSession session)
{
    [Fact]
    public async Task PredictionsFollowTheControls()
    {
        await using var open = await session.Open();
        var page = open.Page;
        await open.GoTo("#/systems/phase-retrieval?room=claims");
        var escape = page.Locator("[data-prediction=escape-time]");
        await Assertions.Expect(escape.Locator(".prediction-value")).ToHaveTextAsync("1.33 (flow time)");
        await Assertions.Expect(escape.Locator(".prediction-measured")).ToContainTextAsync("curve 1.207 (−9.3 %)");
        await Assertions.Expect(escape.Locator(".badge")).ToHaveTextAsync("out of window");
        await Assertions.Expect(escape.Locator(".katex").First).ToBeVisibleAsync();
        await escape.Locator("summary").ClickAsync();
        await Assertions.Expect(escape).ToContainTextAsync("arXiv:2511.18661");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Exponent", Exact = true }).FillAsync("2.5");
        await Assertions.Expect(escape.Locator(".prediction-value")).Not.ToHaveTextAsync("1.33 (flow time)");
        await Assertions.Expect(escape).ToHaveAttributeAsync("open", "");

        // Searching and marking.
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search predictions" }).FillAsync("plateau");
        await Assertions.Expect(escape).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show in figure" }).ClickAsync();
        await Assertions.Expect(page.GetByText("vertical lines at").First).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("claims\\.marks=yes"));
    }

    // Half steps are of spectral descent: beside gradient descent alone they stand apart, with its name.
    [Fact]
    public async Task PredictionsOfMethodsThatAreNotShownStandApart()
    {
        await using var open = await session.Open();
        var page = open.Page;
        await open.GoTo("#/systems/spectral-descent?room=claims&methods=gd");
        var half = page.Locator("[data-prediction=half-steps]");
        await Assertions.Expect(half.GetByText("spectral, full-spectral")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-prediction=signal-time]").GetByText("gd, full-gd")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("h3.prediction-group ~ [data-prediction=half-steps]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("h3.prediction-group ~ [data-prediction=signal-time]")).ToHaveCountAsync(0);
        await open.GoTo("#/systems/spectral-descent?room=claims&methods=gd,spectral");
        await Assertions.Expect(page.Locator("h3.prediction-group", new() { HasText = "Of other methods" })).ToHaveCountAsync(0);
        await Assertions.Expect(half).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AClaimIsChecked()
    {
        await using var open = await session.Open();
        var page = open.Page;
        var task = SystemCatalog.Find("phase-retrieval").Reproduction.MinBy(one => one.Weight)!;
        await open.GoTo("#/systems/phase-retrieval?room=claims&claims.paper=yes");
        var item = page.Locator($"[data-task='{task.Id}']");
        await item.GetByRole(AriaRole.Button).First.ClickAsync();
        await Assertions.Expect(item.Locator(".claim").Or(item.Locator(".claim-figure")).First).ToBeVisibleAsync();
        var result = task.Run(null, TestContext.Current.CancellationToken);
        (await item.Locator(".claim").CountAsync()).ShouldBe(result.Claims.Count);
        (await item.Locator(".claim-figure").CountAsync()).ShouldBe(result.Figures.Count);
        foreach (var claim in result.Claims)
            (await item.Locator($"[data-claim='{claim.Id}']").First.GetAttributeAsync("data-verdict")).ShouldBe(VerdictWords.Of(claim.Verdict));
    }
}
