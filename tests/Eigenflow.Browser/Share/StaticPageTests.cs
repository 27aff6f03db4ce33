using System.Globalization;
using Eigenflow.Explorer.StaticPages;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Share;

/// <summary>The exported page: opened as a file, without a server, its sliders move curves that are as near to the engine as it says.</summary>
public sealed class StaticPageTests(BrowserSession session) : IDisposable
{
    private static readonly ISystem PhaseRetrieval = SystemCatalog.Find("phase-retrieval");
    private static readonly Setting Given = new([KeyValuePair.Create<string, object>("until", 1e4), KeyValuePair.Create<string, object>("dimension", 100L)]);

    // One page for all: it is made once.
    private static readonly Lazy<StaticPageResult> Exponents = new(() => StaticPage.Make(StaticPage.Plan(new StaticPageRequest
    {
        System = PhaseRetrieval,
        Given = Given,
        Axes = [PageAxis.Typed(PhaseRetrieval.Parameter("exponent")!, "linspace(1.5,2.5,9)")],
    })));

    private readonly string folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;

    [Fact]
    public async Task TheKeyboardMovesTheCurveAndTheAddress()
    {
        await using var open = await Open("");
        var slider = open.Page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "exponent" });
        var note = open.Page.Locator(".note");
        (await open.Page.Locator(".control input[type=text]").InputValueAsync()).ShouldBe("2");
        (await note.InnerTextAsync()).ShouldStartWith("Computed at these values; the curves are within 0.");
        var before = await Numbers(open.Page);
        await slider.FocusAsync();
        await slider.PressAsync("ArrowRight");
        await open.Page.WaitForFunctionAsync("() => document.querySelector('.note').textContent.startsWith('Interpolated')");
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldNotBe("2");
        (await Numbers(open.Page)).ShouldNotBe(before);
        (await note.InnerTextAsync()).ShouldContain("nearest computed values: exponent = 2.");
        await slider.PressAsync("End");
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldBe("2.5");
        await open.Page.WaitForFunctionAsync("() => location.hash === '#exponent=2.5'");
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reset" }).ClickAsync();
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldBe("2");
    }

    [Fact]
    public async Task BetweenComputedValuesTheCurveIsAsNearToTheEngineAsThePageSays()
    {
        var page = Exponents.Value;
        page.Checks.ShouldBeGreaterThan(4);
        page.LargestError.ShouldBeLessThan(0.05);
        await using var open = await Open("#exponent=1.83");
        var shown = await Numbers(open.Page);
        shown.Length.ShouldBeGreaterThan(10);

        // The engine at the same times, which are rounded in the table.
        var solution = PhaseRetrieval.Solve(PhaseRetrieval.Complete("flow", Given.Without("until").With("exponent", 1.83).With("times", shown.Select(row => row.X).Distinct().ToArray())));
        foreach (var (t, loss) in shown)
        {
            var row = Array.IndexOf(solution.Axis.Values, t);
            row.ShouldBeGreaterThanOrEqualTo(0, $"t = {t}");
            Math.Abs((loss / solution["loss"][row]) - 1).ShouldBeLessThan((2 * page.LargestError) + 0.02, $"t = {t}");
        }
    }

    [Fact]
    public async Task ATypedValueBeyondThePageIsToldAndAPointerShowsValues()
    {
        await using var open = await Open("");
        var field = open.Page.Locator(".control input[type=text]");
        await field.FillAsync("7");
        (await open.Page.Locator(".control .field-error").InnerTextAsync()).ShouldBe("This page holds numbers from 1.5 to 2.5.");
        (await field.GetAttributeAsync("aria-invalid")).ShouldBe("true");
        await field.FillAsync("2.2");
        (await field.GetAttributeAsync("aria-invalid")).ShouldBeNull();
        var plot = (await open.Page.Locator(".ef-chart canvas").First.BoundingBoxAsync())!;
        await open.Page.Mouse.MoveAsync(plot.X + (plot.Width / 2), plot.Y + (plot.Height / 3));
        await open.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.ef-readout')].some(one => one.textContent.length > 3)");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task ItFitsAPhoneAndFollowsTheDark(int width, ColorScheme scheme)
    {
        await using var open = await Open("#exponent=1.9", width, scheme);
        (await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
        var background = await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        (background == "rgb(255, 255, 255)").ShouldBe(scheme == ColorScheme.Light);
        if (Environment.GetEnvironmentVariable("EIGENFLOW_SCREENSHOTS") is { Length: > 0 } target)
            await open.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(target, $"static-{width}.png"), FullPage = true });
    }

    [Fact]
    public async Task TheCommandSaysWhatItTakesAndOverwritesNothingOfOthers()
    {
        string[] command = ["explore", "phase-retrieval", "--export", folder, "--set", "dimension=50", "--set", "until=100", "--grid", "exponent=1.5,2,2.5"];
        var (code, output, error) = await SmallRuns.Command(command);
        code.ShouldBe(0, error);
        output.ShouldBeEmpty();
        error.ShouldContain("3 values of exponent from 1.5 to 2.5 by flow: 3 settings and ");
        error.IndexOf("MB; Ctrl-C", StringComparison.Ordinal).ShouldBeLessThan(error.IndexOf("wrote ", StringComparison.Ordinal));
        new FileInfo(Path.Combine(folder, "index.html")).Length.ShouldBeLessThan(3_000_000);
        (await SmallRuns.Command([.. command, "--quiet"])).ShouldBe((0, "", ""), "its own page it overwrites");
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "<p>mine</p>", TestContext.Current.CancellationToken);
        (code, _, error) = await SmallRuns.Command(command);
        code.ShouldBe(2);
        error.ShouldContain("--force");
        (await File.ReadAllTextAsync(Path.Combine(folder, "index.html"), TestContext.Current.CancellationToken)).ShouldBe("<p>mine</p>");
    }

    [Theory]
    [InlineData("--parameters exponnt", "exponent")]
    [InlineData("--grid exponent=2", "at least two values")]
    [InlineData("--grid dimension=geomspace(1e2,1e6,400) --grid exponent=linspace(1,3,400)", "at most 50000 settings")]
    [InlineData("--grid spectrum=power-law,isotropic", "a number")]
    [InlineData("--parameters exponent --set exponent=2", "without a slider")]
    [InlineData("--method flux", "flow")]
    public async Task WhatCannotBeExportedIsRefusedInWords(string options, string words)
    {
        var (code, _, error) = await SmallRuns.Command(["explore", "phase-retrieval", "--export", folder, .. options.Split(' ')]);
        code.ShouldBe(2, error);
        error.ShouldContain(words);
        File.Exists(Path.Combine(folder, "index.html")).ShouldBeFalse();
    }

    [Fact]
    public void WhatIsEndedLeavesNothing()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var plan = StaticPage.Plan(new StaticPageRequest { System = PhaseRetrieval, Given = Given, Axes = [PageAxis.Typed(PhaseRetrieval.Parameter("exponent")!, "1.5,2")] });
        Should.Throw<OperationCanceledException>(() => StaticPage.Make(plan, null, ended.Token));
    }

    [Fact]
    public void ACurveThatIsCubicInTheSliderIsMixedExactly()
    {
        var axis = PageAxis.Typed(PhaseRetrieval.Parameter("dimension")!, "10,100,1000,10000,100000");
        axis.IsLogarithmic.ShouldBeTrue();
        foreach (var value in (double[])[20, 300, 5000, 60000])
        {
            axis.Weights(value, true).Sum(part => part.Weight * Math.Pow(Math.Log10(axis.Values[part.Index]), 3)).ShouldBe(Math.Pow(Math.Log10(value), 3), 1e-9);
            axis.Weights(value, false).Sum(part => part.Weight * Math.Log10(axis.Values[part.Index])).ShouldBe(Math.Log10(value), 1e-9);
        }
    }

    public void Dispose() => Directory.Delete(folder, true);

    private async Task<OpenPage> Open(string hash, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var file = Path.Combine(folder, "index.html");
        await File.WriteAllTextAsync(file, Exponents.Value.Html, TestContext.Current.CancellationToken);
        var open = await session.Open(width, 900, scheme);
        await open.Page.GotoAsync(new Uri(file) + hash);
        await open.Page.WaitForSelectorAsync(".ef-chart canvas");
        return open;
    }

    // The first curve as the table of data has it.
    private static async Task<(double X, double Y)[]> Numbers(IPage page)
    {
        await page.EvaluateAsync("() => { document.querySelector('.data').open = true; }");
        await page.WaitForSelectorAsync(".data table");
        var cells = await page.EvaluateAsync<string[]>("() => [...document.querySelector('.data table').querySelectorAll('tbody tr')].map(row => [...row.children].slice(0, 2).map(cell => cell.textContent).join(' '))");
        return [.. cells.Select(row => Array.ConvertAll(row.Split(' '), Number)).Where(row => row.Length == 2 && row.All(double.IsFinite)).Select(row => (row[0], row[1]))];
    }

    private static double Number(string text) => double.TryParse(Eigenflow.DisplayNumber.Plain(text).Replace('−', '-').Replace("×10", "e", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
