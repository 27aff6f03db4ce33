using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Systems;

/// <summary>A fast drag: what is shown in the end is the last value, and no request queues behind another.</summary>
public sealed class LatestWinsTests(BrowserSession session, ITestOutputHelper output)
{
    private const int Moves = 60;

    [Fact]
    public async Task AFastDragEndsWithItsLastValueAndNothingQueues()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval");
        await page.Settled();
        var (asked, open, most) = (0, 0, 0);
        page.Page.Request += (_, request) =>
        {
            if (!request.Url.EndsWith("/draw", StringComparison.Ordinal))
                return;
            asked++;
            most = Math.Max(most, ++open);
        };
        page.Page.RequestFinished += (_, request) => open -= request.Url.EndsWith("/draw", StringComparison.Ordinal) ? 1 : 0;
        page.Page.RequestFailed += (_, request) => open -= request.Url.EndsWith("/draw", StringComparison.Ordinal) ? 1 : 0;

        await Drag(page, "exponent", 0.25f, 0.9f);
        await page.Settled();
        var value = await page.Value("exponent");
        value.ShouldBe("4.5");
        await Assertions.Expect(page.Page.Locator(".ef-caption")).ToContainTextAsync("a = " + value);

        // One per move, and one more where the hand rested before the next and drafts were solved as they were asked for, as on a busy machine.
        asked.ShouldBeInRange(2, (2 * Moves) + 2);

        // One that is given up may be told as ended only after the next has begun.
        most.ShouldBeLessThanOrEqualTo(2);
        open.ShouldBe(0);
        var before = asked;
        await page.Page.WaitForTimeoutAsync(300);
        asked.ShouldBe(before);
        (await page.Hash()).ShouldContain("exponent=" + value);
        output.WriteLine($"{Moves} moves, {asked} requests, at most {most} open");
    }

    [Fact]
    public async Task ADragIsOneStepBack()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval");
        await page.Settled();
        await Drag(page, "exponent", 0.4f, 0.6f);
        await page.Settled();
        await page.Page.WaitForTimeoutAsync(900);
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Field("exponent")).ToHaveValueAsync("2");
        await page.Page.GoForwardAsync();
        await Assertions.Expect(page.Field("exponent")).ToHaveValueAsync("3");
    }

    private static async Task Drag(SystemPage page, string parameter, float from, float to)
    {
        await page.Slider(parameter).ScrollIntoViewIfNeededAsync();
        var box = (await page.Slider(parameter).BoundingBoxAsync())!;

        // The middle of the thumb stands by half its width inside the ends.
        float At(float part) => box.X + 9 + (part * (box.Width - 18));
        await page.Page.Mouse.MoveAsync(At(from), box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        for (var move = 1; move <= Moves; move++)
            await page.Page.Mouse.MoveAsync(At(from + ((to - from) * move / Moves)), box.Y + (box.Height / 2));
        await page.Page.Mouse.UpAsync();
    }
}
