using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("dimensoin", "did you mean dimension?")]
    [InlineData("learningrate", "did you mean learning-rate?")]
    [InlineData("zzz", "")]
    [InlineData("learn", "did you mean learning-rate?")]
    [InlineData("exponent", "")]
    [InlineData("xe", "")]
    public void SuggestsTheNearestName(string typed, string expected) =>
        Suggestion.For(typed, ["dimension", "exponent", "learning-rate"]).ShouldBe(expected);

    [Theory]
    [InlineData("rnu", "did you mean run?")]
    [InlineData("-run", "did you mean run?")]
    [InlineData("ru", "did you mean run?")]
    [InlineData("x", "")]
    public void ExchangedLettersAndHyphensAreOneMistake(string typed, string expected) =>
        Suggestion.For(typed, ["run", "report"]).ShouldBe(expected);
}
