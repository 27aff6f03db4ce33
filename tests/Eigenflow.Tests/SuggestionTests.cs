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
    public void SuggestsTheNearestName(string typed, string expected) =>
        Suggestion.For(typed, ["dimension", "exponent", "learning-rate"]).ShouldBe(expected);
}
