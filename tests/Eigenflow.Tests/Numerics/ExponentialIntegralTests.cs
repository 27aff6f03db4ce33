using Eigenflow.Numerics.Special;
using MathNet.Numerics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class ExponentialIntegralTests
{
    // mpmath at 40 digits.
    [Theory]
    [InlineData(1e-300, 690.1983122333121)]
    [InlineData(1e-10, 22.448635265138924)]
    [InlineData(0.01, 4.037929576538114)]
    [InlineData(0.5, 0.5597735947761608)]
    [InlineData(0.999, 0.21975218202294454)]
    [InlineData(1, 0.21938393439552029)]
    [InlineData(1.5, 0.10001958240663265)]
    [InlineData(2, 0.04890051070806112)]
    [InlineData(5, 0.001148295591275326)]
    [InlineData(10, 4.156968929685324e-06)]
    [InlineData(50, 3.783264029550459e-24)]
    [InlineData(700, 1.406518766234033e-307)]
    public void ItIsExact(double x, double expected) => (ExponentialIntegral.E1(x) / expected).ShouldBe(1, 1e-13);

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(1.9999999999)]
    [InlineData(2)]
    [InlineData(7.3)]
    [InlineData(63.9)]
    [InlineData(64)]
    [InlineData(300)]
    public void ItAgreesWithTheLibrary(double x) => (ExponentialIntegral.E1(x) / SpecialFunctions.ExponentialIntegral(x, 1)).ShouldBe(1, 1e-13);

    // d/dx (e^x E₁) = e^x E₁ − 1/x, and the bounds ½ ln(1 + 2/x) < e^x E₁ < ln(1 + 1/x).
    [Fact]
    public void TheScaledFormKeepsItsBoundsAndJoins()
    {
        for (var x = 1e-3; x < 1e4; x *= 1.7)
        {
            ExponentialIntegral.ScaledE1(x).ShouldBeInRange(0.5 * Math.Log(1 + (2 / x)) * (1 - 1e-11), Math.Log(1 + (1 / x)) * (1 + 1e-11));
        }

        foreach (var join in (double[])[1, 2, 4, 512, 1024])
            (ExponentialIntegral.ScaledE1(Math.BitDecrement(join)) / ExponentialIntegral.ScaledE1(join)).ShouldBe(1, 2e-15);
        (ExponentialIntegral.ScaledE1(1e15) * 1e15).ShouldBe(1, 1e-14);
    }

    [Fact]
    public void TheEntireFunctionHasNoCancellation()
    {
        (ExponentialIntegral.Entire(1e-9) / 1e-9).ShouldBe(1, 1e-9);
        ExponentialIntegral.Entire(0).ShouldBe(0);
        ExponentialIntegral.Entire(3).ShouldBe(ExponentialIntegral.E1(3) + Math.Log(3) + ExponentialIntegral.EulerGamma, 1e-14);
        ExponentialIntegral.Entire(Math.BitDecrement(1.0)).ShouldBe(ExponentialIntegral.Entire(1), 1e-14);
    }

    [Fact]
    public void EndsAreEnds()
    {
        ExponentialIntegral.E1(0).ShouldBe(double.PositiveInfinity);
        ExponentialIntegral.E1(double.PositiveInfinity).ShouldBe(0);
        ExponentialIntegral.E1(1000).ShouldBe(0);
        ExponentialIntegral.E1(-1).ShouldBe(double.NaN);
        ExponentialIntegral.E1(double.NaN).ShouldBe(double.NaN);
    }
}
