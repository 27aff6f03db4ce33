using Eigenflow.Numerics.Quadrature;
using MathNet.Numerics.Distributions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Quadrature;

/// <summary>Expectations against closed forms and numbers of an independent program, and their error estimates against true errors.</summary>
public sealed class GaussianExpectationTests
{
    // Logistic loss with label y: E f, its slope, its curvature, and the mean square of the slope.
    [Theory]
    [InlineData(1, 0.5, 1, 0.5817256984, -0.3979728672, 0.1989864336, 0.1989864336)]
    [InlineData(1, 3, 4, 0.1820085406, -0.1295942009, 0.07790778807, 0.05168641286)]
    [InlineData(-1, 1, 0.25, 1.337550288, 0.7205808152, 0.1919411722, 0.528639643)]
    public void LogisticLossesAreThoseOfTheSheet(double label, double mean, double variance, double loss, double slope, double curvature, double square)
    {
        var found = GaussianExpectation.Of(mean, variance, 4, (r, values) =>
        {
            var s = 1 / (1 + Math.Exp(label * r));
            (values[0], values[1], values[2], values[3]) = (Math.Max(-label * r, 0) + double.LogP1(Math.Exp(-Math.Abs(r))), -label * s, s * (1 - s), s * s);
        });
        foreach (var (value, expected) in found.Values.Zip((double[])[loss, slope, curvature, square]))
            value.ShouldBe(expected, 1e-9 * Math.Abs(expected));
        found.Errors.ShouldAllBe(error => error < 1e-12);
    }

    [Fact]
    public void ASoftmaxOfThreeClassesIsThatOfTheSheet()
    {
        var found = GaussianExpectation.Of([0.5, -0.2, 0.1], [1, 0.2, 0, 0.2, 0.8, 0.1, 0, 0.1, 1.5], 4, (r, values) =>
        {
            var (a, b, c) = (Math.Exp(r[0]), Math.Exp(r[1]), Math.Exp(r[2]));
            var sum = a + b + c;
            (values[0], values[1], values[2], values[3]) = (Math.Log(sum) - r[0], (a / sum) - 1, b / sum, c / sum);
        });
        foreach (var (value, expected) in found.Values.Zip((double[])[1.05853492, -0.56856981, 0.23299733, 0.33557248]))
            value.ShouldBe(expected, 6e-9);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(1e6)]
    public void MomentsAreExactAtAnyVariance(double variance)
    {
        var found = GaussianExpectation.Of(2, variance, 3, (r, values) => (values[0], values[1], values[2]) = (1, r, (r - 2) * (r - 2)));
        found.Values[0].ShouldBe(1, 1e-12);
        found.Values[1].ShouldBe(2, 1e-11 * (2 + Math.Sqrt(variance)));
        found.Values[2].ShouldBe(variance, 1e-11 * variance);
    }

    // E exp(s z) = exp(s²/2), whose mass is at z = s.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(25)]
    public void FunctionsThatGrowAreFollowed(double slope) =>
        GaussianExpectation.Of(0, 1, z => Math.Exp((slope * z) - (slope * slope / 2))).Value.ShouldBe(1, 1e-10);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    [InlineData(-3, 0.01)]
    public void KinksAndStepsCostNoDigits(double mean, double variance)
    {
        var deviation = Math.Sqrt(variance);
        var relu = GaussianExpectation.Of(mean, variance, r => Math.Max(0, r), 0.0);
        relu.Value.ShouldBe((mean * Normal.CDF(0, 1, mean / deviation)) + (deviation * Normal.PDF(0, 1, mean / deviation)), 1e-12);
        var step = GaussianExpectation.Of(mean, variance, r => r > 0 ? 1.0 : 0, 0.0);
        step.Value.ShouldBe(Normal.CDF(0, 1, mean / deviation), 1e-12);

        // Without the kink the error estimate tells.
        var blind = GaussianExpectation.Of(mean, variance, r => r > 0 ? 1.0 : 0);
        Math.Abs(blind.Value - step.Value).ShouldBeLessThanOrEqualTo((10 * blind.Error) + 1e-30);
    }

    [Fact]
    public void DirectionsWithoutVarianceCostNothing()
    {
        var found = GaussianExpectation.Of([1, 2, 3, 4, 5], new double[25], 1, (r, values) => values[0] = r[0] * r[4]);
        (found.Value, found.Points).ShouldBe((5, 1));
        double[] direction = [1, 1, 1, 1, 1];
        var line = GaussianExpectation.Of([0, 0, 0, 0, 0], [.. from a in direction from b in direction select a * b], 1, (r, values) => values[0] = r[0] * r[4]);
        line.Value.ShouldBe(1, 1e-10);
        line.Points.ShouldBeLessThan(1000);
    }

    // log Σ exp of five classes against a grid that has one direction less: the mean takes no part.
    [Fact]
    public void ManyDirectionsHaveAnHonestInterval()
    {
        const int classes = 5;
        var covariance = new double[classes * classes];
        for (var k = 0; k < classes; k++)
            covariance[(k * classes) + k] = 1 + (0.2 * k);
        var found = GaussianExpectation.Of(new double[classes], covariance, 2, (r, values) => (values[0], values[1]) = (r[0] * r[0] * r[4] * r[4], Math.Exp(0.3 * (r[0] + r[1] + r[2] + r[3] + r[4]))));
        Math.Abs(found.Values[0] - 1.8).ShouldBeLessThan(2 * found.Errors[0]);
        Math.Abs(found.Values[1] - Math.Exp(0.045 * 7)).ShouldBeLessThan(2 * found.Errors[1]);
        found.Errors[1].ShouldBeLessThan(5e-3);
    }

    [Fact]
    public void WhatIsNoCovarianceIsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => GaussianExpectation.Of(0, -1, r => r));
        Should.Throw<ArgumentOutOfRangeException>(() => GaussianExpectation.Of(0, double.NaN, r => r));
        Should.Throw<ArgumentOutOfRangeException>(() => GaussianExpectation.Of([0, 0], [1, 2, 2, 1], 1, (r, values) => values[0] = r[0]));
    }
}
