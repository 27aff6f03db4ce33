using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

/// <summary>A report in a real browser, where one is installed: nothing is cut on a telephone nor on a wide screen, and the text of pictures is legible.</summary>
public sealed partial class ReportPageTests
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // Measures the page in a frame, because windows of the browser have a least width.
    private const string Measure = """
        addEventListener('load', () => {
          const page = document.querySelector('iframe').contentDocument;
          const width = page.defaultView.innerWidth;
          const isCut = element => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && (box.right > width + 1 || box.left < -1) && !element.closest('.scroll, pre, svg svg');
          };
          const pictures = [...page.querySelectorAll('.picture svg')].filter(picture => picture.getBoundingClientRect().width > 0);
          document.body.dataset.found = JSON.stringify({
            width,
            scroll: page.documentElement.scrollWidth,
            cut: [...page.querySelectorAll('body *:not(svg *)')].filter(isCut).map(element => element.outerHTML.slice(0, 200)),
            scales: pictures.map(picture => picture.getBoundingClientRect().width / picture.viewBox.baseVal.width),
            boxes: [...page.querySelectorAll('.picture')].filter(box => box.scrollWidth > box.clientWidth + 1).length,
          });
        });
        """;

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task NothingIsCutAndPicturesAreLegible(int width)
    {
        var browser = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipUnless(browser is not null, "no chromium is installed here");
        var wide = new Table("wide", "A table that is wider than a telephone", [.. Enumerable.Range(0, 14).Select(k => $"column {k}")], [[.. Enumerable.Range(0, 14).Select(k => $"1.2345 × 10^{{{k}}}")]]);
        var content = SampleReport.Content with { Sections = [.. SampleReport.Content.Sections, new ReportSection("wide", "Wide", new ReproductionResult { Figures = [SampleFigures.ManyCurves()], Tables = [wide] })] };
        using var folder = new TemporaryFolder();
        // As it stands without charts: what is printed, and what is there without JavaScript.
        folder.Write("report.html", HtmlReport.Render(content).Replace(" data-figure=", " data-kept=", StringComparison.Ordinal));
        var frame = folder.Write("frame.html", string.Create(
            CultureInfo.InvariantCulture, $"<!DOCTYPE html><body><iframe src=\"report.html\" style=\"border:0;width:{width}px;height:900px\"></iframe><script>{Measure}</script></body>"));
        using var process = Process.Start(new ProcessStartInfo(browser!,
            ["--headless", "--no-sandbox", "--hide-scrollbars", "--allow-file-access-from-files", $"--user-data-dir={folder.Path("profile")}", "--window-size=1600,1000", "--dump-dom", "file://" + frame])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var dom = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var found = JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(Found().Match(dom).Groups[1].Value));
        var page = found.RootElement;
        page.GetProperty("width").GetInt32().ShouldBe(width);
        page.GetProperty("scroll").GetInt32().ShouldBeLessThanOrEqualTo(width);
        page.GetProperty("cut").EnumerateArray().Select(element => element.GetString()).ShouldBeEmpty();
        page.GetProperty("boxes").GetInt32().ShouldBe(0);

        // Each figure in one of its two layouts; the smallest labels are drawn with 11.5 pixels.
        var scales = page.GetProperty("scales").EnumerateArray().Select(scale => scale.GetDouble()).ToArray();
        scales.Length.ShouldBe(3);
        (scales.Min() * 11.5).ShouldBeGreaterThanOrEqualTo(width < 600 ? 10 : 8.9);
    }

    [GeneratedRegex("data-found=\"([^\"]*)\"", RegexOptions.None, 10_000)]
    private static partial Regex Found();
}
