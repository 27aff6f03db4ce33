using System.Text;
using Microsoft.Playwright;

namespace Eigenflow.Browser;

/// <summary>The view of data in a browser: files in, what follows from them, and what is said of wrong ones.</summary>
public sealed class DataPageTests(BrowserSession session)
{
    [Fact]
    public async Task A_loss_curve_is_fitted_and_its_forecast_follows_the_hand()
    {
        await using var open = await Drop("run.csv", DataSamples.LossCurve);
        var page = open.Page;
        var sentence = page.Locator(".forecast-sentence");
        await Assertions.Expect(sentence).ToContainTextAsync("Forecast loss");
        var before = await sentence.TextContentAsync();

        // The last node is lifted to half of the height.
        var node = page.Locator(".schedule-node").Last;
        await node.ScrollIntoViewIfNeededAsync();
        var box = (await node.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y - 60, new() { Steps = 8 });
        await page.Mouse.UpAsync();

        await Assertions.Expect(sentence).Not.ToHaveTextAsync(before!);
        var dragged = await sentence.TextContentAsync();
        var rate = double.Parse((await node.GetAttributeAsync("aria-valuenow"))!, System.Globalization.CultureInfo.InvariantCulture);
        rate.ShouldBeInRange(5e-4, 2e-3);

        // The keyboard does the same, a node more and back again.
        await node.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(sentence).Not.ToHaveTextAsync(dragged!);
        var count = await page.Locator(".schedule-node").CountAsync();
        await page.Keyboard.PressAsync("Insert");
        await Assertions.Expect(page.Locator(".schedule-node")).ToHaveCountAsync(count + 1);
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.Locator(".schedule-node")).ToHaveCountAsync(count);

        // A double press takes the node below it away; on the line it makes one.
        await page.Keyboard.PressAsync("Insert");
        await Assertions.Expect(page.Locator(".schedule-node")).ToHaveCountAsync(count + 1);
        await page.Locator(".schedule-node:focus .dot").DblClickAsync();
        await Assertions.Expect(page.Locator(".schedule-node")).ToHaveCountAsync(count);

        // Shapes, and numbers in a table.
        await page.GetByRole(AriaRole.Button, new() { Name = "Cosine" }).ClickAsync();
        await Assertions.Expect(page.Locator(".schedule-node")).Not.ToHaveCountAsync(count);
        await page.Locator(".schedule-table summary").ClickAsync();
        await page.GetByLabel("Learning rate of node 1", new() { Exact = true }).FillAsync("0.001");
        await page.GetByLabel("Learning rate of node 1", new() { Exact = true }).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".schedule-node").First).ToHaveAttributeAsync("aria-valuenow", "0.001");

        // What was drawn is in the address.
        var drawn = await page.Locator(".schedule-node").CountAsync();
        await page.WaitForFunctionAsync("() => location.hash.includes('drawn=0')");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".schedule-node").First).ToHaveAttributeAsync("aria-valuenow", "0.001");
        await Assertions.Expect(page.Locator(".schedule-node")).ToHaveCountAsync(drawn);
    }

    [Fact]
    public async Task The_best_schedule_is_found_and_used()
    {
        await using var open = await Drop("run.csv", DataSamples.LossCurve);
        var page = open.Page;
        await Assertions.Expect(page.Locator(".forecast-sentence")).ToContainTextAsync("Forecast loss");

        await page.GetByRole(AriaRole.Button, new() { Name = "Find the best schedule" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();

        (await page.Locator(".schedule-node").CountAsync()).ShouldBeGreaterThan(3);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Best schedule (CSV)" }).ClickAsync());
        (await System.IO.File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken)).ShouldStartWith("step,learning_rate\n0,");
    }

    [Fact]
    public async Task A_table_is_asked_for_and_its_fit_survives_loading_again()
    {
        await using var open = await Drop("sweep.csv", DataSamples.Sweep);
        var page = open.Page;

        await Assertions.Expect(page.GetByText("It could be several things")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "A table of curves" }).ClickAsync();
        await page.GetByLabel("One curve per").SelectOptionAsync("width");
        await Assertions.Expect(page.Locator(".data-sentences")).ToContainTextAsync("Width 128: ");
        await page.GetByLabel("Window of x").FillAsync("1e5,");
        await page.GetByLabel("Window of x").PressAsync("Enter");
        await Assertions.Expect(page.Locator("code")).ToHaveTextAsync("eigenflow fit sweep.csv --group width --window 1e5,");
        var sentences = await page.Locator(".data-sentences").TextContentAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".data-sentences")).ToHaveTextAsync(sentences!);

        await page.GetByLabel("Window of x").FillAsync("9,3");
        await page.GetByLabel("Window of x").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".data-field .field-error:visible")).ToContainTextAsync("FROM,TO with FROM < TO");
        open.IsExpected = IsRefusal;
    }

    [Fact]
    public async Task Rows_dropped_by_hand_give_a_spectrum_and_its_learning_curves()
    {
        await using var open = await session.Open();
        await open.GoTo("#/data");
        var page = open.Page;
        await page.Locator(".drop-zone").WaitForAsync();
        var data = await page.EvaluateHandleAsync("text => { const data = new DataTransfer(); data.items.add(new File([text], 'rows.csv')); return data; }", DataSamples.Rows);
        await page.DispatchEventAsync(".drop-zone", "dragover", new { dataTransfer = data });
        await page.DispatchEventAsync(".drop-zone", "drop", new { dataTransfer = data });

        await Assertions.Expect(page.Locator(".data-result")).ToContainTextAsync("exponent");
        var cards = page.Locator(".curve-card");
        await Assertions.Expect(cards.Locator(".ef-chart")).ToHaveCountAsync(8);
        var address = (await cards.Filter(new() { HasText = "Phase retrieval" }).GetByRole(AriaRole.Link).GetAttributeAsync("href"))!;
        address.ShouldStartWith("#/systems/phase-retrieval?spectrum=file:data:");
        address.ShouldEndWith("/rows-spectrum.csv");

        await open.GoTo(address);
        await Assertions.Expect(page.Locator(".figure .ef-caption")).ToContainTextAsync("spectrum = file:rows-spectrum.csv");

        // Outside of this session the file has no place: commands name it alone, and the page offers it.
        await open.GoTo(address + "&room=share");
        await Assertions.Expect(page.GetByLabel("The equivalent command line")).ToContainTextAsync("--spectrum file:rows-spectrum.csv");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Save rows-spectrum.csv" }).ClickAsync());
        saved.SuggestedFilename.ShouldBe("rows-spectrum.csv");
        (await System.IO.File.ReadAllTextAsync((await saved.PathAsync())!, TestContext.Current.CancellationToken)).ShouldContain("eigenvalue");
    }

    [Fact]
    public async Task A_wrong_file_is_told_with_its_line_beside_those_that_are_right()
    {
        await using var open = await session.Open();
        open.IsExpected = IsRefusal;
        await open.GoTo("#/data");
        await open.Page.Locator("#data-file").SetInputFilesAsync(
        [
            File("ragged.csv", "step,loss\n1,2\n2,3,4\n"), File("values.csv", DataSamples.Eigenvalues),
        ]);

        await Assertions.Expect(open.Page.Locator(".notice.bad").First).ToContainTextAsync("ragged.csv, line 3:");
        await Assertions.Expect(open.Page.Locator(".data-file-name")).ToHaveTextAsync("values.csv");
        await Assertions.Expect(open.Page.Locator(".data-result")).ToContainTextAsync("effective rank");
    }

    [Fact]
    public async Task Another_curve_can_be_held_out()
    {
        await using var open = await session.Open();
        await open.GoTo("#/data");
        var page = open.Page;
        await page.Locator("#data-file").SetInputFilesAsync([File("one.csv", DataSamples.LossCurve), File("two.csv", DataSamples.LossCurve)]);

        await page.GetByText("held out, and forecast").ClickAsync();

        await Assertions.Expect(page.Locator(".data-result code")).ToHaveTextAsync("eigenflow fit-schedule one.csv --transfer two.csv");
        await Assertions.Expect(page.Locator(".data-result")).ToContainTextAsync("other schedules");
    }

    [Fact]
    public async Task A_telephone_is_wide_enough()
    {
        await using var open = await session.Open(360, 740, ColorScheme.Dark);
        await open.GoTo("#/data");
        await open.Page.Locator("#data-file").SetInputFilesAsync([File("values.csv", DataSamples.Eigenvalues)]);
        await Assertions.Expect(open.Page.Locator(".data-result")).ToContainTextAsync("effective rank");

        (await open.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
    }

    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    // Browsers write on the console that an answer had a status of 422.
    private static bool IsRefusal(string trouble) => trouble.Contains("422", StringComparison.Ordinal);

    private async Task<OpenPage> Drop(string name, string text)
    {
        var open = await session.Open();
        await open.GoTo("#/data");
        await open.Page.Locator("#data-file").SetInputFilesAsync([File(name, text)]);
        return open;
    }
}
