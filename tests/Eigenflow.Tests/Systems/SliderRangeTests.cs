using System.Globalization;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Eigenflow.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

/// <summary>Sliders of all systems: within what is allowed, with the default on them.</summary>
public sealed class SliderRangeTests
{
    public static TheoryData<string> Systems => [.. TestedSystems.All.Select(system => system.Id)];

    [Theory, MemberData(nameof(Systems))]
    public void EveryNumberHasASliderThatHoldsItsDefault(string id)
    {
        foreach (var parameter in Of(id).Parameters.Where(parameter => parameter.Kind is ParameterKind.Number or ParameterKind.Integer))
        {
            var slider = SliderRange.Of(parameter).ShouldNotBeNull();
            slider.From.ShouldBeLessThan(slider.To, parameter.Name);
            slider.From.ShouldBeGreaterThanOrEqualTo(parameter.Minimum, parameter.Name);
            slider.To.ShouldBeLessThanOrEqualTo(parameter.Maximum, parameter.Name);
            if (parameter.Default is null)
                continue;
            var value = Convert.ToDouble(parameter.Default, CultureInfo.InvariantCulture);
            (slider.HasZero && value == 0 ? slider.From : value).ShouldBeInRange(slider.From, slider.To, parameter.Name);
        }
    }

    [Theory, MemberData(nameof(Systems))]
    public void EveryPositionOfASliderIsAllowed(string id)
    {
        foreach (var parameter in Of(id).Parameters)
        {
            if (SliderRange.Of(parameter) is not { } slider)
                continue;
            var numbers = slider.Numbers.ToArray();
            numbers.Length.ShouldBeInRange(2, 512, parameter.Name);
            foreach (var number in numbers)
                Should.NotThrow(() => parameter.Parse(Setting.Format(number)), $"{parameter.Name} = {number}");
            numbers.ShouldBeInOrder(SortDirection.Ascending, parameter.Name);
        }
    }

    [Fact]
    public void OtherKindsHaveNoSlider() => SliderRange.Of(Parameter.OptionalChoice("word", "A word.", "one", "two")).ShouldBeNull();

    [Fact]
    public void DecadesArePositionsOfALogarithmicSlider() =>
        SliderRange.Of(Parameter.Whole("dimension", "d", 100, "", ValueRange.Within(3, 1e15)) with { Usual = UsualRange.Decades(3, 1e9) })!.Numbers.Where(number => Math.Log10(number) % 1 == 0)
            .ShouldBe([10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]);

    [Fact]
    public void ZeroStandsAtTheLeftEndOfWhatCanBeSwitchedOff() =>
        SliderRange.Of(Parameter.Number("noise", "σ²", 0, "", ValueRange.NotNegative))!.Numbers.Take(2).ShouldBe([0, 1e-6]);

    private static ISystem Of(string id) => TestedSystems.All.Single(system => string.Equals(system.Id, id, StringComparison.Ordinal));
}
