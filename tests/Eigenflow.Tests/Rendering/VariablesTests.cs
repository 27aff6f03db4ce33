using Eigenflow.Rendering.Text;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Rendering;

public sealed class VariablesTests
{
    [Theory]
    [InlineData("flow time t", "t")]
    [InlineData("d = 1000, a = 2, σ² = 0.05", "d,a,σ")]
    [InlineData("Phase I until |u| reaches a threshold", "u")]
    [InlineData("larger with the exponent a", "a")]
    [InlineData("is a 5th-power decay in a hard regime", "")]
    [InlineData("exponents against a and d, and a law for a point", "a,d")]
    [InlineData("d ln y/d ln x", "y,x")]
    [InlineData("(B.18) and appendix D, 1 − u", "u")]
    [InlineData("within 10 s and 85 m of it", "")]
    [InlineData("e.g. the runner's t-test, i.e. B of N", "B,N")]
    [InlineData("(a)", "")]
    [InlineData("time (a), loss (b) of f(x)", "f,x")]
    [InlineData("MSE of GD and log d", "d")]
    [InlineData("learning_rate of w*", "w")]
    [InlineData("rtol 1e-6 and flow-d1000-rtol1e-9, 2E+8 of e - 1", "e")]
    public void LettersThatStandForAQuantityAreVariables(string text, string expected) =>
        string.Join(',', Variables.Split(text).Where(piece => piece.IsVariable).Select(piece => piece.Text)).ShouldBe(expected);

    [Fact]
    public void NothingIsLost() => string.Concat(Variables.Split("a = 1, b and c (d/e)").Select(piece => piece.Text)).ShouldBe("a = 1, b and c (d/e)");
}
