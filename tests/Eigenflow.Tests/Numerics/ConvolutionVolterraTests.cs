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
        var solution = ConvolutionVolterra.Solve(_ => 1, t => k * Math.Exp(c * t), 5, 0.5, 1e-12);
        solution.IsConverged.ShouldBeTrue();
        foreach (var time in new[] { 0, 0.01, 0.777, 2.5, 4.99, 5 })
        {
            var exact = (c + (k * Math.Exp((c + k) * time))) / (c + k);
            solution.At(time).ShouldBe(exact, 1e-13 * exact);
        }
    }

    [Fact]
    public void OscillatingKernelHasItsClosedSolution()
    {
        // u = t − ∫ (t − τ) u is u'' = −u: u = sin t.
        var solution = ConvolutionVolterra.Solve(t => t, t => -t, 6, 1, 1e-12);
        foreach (var time in new[] { 0.3, 1.9, 3.1, 5.5 })
            solution.At(time).ShouldBe(Math.Sin(time), 1e-12);
    }

    [Fact]
    public void ValuesDoNotDependOnTheEndOfTheRange()
    {
        var whole = ConvolutionVolterra.Solve(t => Math.Cos(t), t => Math.Exp(0.3 * t), 20, 0.5, 1e-10);
        foreach (var end in new[] { 0.3, 1, 4.2, 11 })
        {
            var part = ConvolutionVolterra.Solve(t => Math.Cos(t), t => Math.Exp(0.3 * t), end, 0.5, 1e-10);
            part.At(0.7 * end).ShouldBe(whole.At(0.7 * end));
            part.At(end).ShouldBe(whole.At(end), 1e-13 * whole.At(end), "the end of the last panel is the start of the next");
        }
    }

    [Fact]
    public void PanelsThatAreTooWideAreSeenBetweenTheirPointsAndHalved()
    {
        // Eight periods of the free term within one panel: the points alone cannot tell.
        double Free(double t) => Math.Sin(50 * t);
        var solution = ConvolutionVolterra.Solve(Free, _ => 0, 4, 1, 1e-10);
        solution.IsConverged.ShouldBeTrue();
        solution.Width.ShouldBeLessThan(0.2);
        for (var t = 0.0; t < 4; t += 0.0137)
            solution.At(t).ShouldBe(Free(t), 1e-9);
    }

    [Fact]
    public void WhatCannotBeResolvedIsNotCalledConverged()
    {
        var solution = ConvolutionVolterra.Solve(t => Math.Sin(1e6 * t), _ => 0, 1, 1, 1e-10);
        solution.IsConverged.ShouldBeFalse();
        solution.EstimatedError.ShouldBeGreaterThan(0.1);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RangeMustBePositive(double end) =>
        Should.Throw<ParameterException>(() => ConvolutionVolterra.Solve(_ => 1, _ => 1, end, 1, 1e-8)).Parameter.ShouldBe("end");

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-9)]
    [InlineData(double.NaN)]
    public void PanelsMustFitTheRange(double width) =>
        Should.Throw<ParameterException>(() => ConvolutionVolterra.Solve(_ => 1, _ => 1, 1, width, 1e-8)).Parameter.ShouldBe("width");
}
