using Eigenflow.Numerics.Volterra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics;

public sealed class ConvolutionVolterraTests
{
    [Fact]
    public void ExponentialKernelHasItsClosedSolution()
    {
        // u = 1 + ∫ k e^(c(t−τ)) u gives u = (c + k e^((c+k)t))/(c + k).
        const double c = 0.7, k = 1.3;
        var solution = ConvolutionVolterra.Solve(_ => 1, t => k * Math.Exp(c * t), 5, 1e-12);
        solution.IsConverged.ShouldBeTrue();
        foreach (var time in new[] { 0, 0.01, 0.777, 2.5, 4.99, 5 })
        {
            var exact = (c + (k * Math.Exp((c + k) * time))) / (c + k);
            solution.At(time).ShouldBe(exact, 1e-11 * exact);
        }
    }

    [Fact]
    public void OscillatingKernelHasItsClosedSolution()
    {
        // u = t − ∫ (t − τ) u is u'' = −u: u = sin t.
        var solution = ConvolutionVolterra.Solve(t => t, t => -t, 6, 1e-11);
        foreach (var time in new[] { 0.3, 1.9, 3.1, 5.5 })
            solution.At(time).ShouldBe(Math.Sin(time), 1e-10);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RangeMustBePositive(double end) =>
        Should.Throw<ParameterException>(() => ConvolutionVolterra.Solve(_ => 1, _ => 1, end, 1e-8)).Parameter.ShouldBe("end");
}
