using Eigenflow.Explorer;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Eigenflow.Browser.Studies;

/// <summary>The studies view in a browser: live progress, failed runs, the builder, the address.</summary>
public sealed class StudyPageTests(BrowserSession session)
{
    [Fact]
    public async Task A_sweep_is_followed_while_it_runs()
    {
        using var lab = new StudyLab(session, "followed");
        (await lab.Sweep(StudyLab.Flow, "--shard", "0/3")).ShouldBe(0);
        await using var open = await session.Open();
        await open.GoTo(lab.Address);
        var page = open.Page;
        var bar = page.GetByRole(AriaRole.Progressbar, new() { Name = "Runs of the study" });
        await Expect(page.Locator(".study-facts")).ToContainTextAsync("8 of 24 runs done");
        await Expect(bar).ToHaveAttributeAsync("aria-valuenow", "8");
        await Expect(page.Locator(".study-progress code")).ToContainTextAsync("eigenflow sweep");
        await page.GetByText("Numbers of the figure", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator(".ef-table tbody tr").First).ToBeVisibleAsync();
        var fits = page.Locator(".study-figure .study-section table").First;
        await Expect(fits).ToContainTextAsync("none");
        lab.Claim(3);
        await Expect(page.Locator(".study-facts")).ToContainTextAsync("3 running");
        await Expect(page.Locator(".study-progress .badge")).ToHaveTextAsync("running");
        await open.Picture("studies-running", isWhole: true);
        lab.Unclaim();
        await lab.Sweep(StudyLab.Flow);
        await Expect(page.Locator(".study-facts")).ToContainTextAsync("All 24 runs done");
        await Expect(bar).ToHaveAttributeAsync("aria-valuenow", "24");
        await Expect(fits).Not.ToContainTextAsync("none");
        await Expect(page.Locator(".study-chart canvas").First).ToBeVisibleAsync();
        await NothingViolates(page);
        await open.Picture("studies-done", isWhole: true);
    }

    [Fact]
    public async Task Failed_runs_are_shown_with_their_error_and_the_command_that_repeats_them()
    {
        using var lab = new StudyLab(session, "failed");
        await lab.Sweep(StudyLab.Failing);
        await using var open = await session.Open();
        await open.GoTo(lab.Address);
        var table = open.Page.GetByRole(AriaRole.Region, new() { Name = "Failed runs" });
        await Expect(table.First).ToBeVisibleAsync();
        var failures = (await lab.Get($"studies/open?path={lab.Place}")).GetProperty("failures");
        failures.GetArrayLength().ShouldBe(2);
        await Expect(table.First).ToContainTextAsync(failures[0].GetProperty("error").GetString()!);
        await Expect(open.Page.Locator(".study-failures > .study-command code")).ToContainTextAsync("--retry-failed");
        failures[0].GetProperty("command").GetString()!.ShouldStartWith("eigenflow run ");
        await NothingViolates(open.Page);
        await open.Picture("studies-failed", isWhole: true);
    }

    [Fact]
    public async Task The_builder_draws_facets_and_fits_and_its_state_is_in_the_address()
    {
        using var lab = new StudyLab(session, "built");
        (await lab.Sweep(StudyLab.Flow)).ShouldBe(0);
        await using var open = await session.Open(1440, 1000);
        await open.GoTo(lab.Address);
        var page = open.Page;
        await Expect(page.Locator(".ef-title")).ToContainTextAsync("Escape against dimension");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Figure", Exact = true }).SelectOptionAsync("decay");
        await Expect(page.Locator(".study-figure table tbody tr")).ToHaveCountAsync(3);
        page.Url.ShouldEndWith("?figure=decay");
        await open.Picture("studies-facets", isWhole: true);
        await page.GetByLabel("Vertical", new() { Exact = true }).SelectOptionAsync("last-mse");
        await page.GetByLabel("Panels", new() { Exact = true }).SelectOptionAsync("");
        await page.GetByLabel("Colour", new() { Exact = true }).SelectOptionAsync("exponent");
        await page.GetByRole(AriaRole.Group, new() { Name = "exponent" }).GetByRole(AriaRole.Button, new() { Name = "3", Exact = true }).ClickAsync();
        await Expect(page.Locator(".study-figure table tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".study-figure pre")).ToContainTextAsync("only = { \"exponent\" = [3] }");
        var address = page.Url;
        address.ShouldContain("y=last-mse");
        var fits = await page.Locator(".study-figure table").InnerTextAsync();
        await using var second = await session.Open(1440, 1000);
        await second.GoTo(address[address.IndexOf('#', StringComparison.Ordinal)..]);
        await Expect(second.Page.Locator(".study-figure table tbody tr")).ToHaveCountAsync(1);
        (await second.Page.Locator(".study-figure table").InnerTextAsync()).ShouldBe(fits);
        await Expect(second.Page.GetByLabel("Vertical", new() { Exact = true })).ToHaveValueAsync("last-mse");
        await Expect(second.Page.GetByLabel("Colour", new() { Exact = true })).ToHaveValueAsync("exponent");
    }

    [Fact]
    public async Task A_refusal_stands_at_the_builder_and_the_figure_stays()
    {
        using var lab = new StudyLab(session, "refused");
        (await lab.Sweep(StudyLab.Flow, "--shard", "0/6")).ShouldBe(0);
        await using var open = await session.Open();
        open.IsExpected = trouble => trouble.Contains("422", StringComparison.Ordinal);
        await open.GoTo(lab.Address + "?x=dimension&y=nonsense");
        await Expect(open.Page.Locator(".study-builder .field-error")).ToContainTextAsync("nonsense in y is no parameter, observable or quantity");
        await open.Page.GetByLabel("Vertical", new() { Exact = true }).SelectOptionAsync("escape");
        await Expect(open.Page.Locator(".study-builder .field-error")).ToBeHiddenAsync();
        await Expect(open.Page.Locator(".study-chart canvas").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_list_tells_what_there_is_and_every_width_can_be_read(int width, ColorScheme scheme)
    {
        using var lab = new StudyLab(session, $"listed-{width}");
        (await lab.Sweep(StudyLab.Flow)).ShouldBe(0);
        await using var open = await session.Open(width, 900, scheme);
        await open.GoTo("#/studies");
        var link = open.Page.Locator($"a[href='#/studies/{lab.Place}']");
        await Expect(link).ToBeVisibleAsync();
        await NothingViolates(open.Page);
        await open.Picture($"studies-list-{width}-{scheme}", isWhole: true);
        await link.ClickAsync();
        await Expect(open.Page.Locator(".study-chart canvas").First).ToBeVisibleAsync();
        await NothingViolates(open.Page);
        await open.Picture($"studies-{width}-{scheme}", isWhole: true);
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0);
    }

    [Fact]
    public async Task An_empty_folder_says_what_to_do()
    {
        await using var server = await ExplorerServer.Start(new ExplorerOptions { Token = session.Token, Folder = Directory.CreateDirectory(Path.Combine(session.Folder, "nothing")).FullName }, TestContext.Current.CancellationToken);
        await using var open = await session.Open();
        open.IsExpected = trouble => trouble.StartsWith("request: " + server.Address, StringComparison.Ordinal);
        await open.Page.GotoAsync($"{server.Address}/?token={session.Token}#/studies");
        await Expect(open.Page.Locator("h2")).ToHaveTextAsync("No results below nothing yet");
        await Expect(open.Page.Locator("main code").First).ToHaveTextAsync("eigenflow sweep studies/exponents.toml");
        await NothingViolates(open.Page);
        await open.Picture("studies-empty", isWhole: true);
    }

    // Charts have tests of their own.
    private static async Task NothingViolates(IPage page) => (await Accessibility.Violations(page)).Where(violation => !violation.Contains("ef-", StringComparison.Ordinal)).ShouldBeEmpty();
}
