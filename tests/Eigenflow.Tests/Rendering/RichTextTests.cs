using Eigenflow.Rendering.Text;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class RichTextTests
{
    [Theory]
    [InlineData("10^{-3}", "10|^−3")]
    [InlineData("8λ_i(w*_i − w_i)", "8λ|_i|(w*|_i| − w|_i|)")]
    [InlineData("λ̂_j", "λ̂|_j")]
    [InlineData("k_½", "k|_½")]
    [InlineData("S_d", "S|_d")]
    [InlineData("learning_rate", "learning_rate")]
    [InlineData("x_d^a", "x|_d|^a")]
    [InlineData("λ_j = j^(−β)", "λ|_j| = j|^−β")]
    [InlineData("θ*_j²", "θ*|_j|²")]
    [InlineData("x^(f(t))", "x^(f(t))")]
    [InlineData("a^", "a^")]
    public void ScriptsFollowLettersAndBraces(string text, string expected) =>
        string.Join('|', RichText.Parse(text).Select(part => (part.Level switch { > 0 => "^", < 0 => "_", _ => "" }) + part.Text)).ShouldBe(expected);

    [Fact]
    public void LinesAreNoWiderThanAsked()
    {
        foreach (var line in RichText.Wrap("a long caption with d = 10^6 and words that have to be broken somewhere, wherever that is", 12, 100))
            line.Width.ShouldBeLessThanOrEqualTo(100);
    }
}
