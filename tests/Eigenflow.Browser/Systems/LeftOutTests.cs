using System.Globalization;
using Eigenflow.Dynamics;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Systems;

/// <summary>No slider is offered that the engine refuses wherever it stands, and none is withheld that it would allow.</summary>
public sealed class LeftOutTests(BrowserSession session)
{
    public static TheoryData<string> Systems => [.. SystemCatalog.All.Select(system => system.Id)];

    [Theory, MemberData(nameof(Systems))]
    public void ASliderIsOfferedWhereSomeOfItsPositionsAreAllowed(string id)
    {
        var system = SystemCatalog.Find(id);
        foreach (var method in system.Methods.Where(method => method.Role is MethodRole.Theory or MethodRole.Approximation))
        {
            var leftOut = LeftOut.Of(system, new RunRequest(method.Name, new Dictionary<string, string>()));
            var needed = system.Complete(method.Name, Setting.Empty).Values;
            foreach (var parameter in system.Parameters.Where(parameter => system.IsRead(method, parameter.Name) && IsMeant(parameter)))
            {
                if (SliderRange.Of(parameter) is not { } slider)
                    continue;
                // Zero says that there is none of it.
                var isAllowed = slider.Numbers.Where(number => number != 0).Any(number => IsAllowed(system, method.Name, parameter, number));
                isAllowed.ShouldBe(!leftOut.Contains(parameter.Name, StringComparer.Ordinal), $"{method.Name}: {parameter.Name}");
            }

            bool IsMeant(Parameter parameter) => parameter.OnlyWith is not var (other, word) || (needed[other.Name] is { } value && string.Equals(Setting.Format(value), word, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("phase-retrieval", "preconditioner=0.5", "rotation")]
    [InlineData("spectral-descent", "schedule=wsd", "final")]
    [InlineData("u-turn-double-descent", "along=samples", "columns")]
    public async Task AControlComesWithWhatItBelongsTo(string id, string words, string parameter)
    {
        await using var page = await SystemPage.Open(session, id);
        await page.Settled();
        await Assertions.Expect(page.Control(parameter)).ToBeHiddenAsync();
        await using var other = await SystemPage.Open(session, $"{id}?{words}");
        await other.Settled();
        await other.Page.EvaluateAsync("() => document.querySelectorAll('.controls details').forEach(details => details.open = true)");
        await Assertions.Expect(other.Control(parameter)).ToBeVisibleAsync();
        (await other.Value(parameter)).ShouldNotBeNull();
    }

    private static bool IsAllowed(ISystem system, string method, Parameter parameter, double number)
    {
        try
        {
            _ = system.Complete(method, Setting.Empty.With(parameter.Name, parameter.Parse(number.ToString("R", CultureInfo.InvariantCulture))));
            return true;
        }
        catch (EigenflowException)
        {
            return false;
        }
    }
}
