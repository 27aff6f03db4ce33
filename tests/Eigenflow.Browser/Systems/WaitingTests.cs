using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Systems;

/// <summary>What is seen while there is no answer, and where the engine refuses one: nothing on the page passes for what it is not.</summary>
public sealed class WaitingTests(BrowserSession session)
{
    private static readonly Regex Faint = new("is-stale");

    [Fact]
    public async Task ASlowSettingSaysThatItIsSolved()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval");
        await page.Settled();
        var wait = page.Page.Locator(".figure-wait");
        await Assertions.Expect(wait).ToBeHiddenAsync();

        // Opened anew, with answers that are on their way until they are let through.
        var open = new TaskCompletionSource();
        await page.Page.RouteAsync("**/draw", async route =>
        {
            await open.Task;
            await route.ContinueAsync();
        });
        await page.Page.EvaluateAsync("() => location.hash = '#/systems/spectral-descent'");
        await Assertions.Expect(wait).ToContainTextAsync("Solving …");
        await Assertions.Expect(page.Page.Locator(".figure")).ToHaveAttributeAsync("aria-busy", "true");
        await Assertions.Expect(page.Field("steps")).ToHaveAttributeAsync("placeholder", "…");
        open.SetResult();
        await page.Settled();
        await Assertions.Expect(wait).ToBeHiddenAsync();
        await Assertions.Expect(page.Field("steps")).Not.ToHaveAttributeAsync("placeholder", "…");
    }

    [Fact]
    public async Task SolvingIsCancelledAndBegunAgain()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval");
        await page.Settled();

        // An answer that never comes.
        await page.Page.RouteAsync("**/draw", _ => Task.CompletedTask);
        await page.Field("exponent").FillAsync("3");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel solving" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".figure-refusal")).ToContainTextAsync("Solving was cancelled. The curves are those of a = 2");
        await Assertions.Expect(page.Page.Locator(".system-view")).ToHaveClassAsync(Faint);
        await page.Page.UnrouteAsync("**/draw");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Solve again" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".ef-caption")).ToContainTextAsync("a = 3");
        await Assertions.Expect(page.Page.Locator(".system-view")).Not.ToHaveClassAsync(Faint);
        await Assertions.Expect(page.Page.Locator(".figure-refusal")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task AllRefusedValuesAreToldAndWhatStaysIsNamed()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval");
        await page.Settled();
        await Assertions.Expect(page.Page.Locator(".prediction").First).ToBeVisibleAsync();
        await page.Page.EvaluateAsync("() => location.hash = '#/systems/phase-retrieval?exponent=-1&dimension=0&teacher=nobody'");
        await Assertions.Expect(page.Control("exponent").Locator(".field-error")).ToContainTextAsync("exponent = -1 is not allowed");
        await Assertions.Expect(page.Control("dimension").Locator(".field-error")).ToContainTextAsync("dimension = 0 is not allowed");
        await Assertions.Expect(page.Control("teacher").Locator(".field-error")).ToContainTextAsync("teacher = nobody is not allowed");

        // One flag for figure, sentence and predictions, and the setting that they are of.
        await Assertions.Expect(page.Page.Locator(".figure-refusal")).ToContainTextAsync("The curves are those of d = 1000, a = 2, w* = gaussian.");
        await Assertions.Expect(page.Page.Locator(".prediction-note")).ToContainTextAsync("d = 1000, a = 2");
        await Assertions.Expect(page.Page.Locator(".prediction-list")).ToHaveClassAsync(Faint);
        await Assertions.Expect(page.Page.Locator(".figure-sentence")).ToHaveCSSAsync("opacity", "0.45");

        // Each value that is mended is judged no more.
        await page.Field("exponent").FillAsync("2.5");
        await Assertions.Expect(page.Control("exponent").Locator(".field-error")).ToBeHiddenAsync();
        await page.Field("dimension").FillAsync("500");
        await page.Field("teacher").FillAsync("gaussian");
        await page.Field("teacher").PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".ef-caption")).ToContainTextAsync("a = 2.5");
        await Assertions.Expect(page.Page.Locator(".field-error:visible")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Page.Locator(".prediction-list")).Not.ToHaveClassAsync(Faint);
        await Assertions.Expect(page.Page.Locator(".figure-sentence")).ToHaveCSSAsync("opacity", "1");
    }

    [Fact]
    public async Task APressedButtonSaysThatItWorks()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval?room=share");
        await page.Settled();
        var open = new TaskCompletionSource();
        await page.Page.RouteAsync("**/export/csv", async route =>
        {
            await open.Task;
            await route.ContinueAsync();
        });
        var button = page.Page.Locator("[data-export='csv']");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveTextAsync("working …");
        await Assertions.Expect(button).ToBeFocusedAsync();
        open.SetResult();
        await Assertions.Expect(button).ToHaveTextAsync("Figure as CSV");
        await Assertions.Expect(page.Page.Locator(".share-status")).ToContainTextAsync("Saved");
    }

    [Fact]
    public async Task AWideScreenHasLargerLettersInChartsToo()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval?panel0=window:10,100", 3840, 2160);
        await page.Settled();
        await Assertions.Expect(page.Page.Locator("html")).ToHaveCSSAsync("font-size", "24px");
        await Assertions.Expect(page.Page.Locator(".ef-caption")).ToHaveCSSAsync("font-size", "18px");
        (await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(3840);

        // What lies over a canvas stands where the canvas has it: both ends of the window within the plot, and the values beside the pointer.
        var plot = (await page.Page.Locator(".u-over").First.BoundingBoxAsync())!;
        foreach (var handle in await page.Page.Locator(".ef-window-handle").AllAsync())
        {
            var box = await handle.BoundingBoxAsync();
            if (box is not null)
                (box.X + (box.Width / 2)).ShouldBeInRange(plot.X, plot.X + plot.Width);
        }

        await page.Page.Mouse.MoveAsync(plot.X + (0.4f * plot.Width), plot.Y + (0.4f * plot.Height));
        var mark = (await page.Page.Locator(".ef-mark:visible").First.BoundingBoxAsync())!;
        (mark.X + (mark.Width / 2)).ShouldBe(plot.X + (0.4f * plot.Width), 2);
        mark.Y.ShouldBeInRange(plot.Y - mark.Height, plot.Y + plot.Height);
    }
}
