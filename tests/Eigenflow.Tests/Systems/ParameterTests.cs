using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

public sealed class ParameterTests
{
    private static readonly Parameter Number = Parameter.Number("noise", "", 0, "", ValueRange.AtLeast(0).Below(1));

    private static readonly Parameter Integer = Parameter.Whole("steps", 1, 1e15);

    private static readonly Parameter List = Parameter.OptionalList("times", "", ValueRange.NotNegative);

    private static readonly Parameter Choice = Parameter.OptionalChoice("modes", "", "auto", "full");

    private static readonly Parameter Text = Parameter.Text("teacher", "", "ones", "", [TextForm.Of("ones"), TextForm.File], text => text, text => text);

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("5e-1", 0.5)]
    [InlineData(" 0.25 ", 0.25)]
    public void NumbersAreRead(string text, double expected) => Number.Parse(text).ShouldBe(expected);

    [Fact]
    public void NegativeZeroIsZero() => double.IsNegative((double)Number.Parse("-0")).ShouldBeFalse();

    [Theory]
    [InlineData("1")]
    [InlineData("-0.1")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("1,5")]
    [InlineData("0x1")]
    [InlineData("abc")]
    [InlineData("")]
    public void RefusedNumbersNameParameterValueAndRange(string text) =>
        Should.Throw<ParameterException>(() => Number.Parse(text)).Message
            .ShouldBe($"noise = {(text.Length == 0 ? "(nothing)" : text)} is not allowed: it must be a number >= 0 and < 1.");

    [Theory]
    [InlineData("1e6", 1_000_000)]
    [InlineData("1.5e3", 1500)]
    [InlineData("1000000000000000", 1_000_000_000_000_000)]
    [InlineData("+7", 7)]
    public void IntegersAreRead(string text, long expected) => Integer.Parse(text).ShouldBe(expected);

    [Theory]
    [InlineData("1.5")]
    [InlineData("0")]
    [InlineData("1e16")]
    [InlineData("99999999999999999999")]
    [InlineData("ten")]
    public void RefusedIntegersNameTheRange(string text) =>
        Should.Throw<ParameterException>(() => Integer.Parse(text)).Message.ShouldContain("a whole number >= 1 and <= ");

    [Fact]
    public void ListsAreRead() => ((double[])List.Parse("1, 2e3,0")).ShouldBe([1, 2000, 0]);

    [Theory]
    [InlineData("")]
    [InlineData("1,,2")]
    [InlineData("1,-2")]
    [InlineData("1;2")]
    public void RefusedListsAreShownWhole(string text)
    {
        var error = Should.Throw<ParameterException>(() => List.Parse(text));
        error.Parameter.ShouldBe("times");
        error.Message.ShouldContain("a list of numbers >= 0 and <= 1e300, such as 1,10,100");
        if (text.Length > 0)
            error.Message.ShouldContain($"times = {text} is not allowed");
    }

    [Fact]
    public void ChoicesAreChecked()
    {
        Choice.Parse("full").ShouldBe("full");
        Should.Throw<ParameterException>(() => Choice.Parse("ful")).Message.ShouldBe("modes = ful is not allowed: it must be one of auto, full; did you mean full?");
        Should.Throw<ParameterException>(() => Choice.Parse("x")).Message.ShouldEndWith("one of auto, full.");
        Text.Parse("file:x").ShouldBe("file:x");
        Text.Allowed.ShouldBe("ones, file:PATH");
    }

    [Fact]
    public void TypedValuesAreConvertedWhereThatIsExact()
    {
        Number.Check(0L).ShouldBe(0.0);
        Integer.Check(5.0).ShouldBe(5L);
        Should.Throw<ParameterException>(() => Integer.Check(5.5));
        Should.Throw<ParameterException>(() => Number.Check(double.NaN)).Message.ShouldContain("noise = NaN");
    }

    [Fact]
    public void EveryDefaultOfEverySystemIsAllowedAndRoundTrips()
    {
        foreach (var parameter in SystemCatalog.All.SelectMany(system => system.Parameters).Where(parameter => parameter.Default is not null))
            parameter.Parse(Setting.Format(parameter.Default)).ShouldBe(parameter.Default, parameter.Name);
    }
}
