using Eigenflow.Dynamics;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

public sealed class AdaptiveTests
{
    private static readonly AdaptiveModes Four = new([0.25, 0.25, 0.25, 0.25], [1, 0.5, 0.2, 0.05], [1, 1, 2, 4]);

    private static LearningRateRule Rule(AdaptiveRule rule, double scale = 1, double offset = 1) => rule switch
    {
        AdaptiveRule.AdaGradNorm => new AdaGradNormRate(scale, offset),
        AdaptiveRule.LineSearch => new LineSearchRate(),
        AdaptiveRule.Polyak => new PolyakRate(0),
        _ => ScheduledRate.Constant(scale),
    };

    [Theory]
    [InlineData(AdaptiveRule.AdaGradNorm, 0, 0.007641379431, 1.715060009)]
    [InlineData(AdaptiveRule.AdaGradNorm, 1, 0.1181588988, 0.7526702106)]
    [InlineData(AdaptiveRule.LineSearch, 0, 0.01463734915, 0.5089353746)]
    [InlineData(AdaptiveRule.LineSearch, 1, 0.06640365555, 0.1412635247)]
    [InlineData(AdaptiveRule.Polyak, 0, 0.006082410456, 2.285714286)]
    [InlineData(AdaptiveRule.Polyak, 1, 0.0663785789, 0.2678817168)]
    public void FourEigenvaluesHaveTheReferenceValues(AdaptiveRule rule, double noise, double excess, double rate)
    {
        var state = AdaptiveFlow.At(Four, Rule(rule, 2), noise, [10], isFlowTime: false)[0];
        state.Excess.ShouldBe(excess, 1e-7 * excess);
        state.Rate.ShouldBe(rate, 1e-7 * rate);
        state.Time.ShouldBe(10, 1e-9);
    }

    [Fact]
    public void LimitsHaveTheReferenceValues()
    {
        AdaptiveLimits.AdaGradNorm(Four.StartDistance, Four.Trace, 2, 1).ShouldBe(1.690847422, 1e-9);
        var (mu, rate, slope) = AdaptiveLimits.LineSearch(Four);
        mu.ShouldBe(0.04989596111, 1e-11);
        rate.ShouldBe(0.3088338018, 1e-10);
        slope.ShouldBe(-2 * mu * rate, 1e-15);
        var power = new AdaptiveLaws(0.2, 0.4);
        AdaptiveLimits.AdaGradNorm(power.StartDistance, power.Trace, 1, 1).ShouldBe(0.7834132312, 1e-10);
        AdaptiveLimits.AdaGradNorm(power.StartDistance, power.Trace, 2.5, 1).ShouldBe(2.115795024, 1e-9);
        AdaptiveLimits.LineSearch(new AdaptiveModes([0.5, 0.5], [1, 0.1], [1, 1])).Rate.ShouldBe(0.3916886848, 1e-10);
        AdaptiveLimits.LineSearch(new AdaptiveModes([0.3, 0.7], [1, 0.1], [1, 1])).Rate.ShouldBe(0.6352708193, 1e-10);
    }

    [Fact]
    public void TheDynamicsEndsAtItsLimits()
    {
        AdaptiveFlow.At(Four, new AdaGradNormRate(2, 1), 0, [400], isFlowTime: false)[0].Rate.ShouldBe(1.690847422, 1e-7);

        // Also from a first rate above 2/τ, without a warm start.
        AdaptiveFlow.At(Four, new AdaGradNormRate(20, 1), 0, [400], isFlowTime: false)[0].Rate.ShouldBe(AdaptiveLimits.AdaGradNorm(Four.StartDistance, Four.Trace, 20, 1), 1e-7);
        var line = AdaptiveFlow.At(Four, new LineSearchRate(), 0, [400, 500], isFlowTime: false);
        line[1].Rate.ShouldBe(0.3088338018, 1e-7);
        (Math.Log(line[1].Excess / line[0].Excess) / 100).ShouldBe(AdaptiveLimits.LineSearch(Four).Slope, 1e-7);
        var constant = AdaptiveFlow.At(Four, ScheduledRate.Constant(1), 0, [200, 300], isFlowTime: false);
        (Math.Log(constant[1].Excess / constant[0].Excess) / 100).ShouldBe(AdaptiveLimits.ConstantSlope(Four, 1), 1e-7);
        var polyak = AdaptiveFlow.At(Four, new PolyakRate(0), 0, [200, 300], isFlowTime: false);
        polyak[1].Rate.ShouldBe(1 / Four.Trace, 1e-12);
        (Math.Log(polyak[1].Excess / polyak[0].Excess) / 100).ShouldBe(AdaptiveLimits.ConstantSlope(Four, 1 / Four.Trace), 1e-7);
    }

    // Slopes to 3e-3 and amplitudes to 0.4 %; far along where corrections are slow.
    [Theory]
    [InlineData(AdaptiveRule.Constant, 0, 0.2, 0.4)]
    [InlineData(AdaptiveRule.Constant, 1, 0.2, 0.4)]
    [InlineData(AdaptiveRule.Polyak, 0, 0.2, 0.8)]
    [InlineData(AdaptiveRule.Polyak, 1, 0.2, 0.8)]
    [InlineData(AdaptiveRule.LineSearch, 0, 0.2, 0.8)]
    [InlineData(AdaptiveRule.LineSearch, 1, 0.2, 0.8)]
    [InlineData(AdaptiveRule.AdaGradNorm, 0, 0.2, 0.4)]
    [InlineData(AdaptiveRule.AdaGradNorm, 0, 0.2, 1.2)]
    [InlineData(AdaptiveRule.AdaGradNorm, 1, 0.2, 0.4)]
    [InlineData(AdaptiveRule.AdaGradNorm, 1, 0.2, 1.2)]
    public void PowerLawsAreReached(AdaptiveRule rule, double noise, double density, double start)
    {
        var laws = new AdaptiveLaws(density, start);
        var states = AdaptiveFlow.At(AdaptiveModes.PowerLaw(density, start), Rule(rule), noise, [1e7, 1e8], isFlowTime: true);
        var (excess, rate) = laws.At(rule, states[1].Time, noise);
        states[1].Excess.ShouldBe(excess, 0.01 * excess);
        states[1].Rate.ShouldBe(rate, 0.01 * rate);
        var span = Math.Log(states[1].Time / states[0].Time);
        var exponents = laws.Exponents(rule, noise > 0);
        (Math.Log(states[1].Excess / states[0].Excess) / span).ShouldBe(exponents.Excess, 5e-3);
        (Math.Log(states[1].Rate / states[0].Rate) / span).ShouldBe(exponents.Rate, 5e-3);
    }

    [Fact]
    public void AtTheTransitionTheRateFallsWithALogarithm()
    {
        // κ = 1: d(1/γ)/d ln u → τA/η², e u → A.
        var laws = new AdaptiveLaws(0.2, 0.8);
        var states = AdaptiveFlow.At(AdaptiveModes.PowerLaw(0.2, 0.8), new AdaGradNormRate(1, 1), 0, [1e9, 1e10], isFlowTime: true);
        (((1 / states[1].Rate) - (1 / states[0].Rate)) / Math.Log(10) / (laws.Trace * laws.Amplitude)).ShouldBe(1, 0.1);
        laws.At(AdaptiveRule.AdaGradNorm, 1e5, 0).Excess.ShouldBe(double.NaN);
    }

    [Fact]
    public void WhatHasNoLimitIsRefused()
    {
        Should.Throw<ParameterException>(() => AdaptiveModes.PowerLaw(0.5, 1.5)).Message.ShouldContain("initial risk diverges");
        Should.Throw<ParameterException>(() => AdaptiveLimits.AdaGradNorm(1, 1, 1, 1, noise: 0.1)).Message.ShouldContain("AdaGrad step tends to 0");
        Should.Throw<ParameterException>(() => AdaptiveLimits.AdaGradNorm(new AdaptiveLaws(0.3, 0.7).StartDistance, 1, 1, 1)).Message.ShouldContain("tends to 0");
    }
}
