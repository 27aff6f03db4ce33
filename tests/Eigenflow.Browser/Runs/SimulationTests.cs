using Eigenflow.Settings;
using Eigenflow.Systems;
using System.Text.Json;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Runs;

/// <summary>Simulations in the page: their points appear while they run, cancelling ends their work, and their numbers are those of the command line.</summary>
public sealed class SimulationTests(BrowserSession session)
{
    private const string Long = "#/systems/phase-retrieval?dimension=500&room=runs&runs.method=sgd&runs.steps=4e8&runs.replicas=2";
    private const string Short = "#/systems/phase-retrieval?dimension=60&points=20&room=runs&runs.method=sgd&runs.steps=20000&runs.replicas=2";

    [Fact]
    public async Task PointsAppearBeforeTheEndAndCancellingEndsTheWork()
    {
        await using var open = await session.Open();
        var page = open.Page;
        await open.GoTo(Long);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        var run = page.Locator(".run");
        await Assertions.Expect(run).ToHaveAttributeAsync("data-status", "running");
        await page.WaitForFunctionAsync("() => Number(document.querySelector('.run').dataset.rows) > 1");
        await Assertions.Expect(run).ToHaveAttributeAsync("data-status", "running");
        await page.WaitForFunctionAsync("() => document.querySelector('.figure-sentence').textContent.includes('so far up to t')");
        (await run.GetByRole(AriaRole.Progressbar).GetAttributeAsync("value")).ShouldNotBeNull();

        // The controls stay quick meanwhile: a curve of another setting lands, and the simulation says that it is of the one before.
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Exponent", Exact = true }).FillAsync("2.5");
        await Assertions.Expect(run.Locator(".run-away")).ToContainTextAsync("exponent 2, now 2.5");
        await run.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(run).ToHaveAttributeAsync("data-status", "cancelled");
        await Assertions.Expect(run.Locator(".badge")).ToContainTextAsync("cancelled at ");
        await Assertions.Expect(run.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToBeFocusedAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.figure-sentence').textContent.includes('interrupted up to t')");

        // The lane is free: the next simulation begins at once.
        await page.EvaluateAsync("hash => location.hash = hash", Short);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".run").First).ToHaveAttributeAsync("data-status", "completed");
        await run.Last.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.Locator(".run")).ToHaveCountAsync(1);
    }

    // Browsers keep pages that were left, with their streams, to come back to them.
    [Fact]
    public async Task LeavingThePageEndsTheWork()
    {
        await using var open = await session.Open();
        await open.GoTo(Long);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await open.Page.WaitForFunctionAsync("() => Number(document.querySelector('.run')?.dataset.rows) > 1");
        await open.Page.EvaluateAsync("() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        await Assertions.Expect(open.Page.Locator(".run")).ToHaveAttributeAsync("data-status", "cancelled");
    }

    [Fact]
    public async Task ItsNumbersAreThoseOfTheCommandLine()
    {
        await using var open = await session.Open();
        IResponse? last = null;
        open.Page.Response += (_, response) => last = response.Url.EndsWith("/draw", StringComparison.Ordinal) && response.Request.PostData?.Contains("kept", StringComparison.Ordinal) == true ? response : last;
        await open.GoTo(Short);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(open.Page.Locator(".run")).ToHaveAttributeAsync("data-status", "completed");

        // The drawing of its end, and not that of a part that came before it.
        await Assertions.Expect(open.Page.Locator(".figure")).ToHaveAttributeAsync("aria-busy", "false");
        using var drawn = JsonDocument.Parse(await last.ShouldNotBeNull().TextAsync());
        var run = drawn.RootElement.GetProperty("kept")[0];
        run.GetProperty("method").GetString().ShouldBe("sgd");
        var system = SystemCatalog.Find("phase-retrieval");
        (string, string)[] given = [("dimension", "60"), ("steps", "20000"), ("replicas", "2"), ("points", "20")];
        var solution = system.Solve(system.Complete("sgd", new Setting(given.Select(pair => KeyValuePair.Create(pair.Item1, system.Parameter(pair.Item1)!.Parse(pair.Item2))))), cancellation: TestContext.Current.CancellationToken);
        var series = drawn.RootElement.GetProperty("figure").GetProperty("panels")[0].GetProperty("series").EnumerateArray().Single(one => one.GetProperty("role").GetString() == "simulation");
        series.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()).ShouldBe(solution["loss"].Skip(solution.Times[0] > 0 ? 0 : 1));
    }

    [Fact]
    public async Task ARefusalStandsAtItsControl()
    {
        await using var open = await session.Open();
        open.IsExpected = trouble => trouble.Contains("422", StringComparison.Ordinal);
        await open.GoTo("#/systems/phase-retrieval?room=runs&runs.method=sgd&runs.replicas=-3");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Assertions.Expect(open.Page.Locator(".runs [data-parameter=replicas] .field-error")).ToContainTextAsync("replicas = -3 is not allowed");
    }
}
