using System.Globalization;
using Eigenflow.Dynamics;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Systems;

/// <summary>Every control of every system: sliders by keyboard to both ends and the middle, every choice, a value that the engine refuses in its own words, and back to the default.</summary>
public sealed class ControlTests(BrowserSession session)
{
    private const string Impossible = "-1e301";

    public static TheoryData<string> Systems => [.. SystemCatalog.All.Select(system => system.Id)];

    [Theory, MemberData(nameof(Systems))]
    public async Task EveryControlWorks(string id)
    {
        var system = SystemCatalog.Find(id);

        // All that follows the sliders, so that the parameters of every method have their controls.
        MethodInfo[] shown = [.. system.Methods.Where(method => method.Role is MethodRole.Theory or MethodRole.Approximation)];
        var methods = shown.Select(method => method.Name);
        var leftOut = shown.ToDictionary(method => method.Name, method => LeftOut.Of(system, new RunRequest(method.Name, new Dictionary<string, string>())), StringComparer.Ordinal);
        await using var page = await SystemPage.Open(session, $"{id}?methods={string.Join(',', methods)}");
        await page.Page.EvaluateAsync("() => document.querySelectorAll('.controls details').forEach(details => details.open = true)");
        var seen = await page.Page.Locator(".control:not([hidden])").EvaluateAllAsync<string[]>("controls => controls.map(control => control.dataset.parameter)");
        seen.Length.ShouldBeGreaterThan(3);

        // Those that go once the engine has said that none of the methods may have them are not there to be moved.
        bool IsOffered(Parameter parameter) => shown.Any(method => system.IsRead(method, parameter.Name) && !leftOut[method.Name].Contains(parameter.Name, StringComparer.Ordinal));
        foreach (var parameter in seen.Select(name => system.Parameter(name)!).Where(IsOffered))
        {
            await Assertions.Expect(page.Control(parameter.Name)).ToBeVisibleAsync();
            if (SliderRange.Of(parameter) is { } slider)
                await Slide(page, parameter, slider);
            else if (parameter.Kind == ParameterKind.Choice)
                await Choose(page, parameter);
            else
                await Type(page, parameter);
        }

        // Whatever was done in between: at the defaults there are curves, and nothing is left in the address.
        await page.Page.EvaluateAsync("() => document.querySelector('.controls input[type=range]').focus()");
        await page.Page.Keyboard.PressAsync("Alt+R");
        await page.Page.WaitForFunctionAsync("id => location.hash === '#/systems/' + id", id);
        await page.Settled();
        (await page.Page.Locator(".field-error:visible").CountAsync()).ShouldBe(0);
        (await page.Page.Locator(".figure-refusal:visible").CountAsync()).ShouldBe(0);
        (await page.Page.Locator(".ef-panel").CountAsync()).ShouldBeGreaterThan(0);
    }

    private static async Task Slide(SystemPage page, Parameter parameter, SliderRange slider)
    {
        var (range, field) = (page.Slider(parameter.Name), page.Field(parameter.Name));
        await range.FocusAsync();
        await range.PressAsync("End");
        Number(await field.InputValueAsync()).ShouldBe(slider.To, parameter.Name);
        (await range.GetAttributeAsync("aria-valuetext")).ShouldBe(await field.InputValueAsync());
        await range.PressAsync("PageDown");
        await range.PressAsync("ArrowLeft");
        Number(await field.InputValueAsync()).ShouldBeInRange(slider.HasZero ? 0 : slider.From, slider.To, parameter.Name);
        Number(await field.InputValueAsync()).ShouldNotBe(slider.To, parameter.Name);
        await range.PressAsync("Home");
        var first = slider.HasZero ? 0 : slider.From;
        // A default that stands at an end is shown as it is.
        Number(await page.Value(parameter.Name)).ShouldBe(first, parameter.Name);

        await field.FillAsync(Impossible);
        await field.PressAsync("Enter");
        var words = Should.Throw<ParameterException>(() => parameter.Parse(Impossible)).Message;
        await Assertions.Expect(page.Control(parameter.Name).Locator(".field-error")).ToHaveTextAsync(words);
        (await field.InputValueAsync()).ShouldBe(Impossible);
        (await field.GetAttributeAsync("aria-describedby")).ShouldNotBeNullOrEmpty();
        await Reset(page, parameter);
    }

    private static async Task Choose(SystemPage page, Parameter parameter)
    {
        var control = page.Control(parameter.Name);
        foreach (var choice in parameter.Choices)
        {
            if (await control.Locator("select").CountAsync() > 0)
                await control.Locator("select").SelectOptionAsync(choice);
            else
                await control.Locator($"input[value='{choice}']").CheckAsync(new LocatorCheckOptions { Force = true });
        }

        await Reset(page, parameter);
    }

    private static async Task Type(SystemPage page, Parameter parameter)
    {
        var field = page.Field(parameter.Name);
        foreach (var example in parameter.Examples.Take(2))
        {
            await field.FillAsync(example);
            await field.PressAsync("Enter");
        }

        await field.FillAsync("nonsense!");
        await field.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".field-error:visible, .figure-refusal:visible").First).ToBeVisibleAsync();
        (await field.InputValueAsync()).ShouldBe("nonsense!");
        await Reset(page, parameter);
    }

    private static async Task Reset(SystemPage page, Parameter parameter)
    {
        var reset = page.Control(parameter.Name).Locator(".control-reset:not(.is-away)");
        if (await reset.CountAsync() > 0)
            await reset.ClickAsync();
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
