using Eigenflow.Tests;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Studies;

/// <summary>Pictures of the page beside the tests, for a person to look at.</summary>
internal static class Pictures
{
    public static Task Take(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(RepositoryRoot.Path, "tests", "Eigenflow.Browser", "bin", "pictures", name + ".png"), FullPage = true });
}
