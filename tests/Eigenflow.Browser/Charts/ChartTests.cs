using System.Text.Json;
using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Systems;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Charts;

/// <summary>The charts of a report that is opened as a file: hover, zoom, keyboard, themes, phones. It asks nobody for anything.</summary>
public sealed class ChartTests(BrowserSession session) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("eigenflow-charts").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ThePointerShowsTheValuesOfAllCurves()
    {
        await using var open = await Report(ChartFigures.Laws);
        var page = open.Page;
        var over = page.Locator(".u-over").First;
        await Move(page, over, 0.42, 0.5);
        var readout = page.Locator(".ef-readout").First;
        (await readout.InnerTextAsync()).ShouldContain("time t = ");
        (await readout.Locator(".ef-readout-row").CountAsync()).ShouldBe(2, "no dot is near");
        (await page.Locator(".ef-mark:visible").CountAsync()).ShouldBe(2);

        // On a dot, with its error bar.
        await Move(page, over, 0.5, 0.5);
        (await readout.Locator(".ef-readout-row").CountAsync()).ShouldBe(3);
        (await readout.InnerTextAsync()).ShouldContain(" to ");
        (await page.Locator("svg:visible .legend").CountAsync()).ShouldBe(0, "the picture has made room");
        await Shot(page, "hover");
    }

    [Fact]
    public async Task ABoxZoomsAndADoubleClickShowsAll()
    {
        await using var open = await Report(ChartFigures.Laws);
        var page = open.Page;
        var over = page.Locator(".u-over").First;
        await Drag(page, over, (0.2, 0.2), (0.6, 0.7));
        await Assertions.Expect(page.Locator(".ef-tool:visible", new PageLocatorOptions { HasText = "reset zoom" })).ToHaveCountAsync(1);
        await Shot(page, "zoom");
        await over.DblClickAsync();
        await Assertions.Expect(page.Locator(".ef-tool:visible", new PageLocatorOptions { HasText = "reset zoom" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task TheKeyboardReachesEverything()
    {
        await using var open = await Report(ChartFigures.Laws);
        var page = open.Page;
        var stage = page.Locator(".ef-stage").First;
        await stage.FocusAsync();
        var said = stage.Locator("[role=status]");
        await page.Keyboard.PressAsync("ArrowRight");
        (await said.InnerTextAsync()).ShouldBe("a = 1: time t = 1, loss Ltest = 1 (0.8 to 1.2)");
        await page.Keyboard.PressAsync("End");
        (await said.InnerTextAsync()).ShouldStartWith("a = 1: time t = 9261, ");
        await page.Keyboard.PressAsync("ArrowDown");
        (await said.InnerTextAsync()).ShouldStartWith("a = 2: time t = 9261, ");
        await page.Keyboard.PressAsync("+");
        await Assertions.Expect(page.Locator(".ef-tool:visible", new PageLocatorOptions { HasText = "reset zoom" })).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("0");
        await Assertions.Expect(page.Locator(".ef-tool:visible", new PageLocatorOptions { HasText = "reset zoom" })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("l");
        (await page.Locator(".ef-tools").First.InnerTextAsync()).ShouldContain("y linear");
        await page.Keyboard.PressAsync("L");
        (await page.Locator(".ef-tools").First.InnerTextAsync()).ShouldContain("x linear");
        await page.Keyboard.PressAsync("l");
        await page.Keyboard.PressAsync("L");
        (await page.Locator(".ef-tools").First.InnerTextAsync()).ShouldContain("x log");

        // Entries of the legend are switches.
        var entry = page.Locator(".ef-entry", new PageLocatorOptions { HasText = "a = 2" });
        await entry.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(entry).ToHaveAttributeAsync("aria-pressed", "false");
        await stage.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        (await said.InnerTextAsync()).ShouldNotContain("a = 2");
    }

    [Fact]
    public async Task CellsOfAMapHaveValues()
    {
        await using var open = await Report(ChartFigures.Map);
        var page = open.Page;
        await Move(page, page.Locator(".u-over").First, 0.5, 0.9);
        (await page.Locator(".ef-readout").InnerTextAsync()).ShouldContain("value = 10");
        await page.Locator(".ef-stage").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowUp");
        (await page.Locator(".ef-stage [role=status]").InnerTextAsync()).ShouldBe("x = 1, y = 20, value = 1000");
    }

    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1600, ColorScheme.Light)]
    public async Task ItFollowsWidthAndTheme(int width, ColorScheme scheme)
    {
        await using var open = await Report(ChartFigures.Laws, width, scheme);
        var page = open.Page;
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        var boxes = await page.Locator(".ef-panel").EvaluateAllAsync<double[]>("panels => panels.map(panel => panel.getBoundingClientRect().top)");
        (boxes[0] < boxes[1]).ShouldBe(width < 700, "one below the other on a phone");
        var ink = await Ink(page);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme == ColorScheme.Dark ? ColorScheme.Light : ColorScheme.Dark });
        await page.WaitForTimeoutAsync(100);
        (await Ink(page)).ShouldNotBe(ink, "the curve has the colour of the other theme");
        await Shot(page, string.Create(CultureInfo.InvariantCulture, $"page-{width}"));

        // A window that becomes narrow: what was drawn for a wide one does not hold it open.
        await page.SetViewportSizeAsync(340, 700);
        await page.WaitForTimeoutAsync(200);
        (await page.EvaluateAsync<double>("Math.max(...[...document.querySelectorAll('.ef-canvas canvas')].map(canvas => canvas.getBoundingClientRect().right))")).ShouldBeLessThanOrEqualTo(340);
    }

    [Fact]
    public async Task ThePictureIsWhatIsPrinted()
    {
        await using var open = await Report(ChartFigures.Laws);
        await open.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Assertions.Expect(open.Page.Locator(".picture")).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator(".ef-chart")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task AnUpdateOfEightCurvesTakesMilliseconds()
    {
        await using var open = await Report(ChartFigures.Laws);
        var median = await open.Page.EvaluateAsync<double>("""
            () => {
              const host = document.body.appendChild(document.createElement('div'));
              const chart = eigenflow_report.createChart(host);
              const figure = step => ({ id: 'f', title: 'f', panels: [{ x: { label: 't', isLogarithmic: true }, y: { label: 'L', isLogarithmic: true }, series:
                Array.from({ length: 8 }, (_, c) => { const x = Array.from({ length: 300 }, (_, i) => 10 ** (i / 50)); return { label: 'curve ' + c, style: 'line', role: 'theory', color: c, x, y: x.map(t => 1 / (1 + t * (c + 1) * (1 + 0.01 * step)) ) }; }) }] });
              const times = [];
              for (let step = 0; step < 60; step++) {
                const next = figure(step), from = performance.now();
                chart.update(next);
                times.push(performance.now() - from);
              }
              return times.slice(20).sort((a, b) => a - b)[20];
            }
            """);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of an update with 8 curves of 300 points: {median:F2} ms"));
        median.ShouldBeLessThan(40);
    }

    [Fact]
    public async Task AWindowIsDraggedAndMovedByKeys()
    {
        await using var open = await Report(ChartFigures.Laws);
        var page = open.Page;
        await Bare(page);
        await page.Locator("#bare .ef-tool", new PageLocatorOptions { HasText = "slope" }).ClickAsync();
        var ends = page.Locator("#bare [role=slider]");
        await Assertions.Expect(ends.First).ToBeFocusedAsync();
        var before = await Window(page);
        await page.Keyboard.PressAsync("ArrowRight");
        var moved = await Window(page);
        moved[0].ShouldBeGreaterThan(before[0]);
        moved[1].ShouldBe(before[1]);
        (await ends.First.GetAttributeAsync("aria-valuetext"))!.ShouldNotBeEmpty();

        var box = (await ends.Nth(1).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync((float)(box.X + 12), (float)(box.Y + 40));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((float)(box.X + 62), (float)(box.Y + 40));
        await Shot(page, "window");
        await page.Mouse.UpAsync();
        (await Window(page))[1].ShouldBeGreaterThan(moved[1]);
    }

    [Fact]
    public async Task WhatIsZoomedStaysWithNewCurvesAndFaintOnesBecomeFull()
    {
        await using var open = await Report(ChartFigures.Laws);
        var page = open.Page;
        await Bare(page);
        await page.EvaluateAsync("bare.setViews({ 0: { xRange: [10, 100] } })");
        var full = await page.EvaluateAsync<double>(Coloured);
        await page.EvaluateAsync("bare.setStale(true)");
        await page.WaitForTimeoutAsync(30);
        (await page.EvaluateAsync<double>(Coloured)).ShouldBeLessThan(0.5 * full);
        await page.EvaluateAsync("bare.update(bareFigure)");
        (await page.EvaluateAsync<double>(Coloured)).ShouldBe(full, 0.02 * full);
        await Assertions.Expect(page.Locator("#bare .ef-tool:visible", new PageLocatorOptions { HasText = "reset zoom" })).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task ItIsAccessible(ColorScheme scheme)
    {
        await using var open = await Report(ChartFigures.Laws, 1280, scheme);
        var page = open.Page;
        await Bare(page);
        await page.Locator("#bare .ef-tool", new PageLocatorOptions { HasText = "slope" }).ClickAsync();
        await page.Locator(".chart summary").ClickAsync();
        (await Accessibility.Violations(page)).Where(violation => violation.Contains("ef-", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheDataAreATableOnRequest()
    {
        await using var open = await Report(ChartFigures.Laws);
        var page = open.Page;
        await page.Locator(".chart summary").ClickAsync();
        await Assertions.Expect(page.Locator(".ef-table table")).ToHaveCountAsync(3);
        (await page.Locator(".ef-table th").AllInnerTextsAsync()).ShouldContain("a = 1, lower");
        await page.Locator(".ef-table button").First.ClickAsync();
        (await page.Locator(".ef-table table").First.Locator("tbody tr").CountAsync()).ShouldBe(120);
    }

    // How strong the colours of a chart are, over all its pixels.
    private const string Coloured = """
        () => {
          const canvas = document.querySelector('#bare canvas'), context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
          context.drawImage(canvas, 0, 0);
          const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
          let sum = 0;
          for (let i = 0; i < pixels.length; i += 4) sum += pixels[i + 3] / 255 * Math.max(0, Math.max(pixels[i], pixels[i + 1], pixels[i + 2]) - Math.min(pixels[i], pixels[i + 1], pixels[i + 2]) - 30);
          return sum;
        }
        """;

    // A chart as a page makes it, in which views are told.
    private static Task<JsonElement?> Bare(IPage page) => page.EvaluateAsync("""
        () => {
          const main = document.querySelector('main'), host = main.insertBefore(document.createElement('div'), main.firstChild);
          host.id = 'bare';
          window.views = {};
          window.bareFigure = { id: 'f', title: 'f', panels: [{ x: { label: 't', isLogarithmic: true }, y: { label: 'L', isLogarithmic: true },
            series: [{ label: 'curve', style: 'line', role: 'theory', color: 0, x: [1, 10, 100, 1000], y: [1, 0.3, 0.1, 0.03] }] }] };
          window.bare = eigenflow_report.createChart(host, { onView: (panel, view) => { window.views[panel] = view; } });
          window.bare.update(window.bareFigure);
          scrollTo(0, 0);
        }
        """);

    private static Task<double[]> Window(IPage page) => page.EvaluateAsync<double[]>("views[0].window");

    private static Task<string> Ink(IPage page) => page.EvaluateAsync<string>("""
        () => {
          const canvas = document.querySelector('.ef-canvas canvas'), counts = new Map();
          const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
          context.drawImage(canvas, 0, 0);
          const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
          for (let i = 0; i < pixels.length; i += 4) {
            const [red, green, blue] = pixels.slice(i, i + 3);
            if (pixels[i + 3] === 255 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) { const key = `${red},${green},${blue}`; counts.set(key, (counts.get(key) ?? 0) + 1); }
          }
          return [...counts].sort((a, b) => b[1] - a[1])[0][0];
        }
        """);

    private static async Task Move(IPage page, ILocator over, double x, double y)
    {
        var box = (await over.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync((float)(box.X + (x * box.Width)), (float)(box.Y + (y * box.Height)));
        await page.WaitForTimeoutAsync(50);
    }

    private static async Task Drag(IPage page, ILocator over, (double X, double Y) from, (double X, double Y) to)
    {
        await Move(page, over, from.X, from.Y);
        await page.Mouse.DownAsync();
        await Move(page, over, (from.X + to.X) / 2, (from.Y + to.Y) / 2);
        await Move(page, over, to.X, to.Y);
        await page.Mouse.UpAsync();
    }

    // Pictures to look at, where a folder for them is named.
    private static async Task Shot(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("EIGENFLOW_SHOTS") is { Length: > 0 } shots)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(shots, name + ".png"), FullPage = true });
    }

    private async Task<OpenPage> Report(Figure figure, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var path = Path.Combine(folder, "report.html");
        await File.WriteAllTextAsync(path, HtmlReport.Render(new ReportContent { Title = "A report", Sections = [new ReportSection("s", "Section", new ReproductionResult { Figures = [figure] })], Version = "0" }));
        var open = await session.Open(width, 900, scheme);
        await open.Page.GotoAsync("file://" + path);
        await Assertions.Expect(open.Page.Locator(".ef-canvas canvas").First).ToBeVisibleAsync();
        return open;
    }
}
